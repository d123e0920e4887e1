"""Profiles: names, addresses and places of keys, and never a key."""

import json
import re
import stat
import sys
from dataclasses import replace

import pytest

from chatanything.errors import InputError
from chatanything.llm import profiles
from chatanything.llm.profiles import Profile

LOCAL = Profile("ollama", "http://localhost:11434/v1/", "llama3.2")
CLOUD = Profile("cloud", "https://api.example.com/v1", "big", "environment", "CLOUD_KEY")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config"


def test_profiles_are_kept_in_a_file_of_the_user_alone(folder):
    profiles.add_profile(LOCAL)
    profiles.add_profile(CLOUD)
    assert profiles.profile_names() == ["ollama", "cloud"]
    assert profiles.find_profile("ollama").address == "http://localhost:11434/v1"
    if sys.platform != "win32":
        assert stat.S_IMODE((folder / "profiles.json").stat().st_mode) == 0o600
    profiles.add_profile(replace(LOCAL, model="qwen"))
    assert profiles.find_profile("ollama").model == "qwen"
    profiles.remove_profile("ollama")
    assert profiles.profile_names() == ["cloud"]
    assert [path.name for path in folder.iterdir()] == ["profiles.json"]


def test_an_empty_name_never_means_the_speech_server():
    profiles.add_profile(replace(LOCAL, name=profiles.SPEECH_PROFILE, model="kokoro"))
    with pytest.raises(InputError, match="which language model"):
        profiles.find_profile("")
    profiles.add_profile(LOCAL)
    assert profiles.find_profile("").name == "ollama"


def test_an_empty_name_means_the_only_one():
    with pytest.raises(InputError, match="profiles add"):
        profiles.find_profile("")
    profiles.add_profile(LOCAL)
    assert profiles.find_profile("").name == "ollama"
    profiles.add_profile(CLOUD)
    with pytest.raises(InputError, match=r"There are several profiles.*ollama, cloud"):
        profiles.find_profile("")


SECRET = "sk-live-123456789"
WRONG = {
    "no name": (replace(LOCAL, name=""), "cannot be called"),
    "path as name": (replace(LOCAL, name="../x"), "cannot be called"),
    "no model": (replace(LOCAL, model=" "), "names no model"),
    "no address": (replace(LOCAL, address="localhost:11434"), "is not a server address"),
    "file address": (replace(LOCAL, address="file:///etc/passwd"), "is not a server address"),
    "key in address": (
        replace(LOCAL, address=f"https://user:{SECRET}@x.org/v1"),
        "no user, password",
    ),
    "key in query": (replace(LOCAL, address=f"https://x.org/v1?key={SECRET}"), "no user, password"),
    "key as variable": (replace(CLOUD, variable=SECRET), "not the name of an environment variable"),
    "plain http": (replace(CLOUD, address="http://api.example.com/v1"), "unencrypted"),
    "small window": (replace(LOCAL, window=10), "512 to"),
    "no time": (replace(LOCAL, timeout=0), "1 to 3600"),
}


@pytest.mark.parametrize("name", WRONG)
def test_unusable_profiles_are_refused_and_no_secret_is_repeated(name, folder):
    profile, words = WRONG[name]
    with pytest.raises(InputError, match=words) as caught:
        profiles.add_profile(profile)
    assert SECRET not in str(caught.value)
    assert not folder.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "192.168.1.7", "10.0.0.2", "[::1]", "nas.local"])
def test_servers_nearby_may_do_without_certificates(host):
    profiles.add_profile(replace(CLOUD, address=f"http://{host}:8000/v1"))
    assert profiles.find_profile("cloud").key == "environment"


def store(folder, text):
    folder.mkdir(exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "profiles.json").write_bytes(data)


