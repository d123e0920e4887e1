"""`chatanything chat` and `chatanything profiles` as a user meets them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from chatanything import Request, create
from chatanything.persona import persona_to_json, write_persona
from chatanything.persona.cards import card_of_persona, save_card_png
from chatanything.pipeline import make_creation
from chatanything.video import read_frames
from tests.tools.servers import llm_server
from tests.tools.servers.llm_server import Reply

ROOT = Path(__file__).resolve().parents[3]


def run(*words, cwd, text="", terminal=None, **variables):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "CHATANYTHING_CONFIG_DIR": str(cwd / "config"),
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-m", "chatanything_core", *map(str, words)],
        cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=60,
        **({"stdin": terminal} if terminal else {"input": text}),
        check=False,
    )  # fmt: skip


def test_a_conversation_line_by_line_is_kept_and_goes_on(tmp_path):
    lines = "My name is Ada.\n/memory\n/nonsense\n\nWhat is my name?\n/quit\nnever said\n"
    done = run("chat", "grumpy teapot", "--history", "talk.json", cwd=tmp_path, text=lines)
    assert done.returncode == 0
    assert "The user's name is Ada." in done.stdout
    assert "Your name is Ada." in done.stdout
    assert "/nonsense is not a command" in done.stderr
    kept = json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))
    assert [turn["message"] for turn in kept["turns"]] == ["My name is Ada.", "What is my name?"]
    again = run(
        "chat", "grumpy teapot", "--history", "talk.json", cwd=tmp_path,
        text="/back 1\n/forget ada\n/add The user has a dog.\n/memory\nWhat is my name?\n",
    )  # fmt: skip
    assert "has a dog" in again.stdout
    assert "Ada" not in again.stdout
    assert len(json.loads((tmp_path / "talk.json").read_text())["turns"]) == 2


def test_personas_and_cards_from_files_talk(tmp_path):
    persona = write_persona("tiny dragon")
    save_card_png(card_of_persona(persona), np.zeros((8, 8, 3), np.uint8), tmp_path / "card.png")
    (tmp_path / "persona.json").write_text(json.dumps(persona_to_json(persona)), encoding="utf-8")
    for file in ("card.png", "persona.json"):
        done = run("chat", file, "--say", "What is your name?", "--json", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert persona.name in json.loads(done.stdout)["turns"][0]["reply"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chat", "?!"), "no letter"),
        (
            ("chat", "teapot", "--engine", "oracle", "--say", "hi"),
            "Unknown persona engine 'oracle'",
        ),
        (("chat", "teapot", "--limit", "1", "--say", "hi"), "limit is 1. Choose 5 to 1000 words"),
        (("chat", "teapot", "--history", "broken.json"), "not a history"),
        (("chat", "broken.json", "--say", "hi"), "not a JSON document"),
        (("chat", "persona.json", "--say", "hi"), "not a JSON document"),
        (("chat", "teapot", "--history", "bytes.json"), "not UTF-8 text"),
        (("chat", "teapot", "--engine", "openai", "--say", "hi"), "profiles add"),
        (("profiles", "remove", "ghost"), "ghost|No profile"),
        (
            ("profiles", "add", "x", "--address", "nowhere", "--model", "m"),
            "is not a server address",
        ),
    ],
)
def test_mistakes_are_one_sentence_and_exit_code_2(words, said, tmp_path):
    (tmp_path / "broken.json").write_text("{oops")
    (tmp_path / "persona.json").write_text("{oops")
    (tmp_path / "bytes.json").write_bytes(b"\xc3\x28")
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert any(part in " ".join(done.stderr.split()) for part in said.split("|"))


@pytest.mark.slow
def test_a_profile_from_adding_to_chatting_to_removing(tmp_path):
    pytest.importorskip("openai")
    secret = "-".join(["sk", "canary", "99887766"])

    def behave(body, number):
        properties = body["response_format"]["json_schema"]["schema"]["properties"]
        if "answer" in properties:
            return Reply('{"answer": "Hello, dear user."}')
        return Reply(
            '{"reply": "Steam!", "emotion": "happy", "emotion_strength": 1, "remember": []}'
        )

    with llm_server.running() as server:
        server.behave = behave
        added = run(
            "profiles", "add", "lab", "--address", server.url, "--model", "tiny", "--key-env",
            "LAB_KEY", cwd=tmp_path,
        )  # fmt: skip
        assert added.returncode == 0, added.stderr
        listed = run("profiles", "list", "--json", cwd=tmp_path, LAB_KEY=secret)
        assert json.loads(listed.stdout)[0]["variable"] == "LAB_KEY"
        tested = run("profiles", "test", "lab", "--json", cwd=tmp_path, LAB_KEY=secret)
        assert json.loads(tested.stdout)["answer"] == "Hello, dear user."
        (tmp_path / "p").mkdir()
        file = tmp_path / "p" / "persona.json"
        file.write_text(json.dumps(persona_to_json(write_persona("teapot"))), encoding="utf-8")
        talked = run(
            "chat", file, "--engine", "openai", "--say", "Hm?", cwd=tmp_path, LAB_KEY=secret
        )
        assert talked.stdout.strip().endswith("Steam!")
        assert server.headers[-1]["Authorization"] == f"Bearer {secret}"
        removed = run("profiles", "remove", "lab", cwd=tmp_path)
        assert removed.returncode == 0
    outputs = [done.stdout + done.stderr for done in (added, listed, tested, talked, removed)]
    files = [path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file()]
    assert all(secret not in text for text in outputs + files)


def test_replies_are_filmed_with_the_portrait_that_is_there(tmp_path):
    run("create", "grumpy teapot", "--size", "256", "--text", "Hm.", "--out", "pot", cwd=tmp_path)
    done = run(
        "chat", "pot/persona.json", "--out", "pot", "--say", "Hello!", "--say", "Bye!", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    for name in ("greeting", "reply-001", "reply-002"):
        frame = read_frames(tmp_path / "pot" / f"{name}.mp4", 0, 1)
        assert frame.shape == (1, 256, 256, 3)
    assert len(list((tmp_path / "pot").iterdir())) == 5 + 3


def test_films_are_painted_and_voiced_as_asked(tmp_path):
    done = run(
        *("chat", "grumpy teapot", "--out", "films", "--say", "Hi!", "--size", "256"),
        *("--mix", "ink", "--preset", "helium", "--guide", "average"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    greeting = tmp_path / "films" / "greeting.mp4"
    plain = create("grumpy teapot", size=256, expert="ink", guide="average", out=tmp_path / "a")
    made = make_creation(Request(plain.persona, portrait=plain.character.portrait,
                                 preset="helium", out=tmp_path / "b"))  # fmt: skip
    assert greeting.read_bytes() == made.video.path.read_bytes()


def test_what_a_painted_persona_cannot_use_is_refused(tmp_path):
    run("create", "grumpy teapot", "--size", "256", "--text", "Hm.", "--out", "pot", cwd=tmp_path)
    words = ("chat", "pot/persona.json", "--out", "films", "--expert", "ink", "--say", "Hi!")
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2 and not done.stdout
    assert "portrait already exists" in " ".join(done.stderr.split())


def test_films_that_cannot_be_made_are_refused_before_anything_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way")
    for words, said in ((["--out", "file"], "Cannot write to file"),
                        (["--out", "films", "--voice", "nobody"], "nobody")):  # fmt: skip
        done = run("chat", "grumpy teapot", *words, "--say", "Hello!", cwd=tmp_path)
        assert done.returncode == 2, done.stderr
        assert said in done.stderr and not done.stdout


OBEYED = "hi\x1b[2J\x07\x1b]0;owned\x07 \u202ethere\x9b"


def test_no_card_and_no_model_drives_the_terminal(tmp_path):
    pytest.importorskip("openai")
    record = persona_to_json(write_persona("teapot"))
    record |= {"greeting": OBEYED, "name": f"Pot{OBEYED}"}
    (tmp_path / "persona.json").write_text(json.dumps(record), encoding="utf-8")
    with llm_server.running() as server:
        draft = {"reply": OBEYED, "emotion": "happy", "emotion_strength": 1, "remember": []}
        server.behave = lambda body, number: (
            Reply(OBEYED, 418) if number else Reply(json.dumps(draft))
        )
        add = ("profiles", "add", "lab", "--address", server.url, "--model", "m", "--no-probe")
        assert run(*add, cwd=tmp_path).returncode == 0
        words = ("chat", "persona.json", "--engine", "openai", "--say", "Hm?", "--say", "Again?")
        done = run(*words, cwd=tmp_path)
        assert "hi there\nhi there\n" in done.stdout
        assert "failed (418)" in done.stderr
        piped = run("chat", "persona.json", "--say", "Hello?", "--json", cwd=tmp_path)
    assert json.loads(piped.stdout)
    for text in (done.stdout, done.stderr, piped.stdout):
        assert not set("\x1b\x07\x9b\u202e") & set(text)


def test_the_offline_engine_says_what_it_is_and_how_to_get_a_real_one(tmp_path):
    def told(*words):
        done = run("chat", "teapot", "--say", "Hello!", *words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return " ".join(done.stderr.split())

    assert "answers by patterns" in told()
    assert "chatanything profiles find" in told()
    assert "answers by patterns" not in told("--json")
    run(
        *("profiles", "add", "lab", "--address", "http://127.0.0.1:9/v1", "--model", "m"),
        "--no-probe",
        cwd=tmp_path,
    )
    assert "--engine openai --source 'lab'" in told()


@pytest.mark.slow
def test_adding_a_profile_says_what_its_server_can_do(tmp_path):
    pytest.importorskip("openai")

    def behave(body, number):
        if "response_format" not in body or '"answer"' not in body["messages"][0]["content"]:
            return Reply("Hello to you.")
        return Reply('{"answer": "Hello to you."}', thought="Hm.")

    with llm_server.running() as server:
        server.behave = behave
        add = ("profiles", "add", "lab", "--address", server.url, "--model", "m")
        told = " ".join(run(*add, cwd=tmp_path).stderr.split())
        assert "'Hello to you.' in" in told
        assert "knows no JSON schema, or ignores it" in told
        assert "come in pieces" in told
    told = run(*add, cwd=tmp_path)
    assert told.returncode == 0
    assert "does not answer yet" in told.stderr and "nothing listens there" in told.stderr
    speech = run(*add[:2], "speech", *add[3:], cwd=tmp_path)
    assert "voices list --engine openai-speech" in speech.stderr
    tested = run("profiles", "test", "speech", cwd=tmp_path)
    assert tested.returncode == 2 and "does not chat" in tested.stderr


def test_wrong_entries_are_named_beside_the_profiles(tmp_path):
    good = {"name": "good", "address": "http://127.0.0.1:9/v1", "model": "m"}
    (tmp_path / "config").mkdir()
    file = tmp_path / "config" / "profiles.json"
    file.write_text(json.dumps([{**good, "name": "bad", "window": "8192"}, good]))
    listed = run("profiles", "list", "--json", cwd=tmp_path)
    assert [entry["name"] for entry in json.loads(listed.stdout)] == ["good"]
    assert "bad was skipped" in listed.stderr
