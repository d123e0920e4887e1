"""The server makes, tells, keeps and changes characters."""

import json
import socket
import time

import pytest

from benchmarks.facetime.streaming_model import streaming_model
from chatanything.facetime.routes import PREFIX
from chatanything.facetime.service import Service
from chatanything.live.roster import Roster
from chatanything.llm import profiles

from .conftest import running

TURN = "turn-0001"


def kinds(events):
    return [record["type"] for record, _ in events]


def test_a_concept_becomes_a_character_stage_by_stage(client):
    events = client.events("/characters", {"concept": "grumpy teapot"})
    assert [record.get("stage") for record, _ in events[:-1]] == ["persona", "voice", "portrait"]
    made = events[-1][0]["character"]
    assert made["concept"] == "grumpy teapot"
    assert made["turns"] == []
    assert client.api("/characters")[0]["id"] == made["id"]
    _, _, png = client.ask(f"{PREFIX}/characters/{made['id']}/portrait.png")
    assert png.startswith(b"\x89PNG")
    assert client.ask(f"{PREFIX}/characters/{made['id']}/rig")[2].startswith(b"chatrig1")
    rows = client.ask(f"{PREFIX}/characters/{made['id']}/idle?from=5&seconds=2")[2]
    assert len(rows) == 51 * 21 * 2


def test_an_answer_comes_with_sound_and_motion(client):
    made = client.make()
    path = f"/characters/{made['id']}"
    events = client.events(f"{path}/say", {"message": "Tell me a story.", "turn": TURN})
    assert kinds(events)[0] == "RUN_STARTED"
    assert kinds(events)[-1] == "RUN_FINISHED"
    for record, parts in events:
        if record["type"] == "SENTENCE":
            sound, rows = parts
            assert len(sound) == 2 * round(record["seconds"] * record["rate"])
            assert len(rows) % (2 * len(record["track"]["columns"])) == 0
            assert record["words"][0][0].lower() in record["text"].lower()
    turns = client.api(path)["turns"]
    assert [turn["message"] for turn in turns] == ["Tell me a story."]
    assert turns[0]["reply"] == events[-1][0]["text"]


def test_a_greeting_is_heard_and_not_kept(client):
    made = client.make()
    events = client.events(f"/characters/{made['id']}/greet", {"turn": TURN})
    assert events[-1][0]["text"] == made["greeting"]
    assert client.api(f"/characters/{made['id']}")["turns"] == []


def test_what_was_heard_comes_with_the_next_message(client):
    path = f"/characters/{client.make()['id']}"
    client.events(f"{path}/say", {"message": "Tell me a story.", "turn": "turn-0001"})
    heard = {"turn": "turn-0001", "text": "A true"}
    client.events(f"{path}/say", {"message": "Stop.", "turn": "turn-0002", "heard": heard})
    first, second = client.api(path)["turns"]
    assert (first["reply"], first["interrupted"]) == ("A true…", True)
    assert not second["interrupted"]


def test_heard_alone_is_kept_too(client):
    path = f"/characters/{client.make()['id']}"
    client.events(f"{path}/say", {"message": "Tell me a story.", "turn": TURN})
    client.api(f"{path}/heard", {"turn": TURN, "text": ""})
    assert client.api(path)["turns"][0]["reply"] == "…"


def test_the_last_answer_is_given_again_and_the_old_one_is_a_branch(client):
    path = f"/characters/{client.make()['id']}"
    client.events(f"{path}/say", {"message": "Tell me a story.", "turn": "turn-0001"})
    client.events(f"{path}/again", {"turn": "turn-0002"})
    client.events(f"{path}/again", {"turn": "turn-0002"})
    talk = client.api(path)
    assert len(talk["turns"]) == len(talk["branches"]) == 1
    back = client.api(f"{path}/branch", {"number": 0})
    assert back["turns"][0]["id"] == "turn-0001"
    assert client.api(f"{path}/back", {"turns": 0})["turns"] == []


