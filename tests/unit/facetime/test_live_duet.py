"""Two of the user's characters talk with each other, as the page is told of it."""

import contextlib
import http.client
import json
import time
from contextlib import ExitStack, closing, contextmanager
from itertools import islice

import numpy as np
import pytest

from chatanything.duet import converse
from chatanything.facetime.duets.duet_record import FILE, load_duet
from chatanything.facetime.duets.duet_routes import TOGETHER, TOPIC
from chatanything.facetime.duets.live_duet import AHEAD, RATE, LiveDuet
from chatanything.facetime.routes import PREFIX
from chatanything.live.conversation import Answering
from chatanything.talking_head.rig.motion_rows import COLUMNS

from .conftest import unpacked


@pytest.fixture
def pair(client):
    return client.make(), client.make("old fisherman")


def asked(other, **more):
    return {"other": other["id"], "topic": "rain", "turns": 4, **more}


def talk(client, pair, **more):
    return client.events(f"/characters/{pair[0]['id']}/duet", asked(pair[1], **more))


def sentences(events):
    """Without the signs of life."""
    return [told for told in events if told[0]["type"] == "SENTENCE"]


def last(client, one):
    return client.api(f"/characters/{one['id']}/duet")["duet"]


def rows_of(told, raw):
    values = np.frombuffer(raw, "<f2").astype(np.float32)
    return dict(zip(told["columns"], values.reshape(-1, len(told["columns"])).T, strict=True))


def made_of(service, pair, turns, seed):
    """The turns of a talk, without waiting until they are heard."""
    both = tuple(service.roster.find(one["id"]) for one in pair)
    duet = LiveDuet(both, "rain", turns, seed, Answering(limit=50))
    return [told for raw in islice(duet.events(), turns) for told in unpacked(raw)]


def test_they_speak_in_turns_and_the_other_one_listens(service, pair):
    turns = made_of(service, pair, 4, 0)
    assert [event["speaker"] for event, _ in turns] == [0, 1, 0, 1]
    assert len({event["text"] for event, _ in turns}) == 4
    known = {name for name, *_ in COLUMNS}
    nods = []
    for event, (sound, said, heard) in turns:
        assert event["rate"] == RATE
        assert len(sound) // 2 == pytest.approx(event["seconds"] * RATE, abs=2)
        assert rows_of(event["track"], said)["jaw"].max() > 0.1
        listening = rows_of(event["listening"], heard)
        assert set(listening) < known and "jaw" not in listening
        assert len(listening["yaw"]) == len(rows_of(event["track"], said)["jaw"])
        # The first one, on the left, looks to the right while the second speaks.
        side = 1 if event["speaker"] else -1
        assert (side * listening["yaw"]).max() == pytest.approx(7, abs=0.01)
        assert (side * listening["yaw"]).min() == 0
        nods.append(listening["pitch"].max())
    assert max(nods) > 2


def test_it_is_the_talk_of_the_core_and_another_seed_gives_another(service, pair):
    texts = [[event["text"] for event, _ in made_of(service, pair, 3, seed)] for seed in (7, 7, 8)]
    both = tuple(service.roster.find(one["id"]).character for one in pair)
    told = converse(both, "rain", 3, limit=40, seed=7)
    assert texts[0] == texts[1] == [turn.text for turn in told]
    assert texts[2] != texts[0]


def test_both_keep_the_last_talk_and_their_own_conversations_do_not_change(client, pair):
    assert last(client, pair[0]) is None
    began = time.monotonic()
    *told, end = talk(client, pair, turns=2)
    assert end[0]["type"] == "RUN_FINISHED"
    turns = sentences(told)
    # It ends when it was heard, so that a page that goes is known to have gone.
    assert time.monotonic() - began > sum(event["seconds"] for event, _ in turns)
    texts = [event["text"] for event, _ in turns]
    for one, other in (pair, pair[::-1]):
        kept = last(client, one)
        assert (kept["other"], kept["topic"]) == (other["id"], "rain")
        assert [turn["text"] for turn in kept["turns"]] == texts
        assert kept["turns"][0]["name"] == pair[0]["name"]
        assert client.api(f"/characters/{one['id']}")["turns"] == []


