"""Fetching from real local servers, good and bad ones. No other network is ever asked."""

import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from chatanything.downloads import Model, ModelFile, get_model, place_of
from chatanything.downloads import transfer as transfer_module
from chatanything.errors import EngineError, InputError, OutputError
from chatanything.model_folders import ModelFolders
from tests.tools.servers.file_server import FileServer, answer, serve

get_model_module = sys.modules["chatanything.downloads.get_model"]
CONTENT = np.random.default_rng(3).bytes(3 << 20)
HASH = sha256(CONTENT).hexdigest()
FILE = ModelFile(
    "vae", "deep/file.bin", "https://models.invalid/file.bin", len(CONTENT), None, HASH
)
MODEL = Model("tiny", "is fetched in tests", "MIT", "https://models.invalid", (FILE,))


@pytest.fixture(autouse=True)
def plain_network(monkeypatch):
    """No proxy, no switch, and no waiting between tries."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("CHATANYTHING_OFFLINE", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(transfer_module, "PAUSE", 0.0)


@pytest.fixture
def folders(tmp_path):
    return ModelFolders({"vae": (tmp_path / "vae",)})


@pytest.fixture
def place(folders):
    return place_of(FILE, folders).path


def part_of(place):
    return place.with_name("file.bin.part")


def fetch(folders, server, model=MODEL, **more):
    with serve(server) as address:
        return get_model(model, source=address, folders=folders, **more)


def test_a_file_comes_whole_and_is_counted(folders, place):
    seen = []
    paths = fetch(folders, FileServer(CONTENT), tick=lambda done, total: seen.append((done, total)))
    assert paths == (place,) and place.read_bytes() == CONTENT
    assert not part_of(place).exists()
    assert seen[0] == (0, len(CONTENT)) and seen[-1] == (len(CONTENT), len(CONTENT))
    assert seen == sorted(seen)


def test_what_is_here_is_not_fetched_again(folders, place):
    fetch(folders, FileServer(CONTENT))
    server = FileServer(b"")
    assert fetch(folders, server) == (place,)
    assert server.asked == []


def test_it_goes_on_where_it_stopped(folders, place):
    part_of(place).parent.mkdir(parents=True)
    part_of(place).write_bytes(CONTENT[:1_000_000])
    server = FileServer(CONTENT)
    fetch(folders, server)
    assert server.asked == ["bytes=1000000-"] and place.read_bytes() == CONTENT


def test_a_whole_part_asks_nobody(folders, place):
    part_of(place).parent.mkdir(parents=True)
    part_of(place).write_bytes(CONTENT)
    server = FileServer(b"")
    fetch(folders, server)
    assert server.asked == [] and place.read_bytes() == CONTENT


@pytest.mark.parametrize("length", [5, len(CONTENT) + 5])
def test_a_server_without_ranges_sends_all_again(folders, place, length):
    part_of(place).parent.mkdir(parents=True)
    part_of(place).write_bytes(b"x" * length)
    fetch(folders, FileServer(CONTENT, ranges=False))
    assert place.read_bytes() == CONTENT


def test_broken_connections_are_taken_up_again(folders, place):
    server = FileServer(CONTENT, breaks_after=500_000)
    fetch(folders, server)
    assert place.read_bytes() == CONTENT
    assert server.asked == ["", *(f"bytes={500_000 * n}-" for n in range(1, 7))]


def test_a_server_that_always_breaks_off_is_given_up(folders, place):
    server = FileServer(CONTENT, ranges=False, breaks_after=500_000)
    with pytest.raises(EngineError, match="goes on after 500,000 bytes"):
        fetch(folders, server)
    assert len(server.asked) == 1 + transfer_module.TRIES
    assert part_of(place).stat().st_size == 500_000 and not place.exists()


def test_nobody_answers(folders):
    with serve(FileServer(b"")) as address:
        pass
    with pytest.raises(EngineError, match=r"connection to .* broke"):
        get_model(MODEL, source=address, folders=folders)


def test_a_server_that_falls_silent(folders, place, monkeypatch):
    monkeypatch.setattr(transfer_module, "SECONDS", 0.2)
    with pytest.raises(EngineError, match="timed out"):
        fetch(folders, FileServer(CONTENT, ranges=False, pause=0.6))
    assert not place.exists()


def test_another_file_of_the_same_size_is_deleted(folders, place):
    other = b"\0" + CONTENT[1:]
    with pytest.raises(EngineError, match=f"{sha256(other).hexdigest()}, not {HASH}"):
        fetch(folders, FileServer(other))
    assert list(place.parent.iterdir()) == []


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT + b"x"])
def test_another_size_is_refused_before_anything_is_written(folders, place, content):
    with pytest.raises(EngineError, match="the catalogue says 3,145,728"):
        fetch(folders, FileServer(content))
    assert not list(place.parent.iterdir())


def test_more_than_the_catalogue_says_is_cut(folders, place):
    """A server that declares no length could fill the disk."""
    endless = FileServer(CONTENT + CONTENT, declares_length=False)
    with pytest.raises(EngineError, match="More than 3,145,728 bytes"):
        fetch(folders, endless)
    assert not place.exists() and part_of(place).stat().st_size <= len(CONTENT)


def test_a_range_that_was_not_asked_for(folders, place):
    part_of(place).parent.mkdir(parents=True)
    part_of(place).write_bytes(CONTENT[:1000])
    with pytest.raises(EngineError, match="another part of the file"):
        fetch(folders, FileServer(CONTENT, shift=7))
    assert part_of(place).read_bytes() == CONTENT[:1000]


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/x", "file:///etc/hosts", "ftp://a/b"])
def test_redirects_to_anything_but_https_are_not_followed(folders, place, target):
    server = FileServer(CONTENT, location=target)
    with pytest.raises(EngineError, match=f"{target}.*not (https|allowed)"):
        fetch(folders, server)
    assert len(server.asked) == 1 and not place.exists()


def test_a_redirect_to_https_is_followed(folders, place, tmp_path, monkeypatch):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    try:
        files = ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run([*made, *names, *files], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no openssl to make a certificate with")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    goal = FileServer(CONTENT)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer(self, goal)

        def log_message(self, *_):
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as secure:
        secure.socket = context.wrap_socket(secure.socket, server_side=True)
        thread = threading.Thread(target=secure.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        fetch(folders, FileServer(b"", location=f"https://127.0.0.1:{secure.server_port}/f"))
        secure.shutdown()
        thread.join()
    assert goal.asked == [""] and place.read_bytes() == CONTENT


@pytest.mark.parametrize("status", [403, 404, 503])
def test_errors_of_the_server_are_said(folders, status):
    with pytest.raises(EngineError, match=rf"answers {status} .*--from FILE"):
        fetch(folders, FileServer(CONTENT, status=status))


def test_a_full_disk_keeps_what_has_come(folders, place):
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, hard))
    try:
        with pytest.raises(OutputError, match=r"Make room.*what has come is kept"):
            fetch(folders, FileServer(CONTENT))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    kept = part_of(place).stat().st_size
    assert 1 << 20 < kept <= 2 << 20
    server = FileServer(CONTENT)
    fetch(folders, server)
    assert server.asked == [f"bytes={kept}-"] and place.read_bytes() == CONTENT


def test_too_little_room_is_said_before_anything_is_written(folders, place, monkeypatch):
    monkeypatch.setattr(transfer_module, "SPARE", 1 << 60)
    with pytest.raises(OutputError, match="MB free, but"):
        fetch(folders, FileServer(CONTENT))
    assert not list(place.parent.iterdir())


def test_an_interrupt_keeps_what_has_come(folders, place):
    def stop(done, total):
        if done > 1_000_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(folders, FileServer(CONTENT), tick=stop)
    assert part_of(place).stat().st_size > 1_000_000 and not place.exists()


def test_two_that_fetch_one_file_do_not_share_its_part(folders, place):
    said = []

    def second(done, total):
        if done > 1_000_000 and not said:
            with pytest.raises(
                EngineError, match=r"file\.bin is under way already\. Wait"
            ) as caught:
                fetch(folders, FileServer(CONTENT))
            said.append(caught)

    assert fetch(folders, FileServer(CONTENT), tick=second) == (place,) and said
    assert place.read_bytes() == CONTENT
    assert [path.name for path in place.parent.iterdir()] == ["file.bin"]


def test_another_process_holds_the_lock_until_it_is_killed(folders, place):
    lock = place.with_name("file.bin.lock.part")
    code = (
        "import sys, time\nfrom pathlib import Path\nimport tests.conftest\n"
        "from chatanything.downloads.lock import only_here\n"
        f"with only_here(Path({str(lock)!r}), 'It'):\n print('held', flush=True)\n time.sleep(60)"
    )
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen([sys.executable, "-c", code], cwd=root, stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout.readline() == b"held\n"
            with pytest.raises(EngineError, match="under way already"):
                fetch(folders, FileServer(CONTENT))
        finally:
            other.kill()
    assert lock.exists(), "it was killed"
    assert fetch(folders, FileServer(CONTENT)) == (place,)


def test_what_came_meanwhile_is_not_fetched_again(folders, place, monkeypatch):
    server = FileServer(CONTENT)
    late = get_model_module.only_here

    @contextmanager
    def after_another(path, what):
        with late(path, what):
            place.write_bytes(CONTENT)
            yield

    monkeypatch.setattr(get_model_module, "only_here", after_another)
    assert fetch(folders, server) == (place,) and server.asked == []


@pytest.mark.parametrize("name", ["CHATANYTHING_OFFLINE", "HF_HUB_OFFLINE"])
def test_downloads_can_be_forbidden(folders, place, monkeypatch, tmp_path, name):
    monkeypatch.setenv(name, "1")
    server = FileServer(CONTENT)
    with pytest.raises(InputError, match=rf"{name} is set.*--from FILE"):
        fetch(folders, server)
    with pytest.raises(InputError, match=name):
        get_model(MODEL, folders=folders)
    assert server.asked == []
    own = tmp_path / "own.bin"
    own.write_bytes(CONTENT)
    assert get_model(MODEL, source=str(own), folders=folders) == (place,)
    monkeypatch.setenv(name, "0")
    place.unlink()
    fetch(folders, server)


def test_files_of_ones_own_are_checked_as_well(folders, place, tmp_path):
    own = tmp_path / "own.bin"
    with pytest.raises(EngineError, match="Cannot read"):
        get_model(MODEL, source=str(own), folders=folders)
    own.write_bytes(CONTENT[:-3])
    with pytest.raises(EngineError, match="3,145,725 bytes"):
        get_model(MODEL, source=str(own), folders=folders)
    own.write_bytes(b"\0" + CONTENT[1:])
    with pytest.raises(EngineError, match="sha256"):
        get_model(MODEL, source=str(own), folders=folders)
    assert not place.exists()


def test_another_file_in_its_place_is_never_overwritten(folders, place):
    place.parent.mkdir(parents=True)
    for content in (b"mine", b"\0" + CONTENT[1:]):
        place.write_bytes(content)
        server = FileServer(CONTENT)
        with pytest.raises(OutputError, match="Move it away"):
            fetch(folders, server)
        assert server.asked == [] and place.read_bytes() == content


@pytest.mark.parametrize("source", ["ftp://a/file.bin", "gopher://a", "file:///etc/hosts"])
def test_other_schemes_are_refused(folders, source):
    with pytest.raises(InputError, match=r"no https:// or http:// address"):
        get_model(MODEL, source=source, folders=folders)


def several(*names):
    files = tuple(replace(FILE, name=f"two/{name}") for name in names)
    return replace(MODEL, files=files)


def test_names_are_added_to_a_mirror_of_several_files(folders, tmp_path):
    model = several("a.bin", "b.bin")
    with serve(FileServer(CONTENT)) as address:
        paths = get_model(model, source=address.rsplit("/", 1)[0], folders=folders)
    assert [path.name for path in paths] == ["a.bin", "b.bin"]
    own = tmp_path / "own"
    own.mkdir()
    for name in ("a.bin", "b.bin"):
        (own / name).write_bytes(CONTENT)
        (tmp_path / "vae" / "two" / name).unlink()
    with pytest.raises(InputError, match="several files"):
        get_model(model, source=str(own / "a.bin"), folders=folders)
    assert get_model(model, source=str(own), folders=folders) == paths


class TestUnknownHash:
    """Files of which nobody has a trustworthy sha256."""

    MODEL = replace(MODEL, files=(replace(FILE, bytes=None, sha256=""),))

    def test_they_are_refused_unless_somebody_decides(self, folders, tmp_path):
        own = tmp_path / "own.bin"
        own.write_bytes(CONTENT)
        with pytest.raises(InputError, match=r"No sha256 of deep/file.bin is on record"):
            get_model(self.MODEL, source=str(own), folders=folders)

    def test_who_decides_sees_the_hash(self, folders, place, tmp_path):
        own, seen = tmp_path / "own.bin", []
        own.write_bytes(CONTENT)

        def accept(file, found):
            seen.append((file.name, found))
            return len(seen) > 1

        with pytest.raises(InputError, match=f"not accepted .sha256 {HASH}"):
            get_model(self.MODEL, source=str(own), folders=folders, accept=accept)
        assert list(place.parent.iterdir()) == []
        get_model(self.MODEL, source=str(own), folders=folders, accept=accept)
        assert place.read_bytes() == CONTENT and seen == [("deep/file.bin", HASH)] * 2

    def test_mirrors_without_encryption_are_refused(self, folders):
        with pytest.raises(InputError, match="no https:// address"):
            fetch(folders, FileServer(CONTENT), self.MODEL, accept=lambda *_: True)


def test_what_is_fetched_goes_into_the_folder_for_new_files(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    folders = ModelFolders({"vae": (old, new)}, own={"vae": new})
    assert place_of(FILE, folders).path == new / "deep/file.bin"
    (old / "deep").mkdir(parents=True)
    (old / "deep" / "file.bin").write_bytes(CONTENT)
    found = place_of(FILE, folders)
    assert (found.path, found.here) == (old / "deep/file.bin", True)
    assert Path(found.path).read_bytes() == CONTENT
