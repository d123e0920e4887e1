"""A text that is to be spoken: marks, markup and length."""

import html
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..errors import InputError
from ..persona import EMOTIONS, NEUTRAL, Emotion
from ..ranges import Share, limited
from .records import Voice

MAX_CHARACTERS = 20_000
MAX_PAUSE = 10.0
_PAUSE = 0.5
_TAG = re.compile(r"<!--.*?-->|<[/?!]?[A-Za-z][^<>]*>", re.DOTALL)
_BREAK = re.compile(r"<break\b[^<>]*>", re.IGNORECASE)
_BREAK_TIME = re.compile(r"time\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_MARK = re.compile(
    rf"\[\s*(?:(?P<pause>pause)(?:\s*:\s*(?P<size>[^\]]*))?|(?P<emotion>{'|'.join(EMOTIONS)}|whisper))\s*\]",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s)?")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_CLAUSE = re.compile(r"(?<=[,;:—–、，；：])\s*")
WHISPER = "whisper"


@dataclass(frozen=True)
class MarkedText:
    """A stretch of text that is said in one mood."""

    text: str
    """Free of marks and markup; empty for a mere pause."""
    pause: float = 0.0
    """Seconds of silence before it."""
    emotion: str = "neutral"
    """One of EMOTIONS, or `whisper`."""
    strength: Share = 1.0
    """How strongly the mood sounds."""


def parse_markup(text: str, emotion: Emotion = NEUTRAL) -> list[MarkedText]:
    """Split a text at its marks: `[pause:0.5s]`, and moods such as `[happy]` or `[whisper]`.

    SSML and other tags are not read aloud; `<break time="500ms"/>` is a pause. Nor is Markdown:
    chat models write `*sighs*`, which would be "asterisk sighs asterisk". Brackets that are no
    marks are left as they are.

    Args:
        emotion: how the text begins, until a mark says otherwise. Marks sound at full strength.

    >>> [(p.text, p.pause, p.emotion) for p in parse_markup("Hm. [pause:200ms] [sad] No.")]
    [('Hm.', 0.0, 'neutral'), ('No.', 0.2, 'sad')]

    Raises:
        InputError: a pause that is not a time, or longer than MAX_PAUSE.
    """
    plain = _without_markdown(_without_tags(text))
    parts: list[MarkedText] = []
    at, pause = 0, 0.0
    said = MarkedText("", emotion=emotion.name, strength=emotion.strength)
    for mark in _MARK.finditer(plain):
        pause = _add(parts, plain[at : mark.start()], pause, said)
        at = mark.end()
        if mark["emotion"]:
            said = MarkedText("", emotion=mark["emotion"].lower())
        else:
            pause += _seconds(mark["size"])
    pause = _add(parts, plain[at:], pause, said)
    return [*parts, MarkedText("", pause)] if pause else parts


def check_spoken_text(text: str) -> None:
    """Raise InputError unless `text` is something that can be spoken."""
    if not text.strip():
        raise InputError("There is no text to speak. Write at least one word.")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"The text has {len(text):,} characters; at most {MAX_CHARACTERS:,} are spoken at "
            "once. Split it into parts."
        )
    if "\0" in text:
        raise InputError("The text contains a NUL character, at which speech would end. Remove it.")
    if not any(part.text for part in parse_markup(text)):
        raise InputError(f"Nothing can be spoken in {text[:40]!r}. Write some words.")


def chunks(text: str, limit: int, language: str) -> list[str]:
    """Whole sentences in pieces of at most `limit` characters.

    A longer sentence is cut at a clause, else between words, else anywhere.

    >>> chunks("One two. Three four. Five.", 20, "en")
    ['One two. Three four.', 'Five.']
    """
    if len(text) <= limit:
        return [text]
    packed: list[str] = []
    for piece in (p for sentence in _sentences(text, language) for p in _cut(sentence, limit)):
        if packed and len(packed[-1]) + 1 + len(piece) <= limit:
            packed[-1] = f"{packed[-1]} {piece}"
        else:
            packed.append(piece)
    return packed


