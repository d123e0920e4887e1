"""The facetime page in a real browser, with a real server: talk, interruptions, restarts."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from chatanything.talking_head.rig import web_folder
from tests.browser.conftest import driven

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "browser"


class Server:
    """`chatanything facetime` as a process of its own, which can be killed and started again."""

    def __init__(self, folder):
        self.folder = folder
        self.port = 0
        self.process = None

    def start(self):
        own = {"CHATANYTHING_DATA": str(self.folder), "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "chatanything_core", "facetime", "--no-browser"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            cwd=ROOT,
            env={**os.environ, **own},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        told = ""
        for line in self.process.stdout:
            told += line
            if found := re.search(r"http://127.0.0.1:(\d+)/", line):
                self.port = int(found[1])
                return found[0]
        raise AssertionError(told)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def server(tmp_path):
    made = Server(tmp_path)
    yield made
    if made.process:
        made.kill()


def scene(node, name, address, *more):
    return driven(node, "facetime/scenes.mjs", name, address, *more)


def test_markup_in_names_messages_and_replies_stays_text(node, server):
    seen = scene(node, "markup", server.start())
    assert seen["complaints"] == []
    assert seen["pwned"] is None
    assert (seen["images"], seen["scripts"]) == (0, 0)
    assert "<img src=x onerror" in seen["asked"]
    assert "<script>" in seen["mine"]


def test_three_browsers_talk_with_three_characters(node, server):
    seen = scene(node, "three", server.start())
    assert seen["complaints"] == []
    assert len(set(seen["ids"])) == 3
    assert seen["messages"] == [[f"Hello, I am number {k}."] for k in range(3)]


def test_a_key_stops_it_and_history_holds_what_was_heard(node, server):
    seen = scene(node, "interrupt", server.start())
    assert seen["complaints"] == []
    assert seen["stopped"] is False
    assert seen["jaw"] < 0.05
    (turn,) = seen["turns"]
    assert turn["interrupted"]
    words = re.findall(r"\w+", turn["reply"])
    assert 0 < len(words) < 20
    heard = re.findall(r"\w+", seen["heard"])
    # The page tells what was heard a moment after it stopped: on a busy machine a word apart.
    both = min(len(heard), len(words))
    assert heard[:both] == words[:both] and abs(len(heard) - len(words)) <= 1
    assert seen["all"] == 2


STAR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path fill="#e8b13a" '
    'd="M50 4 62 36 97 38 70 60 79 95 50 75 21 95 30 60 3 38 38 36Z"/></svg>'
)


def test_whom_a_dropped_drawing_shows_is_met(node, server, tmp_path):
    pytest.importorskip("resvg_py")
    seen = scene(node, "drop", server.start(), STAR, str(tmp_path / "met.png"))
    assert seen["complaints"] == []
    assert (seen["shown"], seen["hidden"]) == (True, True)
    assert seen["met"] == "shy logo"
    assert seen["state"] == "meet"
    assert seen["told"].startswith("broken.png is not a readable picture")


def test_a_reload_within_a_sentence_loses_nothing(node, server):
    seen = scene(node, "reload", server.start())
    assert seen["complaints"] == []
    assert [turn["message"] for turn in seen["turns"]] == ["Tell me a story."]
    assert seen["turns"][0]["interrupted"]
    assert seen["all"] == 2


def test_a_server_that_is_killed_and_comes_back_answers_once(node, server):
    address = server.start()
    command = [node, "facetime/scenes.mjs", "restart", address]
    page = subprocess.Popen(
        command,
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with page:
        assert page.stderr.readline() == "met\n"
        server.kill()
        page.stdin.write("\n")
        page.stdin.flush()
        assert page.stderr.readline() == "sent\n"
        server.start()
        out, complaint = page.communicate(timeout=120)
    assert page.returncode == 0, complaint
    seen = json.loads(out.splitlines()[-1])
    assert seen["messages"] == ["Are you still there?"]
    assert "server" in seen["waiting"]


def test_the_file_that_is_taken_away_lives_without_a_network(node, server, tmp_path):
    address = server.start().rstrip("/")
    prefix = f"{address}/chatanything/facetime/characters"
    body = json.dumps({"concept": "grumpy teapot"}).encode()
    asked = urllib.request.Request(prefix, body, {"Content-Type": "application/json"})
    urllib.request.urlopen(asked).read()
    ident = json.loads(urllib.request.urlopen(prefix).read())[0]["id"]
    page = tmp_path / "keepsake.html"
    page.write_bytes(urllib.request.urlopen(f"{prefix}/{ident}/page.html").read())
    assert page.stat().st_size < 1_500_000
    server.kill()
    server.process = None
    seen = scene(node, "keepsake", "none", str(page))
    assert seen["complaints"] == []
    assert seen["asked"] == 1  # the file itself
    assert seen["moved"]
    assert seen["jaw"] > 0.1
    assert seen["text"]


def test_what_cannot_be_heard_is_dropped_and_said(node, server):
    seen = scene(node, "silent", server.start())
    assert seen["complaints"] == []
    assert seen["wake"]
    assert (seen["unheard"], seen["all"]) == (0, 1)


def test_whoever_is_quicker_than_the_greeting_is_answered(node, server):
    seen = scene(node, "quick", server.start())
    assert seen["complaints"] == []
    assert seen["mine"] == "Who are you?"
    assert seen["turns"] == [["Who are you?", False]]


def test_another_character_begins_afresh(node, server):
    seen = scene(node, "another", server.start())
    assert seen["complaints"] == []
    assert seen["left"] == {"speaking": False, "captions": "", "face": False}
    assert seen["greets"]


def test_a_browser_that_draws_no_face_gets_a_film(node, server):
    seen = scene(node, "film", server.start())
    assert [c for c in seen["complaints"] if "WebGL" not in c] == []
    assert seen["moments"][0] < seen["moments"][-1]
    # Where the film begins, and where it ends, the loop shows the same.
    assert max(seen["seams"]) < 3
    assert seen["unheard"] == 0
    assert seen["all"] == 1


def test_every_language_has_every_word():
    texts = {
        path.stem: path.read_text("utf-8")
        for path in (web_folder() / "facetime" / "words").glob("*.mjs")
    }
    assert set(texts) == {"en", "zh", "ja", "fr", "de", "es"}
    keys = {name: re.findall(r"(\w+): [\"“]", text) for name, text in texts.items()}
    assert all(sorted(found) == sorted(keys["en"]) for found in keys.values())
    places = {name: sorted(re.findall(r"\{\w+\}", text)) for name, text in texts.items()}
    assert all(found == places["en"] for found in places.values())