def test_memory_voice_and_portrait_are_the_users(client):
    made = client.make()
    path = f"/characters/{made['id']}"
    assert client.api(f"{path}/memory", {"facts": ["Likes tea."]})["memory"] == ["Likes tea."]
    giant = client.api(f"{path}/voice", {"preset": "giant"})
    assert "giant" in " ".join(giant["voice"])
    assert client.api(f"{path}/voice", {"preset": ""})["voice"] == made["voice"]
    before = client.ask(f"{PREFIX}{path}/portrait.png")[2]
    style = client.api("/settings")["styles"][-1]
    client.api(f"{path}/portrait", {"style": style, "seed": 7})
    assert client.ask(f"{PREFIX}{path}/portrait.png")[2] != before
    assert client.api(path)["memory"] == ["Likes tea."]
    client.api(f"{path}/forget", {})
    assert client.api("/characters") == []


def test_a_server_that_was_ended_goes_on_where_it_was(client, service, tmp_path):
    path = f"/characters/{client.make()['id']}"
    client.events(f"{path}/say", {"message": "My name is Ada.", "turn": TURN})
    client.api("/settings", {"limit": 30, "user": "Ada"})
    with running(Service(Roster(tmp_path / "data" / "characters"))) as other:
        talk = other.api(path)
        assert talk["turns"][0]["message"] == "My name is Ada."
        again = other.events(f"{path}/say", {"message": "My name is Ada.", "turn": TURN})
        assert again[-1][0]["text"] == talk["turns"][0]["reply"]
        assert len(other.api(path)["turns"]) == 1
        settings = other.api("/settings")
        assert (settings["limit"], settings["user"]) == (30, "Ada")