def with_emotion(voice: Voice, emotion: str, strength: float = 1.0) -> Voice:
    """The voice as it sounds in a mood of `strength`, in [0, 1].

    Directions of pitch, span, rate and level follow Scherer (2003), Vocal communication of
    emotion, table 2.
    """
    if emotion == WHISPER:
        return replace(
            voice, shaping=replace(voice.shaping, breath=max(0.95, voice.shaping.breath))
        )
    *factors, tilt = _EMOTION_FACTORS[emotion]
    pitch, span, rate, level = (factor**strength for factor in factors)
    shaping = voice.shaping
    shaping = replace(shaping, pitch=shaping.pitch * pitch, tilt=shaping.tilt + tilt * strength)
    coloured = replace(
        voice,
        pitch_range=voice.pitch_range * span,
        rate=voice.rate * rate,
        volume=voice.volume * level,
        shaping=limited(shaping),
    )
    return limited(coloured)


_EMOTION_FACTORS = {
    # pitch, span, rate and level are factors; tilt is in dB.
    "neutral": (1.0, 1.0, 1.0, 1.0, 0.0),
    "happy": (1.09, 1.35, 1.07, 1.1, 1.0),
    "sad": (0.93, 0.7, 0.85, 0.75, -2.5),
    "angry": (1.07, 1.3, 1.1, 1.35, 2.5),
    "afraid": (1.16, 1.15, 1.2, 0.9, 1.0),
    "disgusted": (0.95, 0.9, 0.9, 0.95, -0.5),
    "surprised": (1.16, 1.5, 1.05, 1.1, 1.0),
}


def _without_tags(text: str) -> str:
    if not _TAG.search(text):
        return text
    plain = html.unescape(_TAG.sub(" ", _BREAK.sub(_as_mark, text)))
    return re.sub(r"[ \t]{2,}", " ", plain)


def _without_markdown(text: str) -> str:
    plain = _HEADING.sub("", _LINK.sub(r"\1", text)).replace("`", "")
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", plain))


def _as_mark(tag: re.Match[str]) -> str:
    time = _BREAK_TIME.search(tag[0])
    return f"[pause:{time[1]}]" if time else "[pause]"


def _add(parts: list[MarkedText], text: str, pause: float, like: MarkedText) -> float:
    """Append the text, said like `like`, if there is any; returns the pause still to come."""
    said = text.strip()
    if not said:
        return pause
    parts.append(replace(like, text=said, pause=pause))
    return 0.0


def _seconds(size: str | None) -> float:
    if size is None or not size.strip():
        return _PAUSE
    match = _SIZE.fullmatch(size.strip().lower())
    seconds = float(match[1]) / (1000 if match[2] == "ms" else 1) if match else math.nan
    if not 0 <= seconds <= MAX_PAUSE:
        raise InputError(
            f"The pause {size.strip()!r} must be a time of at most {MAX_PAUSE:g} seconds, such as "
            "[pause:0.5s] or [pause:300ms]."
        )
    return seconds


def _sentences(text: str, language: str) -> Iterator[str]:
    from sentencex import segment

    for sentence in segment(language.split("-")[0].lower(), text):
        if stripped := sentence.strip():
            yield stripped


def _cut(sentence: str, limit: int) -> Iterator[str]:
    """Pieces of at most `limit` characters, cut where a speaker would breathe."""
    while len(sentence) > limit:
        clauses = [match.start() for match in _CLAUSE.finditer(sentence, 1, limit + 1)]
        at = clauses[-1] if clauses else sentence.rfind(" ", 1, limit + 1)
        at = at if at > 0 else limit
        yield sentence[:at].strip()
        sentence = sentence[at:].strip()
    if sentence:
        yield sentence
