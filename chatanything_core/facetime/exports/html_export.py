"""A living character in one HTML file, which needs no server, no network and no program of ours."""

import base64
import gzip
import hashlib
import html
import io
import json
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from ...dialogue import chat
from ...live.idle_rows import IDLE_FPS, idle_rows
from ...live.roster import Prepared
from ...live.speech_track import speech_track
from ...persona import Emotion
from ...provenance import comment_of
from ...talking_head.rig import make_rig, rig_bytes, web_folder
from ...voice import speak
from ..wire import emotion_json
from .module_bundle import module_bundle

IDLE_SECONDS = 90.0
"""Of idle motion; after them it is played backwards, and forwards again."""
LINES = 5
"""Things that it says, one at each touch: its greeting, and its latest answers."""
_ASKED = ("What do you like?", "Tell me about yourself.")
"""What it is asked when it has said too little yet."""
_BITRATE = 40_000


def html_page(prepared: Prepared) -> bytes:
    """The whole file.

    Raises:
        EngineError, InputError: a line cannot be spoken.
    """
    folder = web_folder() / "facetime" / "keepsake"
    code = module_bundle(folder / "keepsake.mjs")
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    # In a script element nothing but this ends it, whatever the texts hold.
    told = json.dumps(_told(prepared), ensure_ascii=False).replace("<", "\\u003c")
    values = {
        "language": html.escape(prepared.character.persona.language),
        "label": html.escape(comment_of(prepared.character.film_source)),
        "name": html.escape(prepared.character.persona.name),
        "style": (folder / "keepsake.css").read_text("utf-8"),
        "hash": f"sha256-{digest}",
        "told": told,
        "code": code,
    }
    page = (folder / "keepsake.html").read_text("utf-8")
    parts = page.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        filled.append(values[name] + rest)
    return "".join(filled).encode("utf-8", "replace")


def _told(prepared: Prepared) -> dict[str, Any]:
    character = prepared.character
    image, face = character.portrait.image, character.portrait.face
    idle = idle_rows(0.0, IDLE_SECONDS, seed=character.seed, who=character.persona.name)
    rows = idle.astype("<f2").tobytes()
    return {
        "rig": _text(rig_bytes(make_rig(image, face))),
        "idle": {"fps": IDLE_FPS, "rows": _text(gzip.compress(rows, 9, mtime=0))},
        "look": emotion_json(character.persona.emotion)["look"],
        "lines": [_line(prepared, text, emotion) for text, emotion in _lines(prepared)],
    }


def _lines(prepared: Prepared) -> list[tuple[str, Emotion]]:
    persona, history = prepared.character.persona, prepared.conversation.talk.history
    said = [(turn.reply, turn.emotion) for turn in history.turns if not turn.interrupted]
    if len(said) < len(_ASKED):
        answers = [chat(persona, asked, seed=prepared.character.seed) for asked in _ASKED]
        said += [(answer.text, answer.emotion) for answer in answers]
    return [(persona.greeting, persona.emotion), *said[-(LINES - 1) :]]


def _line(prepared: Prepared, text: str, emotion: Emotion) -> dict[str, Any]:
    """What is heard and seen of one thing that it says."""
    character = prepared.character
    speech = speak(character.voice, text, emotion=emotion)
    seed, who = character.seed, character.persona.name
    track = speech_track(speech, 0.0, emotion=emotion, seed=seed, who=who)
    words = [[w.text, round(w.start, 3), round(w.end, 3)] for w in speech.timeline.words]
    return {
        "text": text,
        "words": words,
        "rate": speech.rate,
        "samples": len(speech.samples),
        "sound": _text(_compressed(speech.samples, speech.rate)),
        "look": emotion_json(emotion)["look"],
        "track": {"fps": track.fps, "lead": track.lead, "columns": list(track.columns)},
        "rows": _text(track.rows.astype("<f2").tobytes()),
    }


def _compressed(samples: npt.NDArray[np.float32], rate: int) -> bytes:
    """Mono sound as AAC in an MP4, which every browser decodes."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as file:
        stream: Any = file.add_stream("aac", rate=rate)
        stream.bit_rate = _BITRATE
        stream.layout = "mono"
        whole = (np.clip(samples, -1, 1) * 32767).astype("<i2")[None]
        frame = av.AudioFrame.from_ndarray(whole, format="s16", layout="mono")
        frame.sample_rate = rate
        sampler = av.AudioResampler(stream.format, "mono", rate, stream.frame_size)
        for part in (*sampler.resample(frame), *sampler.resample(None)):
            file.mux(stream.encode(part))
        file.mux(stream.encode(None))
    return out.getvalue()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