@pytest.mark.parametrize("text", ["{", "{}", "7", "null", "\ud83d", "[" * 100_000, b"\xff\xfe\xff"])
def test_a_broken_file_is_told_and_takes_no_menu_away(text, folder):
    store(folder, text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    with pytest.raises(InputError, match="cannot be read"):
        profiles.profiles()
    assert profiles.profile_names() == []
    assert "cannot be read" in profiles.skipped_profiles()[0]


GOOD = {"name": "good", "address": "http://localhost:11434/v1", "model": "m"}
SKIPPED = {
    "a number": (1, "entry 1.*not a JSON object"),
    "nested": ([[[]]], "entry 1.*not a JSON object"),
    "no address": ({"name": "x"}, "x was skipped.*no 'address'"),
    "another key": ({**GOOD, "name": "x", "api_key": SECRET}, "x was skipped.*no 'api_key'"),
    "window as text": ({**GOOD, "name": "x", "window": "8192"}, "'window' must be a number"),
    "window of 400 digits": ({**GOOD, "name": "x", "window": 10**400}, "the window must be 512"),
    "endless time": ({**GOOD, "name": "x", "timeout": float("inf")}, "timeout 1 to 3600"),
    "time that is no number": ({**GOOD, "name": "x", "timeout": float("nan")}, "timeout 1 to 3600"),
    "true as time": ({**GOOD, "name": "x", "timeout": True}, "'timeout' must be a number"),
    "name of another type": ({**GOOD, "name": 1}, "entry 1.*'name' must be a text"),
    "model of another type": ({**GOOD, "name": "x", "model": 1e308}, "'model' must be a text"),
    "address of another type": ({**GOOD, "name": "x", "address": {}}, "'address' must be a text"),
    "half an address": ({**GOOD, "name": "x", "address": "http://["}, "not a server address"),
    "no such port": ({**GOOD, "name": "x", "address": "http://a:99999"}, "not a server address"),
    "blank in the address": ({**GOOD, "name": "x", "address": "http://a b/v1"}, "not a server"),
    "half a character": ({**GOOD, "name": "x", "model": "\ud83d"}, "names no model"),
    "null": ({**GOOD, "name": "x", "key": None}, "'key' must be a text"),
    "unknown effort": ({**GOOD, "name": "x", "effort": "huge"}, "the effort must be one of"),
    "far and unencrypted": (
        {**GOOD, "name": "x", "address": "http://evil.example/v1", "key": "environment",
         "variable": "A"}, "unencrypted"),
}  # fmt: skip


@pytest.mark.parametrize("name", SKIPPED)
def test_a_wrong_entry_is_skipped_and_named_and_stays_in_the_file(name, folder):
    entry, words = SKIPPED[name]
    store(folder, json.dumps([entry, GOOD]))
    assert profiles.profile_names() == ["good"]
    (told,) = profiles.skipped_profiles()
    assert re.search(words, told)
    assert SECRET not in told
    profiles.add_profile(LOCAL)
    kept = json.loads((folder / "profiles.json").read_text())
    assert json.dumps(kept[-1]) == json.dumps(entry)
    assert profiles.profile_names() == ["good", "ollama"]


def test_a_wrong_entry_says_why_when_it_is_asked_for_and_can_be_removed(folder):
    store(folder, json.dumps([{**GOOD, "name": "x", "window": "8192"}, GOOD]))
    with pytest.raises(InputError, match=r"'x' in .* is wrong.*'window' must be a number"):
        profiles.find_profile("x")
    profiles.remove_profile("x")
    assert profiles.skipped_profiles() == []
    assert profiles.profile_names() == ["good"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_files_of_windows_editors_are_read(encoding, folder):
    store(folder, json.dumps([GOOD]).encode(encoding))
    assert profiles.profile_names() == ["good"]


@pytest.mark.parametrize("tail", ["/", "/chat/completions", "/chat/completions/", "/completions"])
def test_the_path_of_the_request_is_no_part_of_the_address(tail):
    profiles.add_profile(replace(LOCAL, address=f"http://localhost:11434/v1{tail}"))
    assert profiles.find_profile("ollama").address == "http://localhost:11434/v1"


@pytest.mark.parametrize("secret", ["\u201csk-live\u201d", "sk live", "sk\nlive", "clé"])
def test_what_can_be_no_key_is_told_and_not_repeated(secret, monkeypatch):
    monkeypatch.setenv("CLOUD_KEY", secret)
    with pytest.raises(InputError, match="CLOUD_KEY cannot be a key") as caught:
        profiles.secret_of(CLOUD)
    assert secret not in str(caught.value)


def test_keys_come_from_their_place(monkeypatch):
    assert profiles.secret_of(LOCAL) == ""
    monkeypatch.setenv("CLOUD_KEY", " abc \n")
    assert profiles.secret_of(CLOUD) == "abc"
    monkeypatch.delenv("CLOUD_KEY")
    with pytest.raises(InputError, match="CLOUD_KEY, which is empty"):
        profiles.secret_of(CLOUD)


def test_a_key_in_the_keyring_belongs_to_name_and_address(tmp_path):
    keyring = pytest.importorskip("keyring")

    class Memory(keyring.backend.KeyringBackend):
        priority = 1
        entries: dict = {}  # noqa: RUF012

        def set_password(self, service, username, password):
            self.entries[service, username] = password

        def get_password(self, service, username):
            return self.entries.get((service, username))

        def delete_password(self, service, username):
            if (service, username) not in self.entries:
                raise keyring.errors.PasswordDeleteError("none")
            del self.entries[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    try:
        ringed = replace(CLOUD, key="keyring", variable="")
        profiles.add_profile(ringed)
        profiles.store_key(ringed, SECRET)
        assert profiles.secret_of(profiles.find_profile("cloud")) == SECRET
        moved = replace(ringed, address="https://elsewhere.example/v1")
        with pytest.raises(InputError, match="keyring, which is empty"):
            profiles.secret_of(moved)
        assert SECRET not in profiles.profiles_file().read_text()
        profiles.remove_profile("cloud")
        assert Memory.entries == {}
    finally:
        keyring.set_keyring(before)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("bad key sk-live-123456789!", "bad key [key]"),
        ("bad key sk-live-1****789", "bad key [key]"),
        ("nothing here", "nothing here"),
    ],
)
def test_what_servers_quote_is_redacted(text, shown):
    assert profiles.redact(text, SECRET).rstrip("!") == shown


def test_a_profile_has_no_place_for_a_key():
    with pytest.raises(TypeError):
        Profile("x", "http://localhost/v1", "m", api_key=SECRET)