def test_a_page_that_goes_away_cuts_the_answer_off(client, service):
    made = client.make()
    body = json.dumps({"message": "Tell me a story.", "turn": TURN}).encode()
    with (
        streaming_model() as model,  # else the whole answer may be there before the page goes
        socket.create_connection(("127.0.0.1", client.port)) as page,
    ):
        profiles.add_profile(profiles.Profile("slow", model.address, "tiny"))
        client.api("/settings", {"profile": "slow"})
        page.sendall(
            f"POST {PREFIX}/characters/{made['id']}/say HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        page.recv(100)
        page.close()
        conversation = service.roster.find(made["id"]).conversation
        deadline = time.monotonic() + 10
        while (
            conversation.busy or not conversation.talk.history.turns
        ) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert not conversation.busy
    assert [turn.interrupted for turn in conversation.talk.history.turns] == [True]


def test_the_answer_may_not_be_held_back_on_its_way(client):
    path = f"{PREFIX}/characters/{client.make()['id']}/say"
    _, headers, _ = client.ask(path, {"message": "Hi", "turn": TURN}, Accept_Encoding="gzip")
    assert headers["X-Accel-Buffering"] == "no"
    assert "no-transform" in headers["Cache-Control"]
    assert headers["Content-Encoding"] is None


def test_errors_are_one_sentence_in_the_stream(client):
    made = client.make()
    for path, body in (
        ("/characters", {"concept": " "}),
        ("/characters", {"concept": "x" * 501}),
        (f"/characters/{made['id']}/say", {"message": "x" * 8001, "turn": TURN}),
        (f"/characters/{made['id']}/again", {"turn": TURN}),
        (f"/characters/{made['id']}/say", {"message": "Hi", "turn": "../../etc"}),
    ):
        record = client.events(path, body)[-1][0]
        assert record["type"] == "RUN_ERROR"
        assert record["message"].endswith(".")


@pytest.mark.parametrize("name", ["/etc/passwd", "../../secret.json", "C:\\Windows\\win.ini"])
def test_a_concept_is_never_a_file(client, name):
    record = client.events("/characters", {"concept": name})[-1][0]
    if record["type"] == "CHARACTER":
        assert record["character"]["concept"] == name


def test_markup_is_text_all_the_way(client):
    evil = "<img src=x onerror=alert(1)> <script>alert(2)</script>"
    made = client.make(evil)
    assert made["concept"] == evil
    path = f"/characters/{made['id']}"
    client.events(f"{path}/say", {"message": evil, "turn": TURN})
    assert client.api(path)["turns"][0]["message"] == evil
    page = client.ask(f"{PREFIX}{path}/page.html")[2].decode()
    body, _, _ = page.partition('<script type="module">')
    assert "<img" not in body
    assert body.count("<script") == 1  # the data's own element


def test_what_is_taken_away_says_that_a_machine_made_it(client):
    one = f"{PREFIX}/characters/{client.make('cup')['id']}"
    client.events(f"{one.removeprefix(PREFIX)}/say", {"message": "Hm?", "turn": TURN})
    term = b"http://cv.iptc.org/newscodes/digitalsourcetype/"
    for path, body, kind in (
        ("page.html", None, b"compositeSynthetic"),
        ("card.png", None, b"algorithmicMedia"),
        ("portrait.png", None, b"algorithmicMedia"),
        ("idle.mp4", None, b"compositeSynthetic"),
        ("film", {"whole": False}, b"compositeSynthetic"),
    ):
        status, _, data = client.ask(f"{one}/{path}", body)
        assert status == 200, path
        assert term + kind in data, path


class HoldingProxy:
    """A proxy that holds answers back, as nginx does, unless it is told not to."""

    def __init__(self, port):
        import threading

        self.port = port
        self.door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                page, _ = self.door.accept()
            except OSError:
                return
            with page, socket.create_connection(("127.0.0.1", self.port)) as server:
                server.sendall(page.recv(65536))
                held, through = b"", False
                while piece := server.recv(65536):
                    held += piece
                    through = through or b"x-accel-buffering: no" in held.lower()
                    if through or b"0\r\n\r\n" in held[-7:]:
                        page.sendall(held)
                        held = b""
                page.sendall(held)


def test_a_proxy_that_holds_answers_back_lets_this_one_through(client):
    made = client.make()
    proxy = HoldingProxy(client.port)
    body = json.dumps({"message": "Tell me a story.", "turn": TURN}).encode()
    head = (
        f"POST {PREFIX}/characters/{made['id']}/say HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/json\r\nAccept-Encoding: gzip\r\nConnection: close\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(proxy.door.getsockname()) as page:
        page.settimeout(30)
        page.sendall(head.encode() + body)
        times, raw = {}, b""
        while piece := page.recv(4096):
            raw += piece
            for mark in (b"RUN_STARTED", b"RUN_FINISHED"):
                if mark in raw:
                    times.setdefault(mark, time.monotonic())
    proxy.door.close()
    assert times[b"RUN_STARTED"] < times[b"RUN_FINISHED"]
    assert b"content-encoding" not in raw.lower()


def test_what_is_taken_away_is_whole(client, tmp_path):
    import io

    import av
    from PIL import Image

    from chatanything.persona.cards import load_card, persona_of_card

    made = client.make()
    path = f"{PREFIX}/characters/{made['id']}"
    assert client.ask(f"{path}/film", {"whole": False})[0] == 400  # nothing was said
    for number, message in enumerate(("Hello.", "Tell me a story.")):
        body = {"message": message, "turn": f"turn-000{number}"}
        client.events(f"/characters/{made['id']}/say", body)
    lengths = []
    for whole in (False, True):
        status, headers, data = client.ask(f"{path}/film", {"whole": whole})
        assert (status, headers["Content-Type"]) == (200, "video/mp4")
        assert headers["Content-Disposition"].startswith("attachment")
        with av.open(io.BytesIO(data)) as film:
            lengths.append(film.duration)
    assert lengths[0] < lengths[1]
    (tmp_path / "card.png").write_bytes(client.ask(f"{path}/card.png")[2])
    assert persona_of_card(load_card(tmp_path / "card.png")).name == made["name"]
    texts = Image.open(tmp_path / "card.png").text
    assert json.loads(texts["workflow"])["nodes"]
    workflow = json.loads(client.ask(f"{path}/workflow.json")[2])
    concepts = [
        node["widgets_values"][0]
        for node in workflow["nodes"]
        if node["type"] == "ChatAnythingPersona"
    ]
    assert concepts == ["grumpy teapot"]