@pytest.mark.parametrize(
    "broken", [b"", b"[]", b'{"turns": [{}]}', b'{"turns": 3, "other": "", "topic": ""}', b"\xff"]
)
def test_a_damaged_record_is_none(tmp_path, broken):
    (tmp_path / FILE).write_bytes(broken)
    assert load_duet(tmp_path) is None


REFUSED = [
    ({"other": "../../etc/passwd"}, 404),
    ({"other": "0" * 16}, 404),
    ({"other": 3}, 400),
    ({"topic": ""}, 400),
    ({"topic": " \n"}, 400),
    ({"topic": "x" * (TOPIC + 1)}, 400),
    ({"turns": 1}, 400),
    ({"turns": 61}, 400),
    ({"turns": True}, 400),
    ({"turns": 1e9}, 400),
    ({"seed": -1}, 400),
    ({"seed": 2**31}, 400),
    ({"address": "http://example.org"}, 400),
]


def test_what_is_no_talk_of_two_is_refused(client, pair):
    path = f"{PREFIX}/characters/{pair[0]['id']}/duet"
    for change, status in REFUSED:
        code, _, raw = client.ask(path, {**asked(pair[1]), **change})
        assert code == status, (change, raw)
    assert last(client, pair[0]) is None


def test_nobody_talks_with_themselves_and_other_sites_start_nothing(client, pair):
    path = f"{PREFIX}/characters/{pair[0]['id']}/duet"
    assert client.ask(path, asked(pair[0]))[0] == 400
    evil = {"Origin": "http://evil.example"}
    assert client.ask(path, asked(pair[1]), **evil)[0] == 403
    assert client.ask(path, **evil)[0] == 403
    assert last(client, pair[0]) is None


@contextmanager
def begun(client, pair):
    """A long talk, of which nothing has been read; the connection is open until the end."""
    line = http.client.HTTPConnection("127.0.0.1", client.port, timeout=3)
    body = json.dumps(asked(pair[1], turns=60)).encode()
    path = f"{PREFIX}/characters/{pair[0]['id']}/duet"
    with closing(line):
        line.request("POST", path, body, {"Content-Type": "application/json"})
        with closing(line.getresponse()) as answer:
            yield answer


def made(answer):
    """Every event until nothing comes for three seconds."""
    raw = b""
    with contextlib.suppress(TimeoutError):
        while chunk := answer.read1(1 << 16):
            raw += chunk
    return [event for event, _ in sentences(unpacked(raw))]


def eventually(check):
    for _ in range(100):
        if found := check():
            return found
        time.sleep(0.1)
    raise AssertionError("It never came.")


def test_a_talk_is_not_made_long_before_it_is_heard_and_ends_when_the_page_goes(client, pair):
    with begun(client, pair) as answer:
        whole = made(answer)
    assert AHEAD - 5 < sum(event["seconds"] for event in whole) < AHEAD + 30
    kept = eventually(lambda: last(client, pair[0]))["turns"]
    assert kept[0]["text"] == whole[0]["text"]
    # What was made ahead and not heard is not kept.
    assert len(kept) < len(whole)


def test_few_talks_are_held_at_once(client, pair):
    path = f"{PREFIX}/characters/{pair[0]['id']}/duet"
    with ExitStack() as held:
        for _ in range(TOGETHER):
            held.enter_context(begun(client, pair))
        assert client.ask(path, asked(pair[1]))[0] == 429
    eventually(lambda: client.ask(path, asked(pair[1], turns=2))[0] == 200)


def test_it_can_be_cut_off_before_it_begins(client, service, pair):
    both = tuple(service.roster.find(one["id"]) for one in pair)
    duet = LiveDuet(both, "rain", 4, 0, Answering())
    duet.cut_off.set()
    assert len(list(duet.events())) <= 1
