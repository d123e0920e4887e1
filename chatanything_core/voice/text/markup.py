"""A text as it is written for speaking: marks of pause and mood."""

import math
import re
from dataclasses import dataclass, replace

from ...errors import InputError
from ...persona import EMOTIONS, NEUTRAL, Emotion
from ...ranges import Share
from .clean import clean, hidden
from .directions import STRESS, without_directions

MAX_CHARACTERS = 20_000
MAX_PAUSE = 10.0
_PAUSE = 0.5
_MARK = re.compile(
    rf"\[\s*(?:(?P<pause>pause)(?:\s*:\s*(?P<size>[^\]]*))?|(?P<emotion>{'|'.join(EMOTIONS)}|whisper))\s*\]",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s)?")


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
    stressed: tuple[tuple[int, int], ...] = ()
    """Where it is emphasised: first character and the one after the last, blanks not counted."""


def parse_markup(text: str, emotion: Emotion = NEUTRAL) -> list[MarkedText]:
    """Split a text at its marks: `[pause:0.5s]`, and moods such as `[happy]` or `[whisper]`.

    SSML and other tags are not read aloud; `<break time="500ms"/>` is a pause. Nor is Markdown,
    nor what a chat model writes beside its words: thoughts, code, emoji. A stage direction such as
    `*sighs*`, `(laughs)` or `[joyful]` is not read, and sets the mood that it tells of. Brackets
    that are none of these are left as they are.

    Args:
        emotion: how the text begins, until a mark says otherwise. Marks sound at full strength.

    >>> [(p.text, p.pause, p.emotion) for p in parse_markup("Hm. [pause:200ms] [sad] No.")]
    [('Hm.', 0.0, 'neutral'), ('No.', 0.2, 'sad')]
    >>> [(p.text, p.emotion, p.stressed) for p in parse_markup("*laughs* You? **Never!** 😀")]
    [('You? Never!', 'happy', ((4, 10),))]

    Raises:
        InputError: a pause that is not a time, or longer than MAX_PAUSE.
    """
    plain = without_directions(clean(text))
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
    """Raise InputError unless `text` is something that can be spoken, or is a silence."""
    if not text.strip() or not hidden(text).strip():
        raise InputError("There is no text to speak. Write at least one word.")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"The text has {len(text):,} characters; at most {MAX_CHARACTERS:,} are spoken at "
            "once. Split it into parts."
        )
    if "\0" in text:
        raise InputError("The text contains a NUL character, at which speech would end. Remove it.")
    parse_markup(text)


def _add(parts: list[MarkedText], text: str, pause: float, like: MarkedText) -> float:
    """Append the text, said like `like`, if there is any; returns the pause still to come."""
    said, stressed = _without_stress(text.strip())
    if not said:
        return pause
    parts.append(replace(like, text=said, pause=pause, stressed=stressed))
    return 0.0


def _without_stress(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without STRESS, and where that was, as `MarkedText.stressed` has it.

    >>> _without_stress("I \ue000really\ue001 do")
    ('I really do', ((1, 7),))
    """
    found, count, depth = [], 0, 0
    parts = re.split(f"([{STRESS}])", text)
    for part, mark in zip(parts[::2], [*parts[1::2], ""], strict=True):
        after = count + len("".join(part.split()))
        if depth > 0 and after > count:
            found.append((count, after))
        count = after
        depth += (mark == STRESS[0]) - (mark == STRESS[1])
    return "".join(parts[::2]).strip(), tuple(found)


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
