"""A key that a profile names goes through every door, and is found behind none of them."""

import base64
import gzip
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
import zlib
from pathlib import Path

import pytest

from chatanything.persona import persona_to_json, write_persona
from tests.e2e.test_language_model import obliging
from tests.tools.servers import llm_server
from tests.tools.servers.llm_server import Reply
from tests.unit.cli.test_cli import ROOT

pytestmark = pytest.mark.slow
CANARY = "sk-canary-c4a1d7e90b2f66aa"
MODEL = ("--engine", "openai", "--source", "lab")
SMALL = ("--size", "256", "--voice", "espeak")
PREFIX = "/chatanything/facetime"
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")


class Home:
    """A user with a profile, whose every folder lies in one place."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.said: list[bytes] = []
        """What each door put out."""
        folders = {"HOME": "home", "XDG_CACHE_HOME": "cache", "TMPDIR": "temp"}
        folders |= {f"CHATANYTHING_{name}": name.lower() for name in ("CACHE", "DATA")}
        folders["CHATANYTHING_CONFIG_DIR"] = "config"
        for folder in folders.values():
            (place / folder).mkdir(exist_ok=True)
        self.environment = {
            **os.environ,
            **{name: str(place / folder) for name, folder in folders.items()},
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "CANARY_KEY": CANARY,
        }

    def start(self, *words: object) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "chatanything_core", *map(str, words)],
            cwd=self.place, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, *words: object, fails: bool = False) -> bytes:
        process = self.start(*words)
        out, _ = process.communicate(timeout=300)
        self.said.append(out)
        assert (process.returncode != 0) == fails, out.decode()
        return out

    def everything(self) -> dict[str, bytes]:
        files = [path for path in self.place.rglob("*") if path.is_file()]
        said = {f"output {number}": text for number, text in enumerate(self.said)}
        return said | {str(path): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def model():
    pytest.importorskip("openai")
    with llm_server.running() as server:
        server.behave = obliging
        yield server


@pytest.fixture(scope="module")
def home(model, tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("canary"))
    words = ("--address", model.url, "--model", "tiny", "--key-env", "CANARY_KEY")
    home.run("profiles", "add", "lab", *words)
    persona = persona_to_json(write_persona("grumpy teapot"))
    (home.place / "teapot.json").write_text(json.dumps(persona), encoding="utf-8")
    (home.place / "list.csv").write_text(
        "concept,writer,source,size,voice\ncup,openai,lab,256,espeak\n"
    )
    return home


def forms():
    """The key as it is, and as it looks inside base 64, wherever it begins there."""
    whole = CANARY.encode()
    yield from (whole, whole[:12], whole[::-1], whole.hex().encode())
    for skip in range(3):
        packed = base64.b64encode(b"\0" * skip + whole)
        yield packed[4 if skip else 0 : len(packed) // 4 * 4 - 4]


def unpacked(data):
    """What lies in a file, and in what is compressed inside it."""
    yield data
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    for found in _PACKED.finditer(data[: 1 << 20]):
        try:
            yield zlib.decompressobj().decompress(data[found.start() :], 1 << 20)
        except zlib.error:
            continue


def check(home, model, asked_before):
    """The model was given the key since, and nobody else has it."""
    given = [headers.get("Authorization") for headers in model.headers[asked_before:]]
    assert given and set(given) == {f"Bearer {CANARY}"}
    for name, data in home.everything().items():
        for content in unpacked(data):
            assert not [form for form in forms() if form in content], name


COMMANDS = {
    "create": ("create", "cup", "--writer", "openai", "--source", "lab", *SMALL, "--out", "made"),
    "chat": ("chat", "teapot.json", *MODEL, *SMALL, "--say", "Hm?", "--history", "talk.json",
             "--out", "films"),
    "duet": ("duet", "teapot.json", "teapot.json", "--topic", "rain", "--turns", "2", *MODEL,
             "--out", "duet.mp4"),
    "batch": ("batch", "list.csv", "--out", "rows", "--workers", "1"),
    "profiles test": ("profiles", "test", "lab", "--json"),
}  # fmt: skip


@pytest.mark.parametrize("door", COMMANDS)
def test_no_command_leaves_the_key_anywhere(door, home, model):
    before = len(model.headers)
    home.run(*COMMANDS[door])
    check(home, model, before)


@pytest.mark.parametrize("door", COMMANDS)
def test_no_command_repeats_what_a_refusing_server_says_of_it(door, home, model):
    """The server quotes the key in its answer, as careless ones do."""
    before, model.behave = len(model.headers), lambda body, number: Reply("no", status=401)
    words = ["other rows" if word == "rows" else word for word in COMMANDS[door]]
    try:
        home.run(*words, fails=True)
    finally:
        model.behave = obliging
    check(home, model, before)


def test_no_route_of_the_page_tells_the_key(home, model):
    before = len(model.headers)
    process = home.start("facetime", "--port", "0", "--no-browser")
    lines: list[bytes] = []
    reader = threading.Thread(target=lambda: lines.extend(process.stdout), daemon=True)
    reader.start()
    try:
        root = address(lines)
        for path, body in (("/settings", {"profile": "lab"}), ("/characters", {"concept": "cup"})):
            home.said.append(ask(root, path, body))
        (character,) = json.loads(ask(root, "/characters"))
        one = f"/characters/{character['id']}"
        home.said.append(ask(root, f"{one}/say", {"message": "Hm?", "turn": "turn-0001"}))
        home.said.append(ask(root, f"{one}/film", {"whole": False}))
        files = ("card.png", "page.html", "workflow.json", "idle.mp4")
        paths = ("/settings", "/characters", one, *(f"{one}/{name}" for name in files))
        home.said += [ask(root, path) for path in paths]
    finally:
        process.terminate()
        process.wait(30)
        reader.join(30)
        process.stdout.close()
    home.said.append(b"".join(lines))
    check(home, model, before)


def address(lines):
    """Where the page is, once the command has said so."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = re.search(rb"http://127\.0\.0\.1:\d+", b"".join(list(lines)))
        if found:
            return found[0].decode()
        time.sleep(0.1)
    raise AssertionError(b"".join(lines))


def ask(root, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(root + PREFIX + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=120) as answer:
        return answer.read()
