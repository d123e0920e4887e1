"""A program that speaks the realtime dialect talks with a character, and lends it a voice."""

import asyncio
import base64
import json
from contextlib import asynccontextmanager

import aiohttp
import numpy as np
import pytest

from chatanything.facetime.realtime.dialect import RATE, pcm_of, samples_of
from chatanything.facetime.routes import PREFIX
from chatanything.llm.profiles import Profile, add_profile
from tests.tools.samples import spoken
from tests.tools.servers.speech_servers import speech_servers


class Socket:
    """Sends events, and reads until one of a kind has come."""

    def __init__(self, raw):
        self.raw = raw

    async def send(self, kind, **more):
        await self.raw.send_str(json.dumps({"type": kind, **more}))

    async def until(self, *kinds):
        """Every event up to the first of these kinds."""
        seen = []
        while not seen or seen[-1]["type"] not in kinds:
            message = await asyncio.wait_for(self.raw.receive(), 30)
            assert message.type is aiohttp.WSMsgType.TEXT, (message, seen)
            seen.append(json.loads(message.data))
        return seen

    async def say(self, text):
        part = {"type": "input_text", "text": text}
        item = {"type": "message", "role": "user", "content": [part]}
        await self.send("conversation.item.create", item=item)
        await self.send("response.create")


@asynccontextmanager
async def opened(client, character, **headers):
    address = f"{client.root}{PREFIX}/characters/{character}/realtime"
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(address, headers=headers, protocols=("realtime",)) as raw,
    ):
        yield Socket(raw)


def talk(client, scene, **headers):
    """Run a scene with a character of its own; what it returns."""
    character = client.make()["id"]

    async def run():
        async with opened(client, character, **headers) as socket:
            await socket.until("session.created")
            return await scene(socket)

    return character, asyncio.run(run())


def of_kind(seen, kind):
    return [event for event in seen if event["type"] == kind]


def sound_of(seen):
    pieces = of_kind(seen, "response.output_audio.delta")
    return samples_of(b"".join(base64.b64decode(piece["delta"]) for piece in pieces))


def test_a_message_is_answered_with_sound_words_and_motion(client):
    async def scene(socket):
        await socket.say("What is your name?")
        return await socket.until("response.done")

    character, seen = talk(client, scene)
    assert seen[-1]["response"]["status"] == "completed"
    sentences = of_kind(seen, "chatanything.sentence")
    sound, seconds = sound_of(seen), sum(one["seconds"] for one in sentences)
    assert len(sound) / RATE == pytest.approx(seconds, abs=0.01)
    assert np.abs(sound).max() > 0.05
    jaw = sentences[0]["track"]["columns"].index("jaw")
    rows = np.frombuffer(base64.b64decode(sentences[0]["rows"]), "<f2")
    assert rows.reshape(-1, len(sentences[0]["track"]["columns"]))[:, jaw].max() > 0.2
    deltas = of_kind(seen, "response.output_audio_transcript.delta")
    whole = "".join(delta["delta"] for delta in deltas)
    [turn] = client.api(f"/characters/{character}")["turns"]
    assert (turn["message"], turn["reply"]) == ("What is your name?", whole)


def test_what_was_not_heard_is_not_remembered(client):
    async def scene(socket):
        await socket.say("Tell me a long story.")
        seen = await socket.until("response.done")
        item = seen[-1]["response"]["output"][0]["id"]
        await socket.send("conversation.item.truncate", item_id=item, audio_end_ms=700)
        return seen + await socket.until("conversation.item.truncated")

    character, seen = talk(client, scene)
    said = of_kind(seen, "response.output_audio_transcript.done")[0]["transcript"]
    [turn] = client.api(f"/characters/{character}")["turns"]
    assert turn["interrupted"]
    heard = turn["reply"].rstrip("…")
    assert said.startswith(heard)
    assert 0 < len(heard) < len(said) / 2


def test_an_answer_is_cancelled(client):
    async def scene(socket):
        await socket.say("Tell me a long story.")
        await socket.until("response.created")
        await socket.send("response.cancel")
        return await socket.until("response.done")

    _, seen = talk(client, scene)
    assert seen[-1]["response"]["status"] == "cancelled"
    assert seen[-1]["response"]["output"][0]["status"] == "incomplete"


def test_another_voice_gets_the_face(client):
    speech = spoken("Tell me about the rain.")
    sound = base64.b64encode(pcm_of(speech.samples, speech.rate)).decode()

    async def scene(socket):
        part = {"type": "output_audio", "audio": sound, "transcript": "Tell me about the rain."}
        item = {"type": "message", "role": "assistant", "content": [part]}
        await socket.send("conversation.item.create", item=item)
        return await socket.until("chatanything.sentence")

    character, seen = talk(client, scene)
    assert seen[-1]["seconds"] == pytest.approx(speech.seconds, abs=0.01)
    assert len(seen[-1]["words"]) == 5
    assert client.api(f"/characters/{character}")["turns"] == []


def test_sound_is_understood_and_answered(client):
    speech = spoken("Tell me about the rain.")
    sound = pcm_of(speech.samples, speech.rate)

    async def scene(socket):
        for at in range(0, len(sound), 9600):
            piece = base64.b64encode(sound[at : at + 9600]).decode()
            await socket.send("input_audio_buffer.append", audio=piece)
        await socket.send("input_audio_buffer.commit")
        seen = await socket.until("conversation.item.input_audio_transcription.completed")
        await socket.send("response.create")
        return seen + await socket.until("response.done")

    with speech_servers(speech.samples) as server:
        address = f"http://127.0.0.1:{server.port}/v1"
        add_profile(Profile("transcription", address, "whisper-1", timeout=5.0))
        character, seen = talk(client, scene)
        ((_, seconds),) = server.listened
    assert seconds == pytest.approx(speech.seconds, abs=0.01)
    assert seen[-1]["response"]["status"] == "completed"
    [turn] = client.api(f"/characters/{character}")["turns"]
    assert turn["message"] == "Tell me about the rain."


WRONG = {
    "no such event": {"type": "fly"},
    "no item": {"type": "conversation.item.create", "item": 3},
    "no role": {"type": "conversation.item.create", "item": {"type": "message", "content": [1]}},
    "no sound": {"type": "input_audio_buffer.append", "audio": "?"},
    "nothing to commit": {"type": "input_audio_buffer.commit"},
    "no such answer": {"type": "conversation.item.truncate", "item_id": "x", "audio_end_ms": 1},
    "another persona": {"type": "session.update", "session": {"instructions": "Be a pirate."}},
    "no session": {"type": "session.update"},
    "too long": {
        "type": "conversation.item.create",
        "item": {
            "type": "message",
            "role": "user",
            "content": [{"type": "input_text", "text": "x" * 5000}],
        },
    },
}


@pytest.mark.parametrize("event", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_and_the_session_goes_on(client, event):
    async def scene(socket):
        await socket.raw.send_str(json.dumps({**event, "event_id": "mine"}))
        seen = await socket.until("error")
        await socket.send("session.update", session={"type": "realtime"})
        await socket.until("session.updated")
        return seen[-1]["error"]

    _, error = talk(client, scene)
    assert error["event_id"] == "mine"
    assert 10 < len(error["message"]) < 500


def test_pages_of_other_sites_and_plain_requests_are_refused(client):
    character = client.make()["id"]

    async def foreign():
        async with opened(client, character, Origin="http://evil.example"):
            pass

    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        asyncio.run(foreign())
    assert refused.value.status == 403
    assert client.ask(f"{PREFIX}/characters/{character}/realtime")[0] == 426
