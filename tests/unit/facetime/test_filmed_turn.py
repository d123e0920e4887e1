"""An answer as a film: it begins and ends where the loop is in which the character waits."""

import io

import av
import numpy as np

from chatanything.character.request import Request
from chatanything.facetime.filmed_turn import FPS, FilmedTurn
from chatanything.facetime.routes import PREFIX
from chatanything.live.records import EmotionChanged, RunFinished, SentenceSpoken
from chatanything.live.roster import Roster
from chatanything.live.speech_track import speech_track
from chatanything.persona import Emotion
from chatanything.talking_head.plan_speech import TAIL
from chatanything.voice import speak

from .test_server import TURN, kinds


def test_who_cannot_draw_a_face_gets_a_film(client):
    path = f"/characters/{client.make()['id']}"
    body = {"message": "Tell me a story.", "turn": TURN, "film": 3.2}
    events = client.events(f"{path}/say", body)
    sentences = [record for record, _ in events if record["type"] == "SENTENCE"]
    pieces = [parts[0] for record, parts in events if record["type"] == "FILM"]
    assert kinds(events)[-1] == "RUN_FINISHED"
    assert all("payload" not in record for record in sentences)
    assert pieces[0][4:8] == b"ftyp"
    assert len(pieces) > 5
    starts = [record["film"]["start"] for record in sentences]
    assert starts == sorted(starts)
    with av.open(io.BytesIO(b"".join(pieces))) as film:
        frames = sum(1 for _ in film.decode(video=0))
    last = sentences[-1]
    # After its last sound it comes back to where the loop is by then.
    assert abs(frames / 25 - (last["film"]["start"] + last["seconds"] + TAIL)) < 0.1
    idle = client.ask(f"{PREFIX}{path}/idle.mp4")[2]
    assert idle[4:8] == b"ftyp"
    assert client.ask(f"{PREFIX}{path}/say", {**body, "film": 99})[0] == 400


def test_a_film_begins_and_ends_where_the_loop_is(tmp_path, monkeypatch):
    """The pose of its first and last picture is the loop's; in between it speaks and feels."""
    roster = Roster(tmp_path / "characters")
    prepared = roster.make(Request("grumpy teapot", size=256))
    turn, rows = FilmedTurn(prepared, 3.2), []
    loop, taken = turn._loop, turn._rows
    monkeypatch.setattr(turn, "_rows", lambda count: rows.append(taken(count)) or rows[-1])
    happy = Emotion("happy", 0.9)
    list(turn.packed(EmotionChanged(happy)))
    for number, text in enumerate(("Good morning to you.", "I am a teapot.")):
        speech = speak(prepared.character.voice, text)
        list(turn.packed(SentenceSpoken(number, text, speech, speech_track(speech, 5.0))))
    list(turn.packed(RunFinished("", happy, ())))
    roster.close()
    shown = np.concatenate(rows)
    first = round(3.2 * FPS)
    known = loop[(first + np.arange(len(shown))) % len(loop)]
    off = np.abs(shown - known)
    # Degrees of the head's turns, shares of all else.
    assert off[0].max() < 0.05 and off[-1].max() < 0.05
    assert off[:, 0].max() > 0.2 and off[:, 14].max() > 0.2
