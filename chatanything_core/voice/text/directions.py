"""Stage directions: what is done and felt while a text is said, and not read."""

import json
import re
from functools import cache
from pathlib import Path

from ...persona import EMOTIONS

_DATA = Path(__file__).parent / "data"
_STARS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,150}?)(?<=[^\s*])\*(?![\w*])")
_BRACKETS = re.compile(r"\[([^\[\]\n:]{1,60})\]|[(（【]([^()（）【】\n]{1,60})[)）】]")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|~~)(?=\S)([^\n]{1,200}?)(?<=\S)\1(?!\w)")
_WHOLE = re.compile(r"\s*([*_])([^*_]+)\1\s*")
_LONE = re.compile(r"(?<!\S)(?:\*{1,3}|~{2,}|_{2,})(?!\S)(?!\s*\d)|\*{4,}|~{3,}")
_WORD = re.compile(r"[^\W\d_]+")
_NO_STRESS = dict.fromkeys((0xE000, 0xE001))
_WORDS = 4
"""The most words of a direction between brackets, or of emphasis; what is longer is read plainly."""
STRESS = "\ue000\ue001"
"""Before and behind stressed words: characters that no text has (Unicode's private use)."""


def without_directions(text: str) -> str:
    """A mark of mood in place of every stage direction; emphasis between STRESS for its signs.

    Between single asterisks, what stands for itself at either end of the text or of a sentence, or
    has a word of action, is a direction; all else is emphasis. A text wholly between asterisks is
    what is said. Between brackets, a few words are a direction if one of them is known.

    >>> without_directions("*sighs* I **mean** it. [laughs] (softly) No.")
    '[sad] I \ue000mean\ue001 it. [happy] [neutral] No.'
    """
    text = text.translate(_NO_STRESS)
    if whole := _WHOLE.fullmatch(text):
        moods = _moods(whole[2])
        return _mark(moods) if moods and len(whole[2].split()) <= _WORDS else whole[2]
    if any(bracket in text for bracket in "[(（【"):
        text = _BRACKETS.sub(_of_brackets, text)
    if "*" not in text and "_" not in text and "~" not in text:
        return text
    plain = _LONE.sub(" ", _STARS.sub(_of_stars, text))
    return _EMPHASIS.sub(_of_signs, _EMPHASIS.sub(_of_signs, plain))


def _of_brackets(match: re.Match[str]) -> str:
    words = match[1] or match[2]
    if len(words.split()) > _WORDS or words.strip().lower() in EMOTIONS:
        return match[0]
    moods = _moods(words)
    return _mark(moods) if moods else match[0]


def _of_stars(match: re.Match[str]) -> str:
    words, before, after = match[1], match.string[: match.start()], match.string[match.end() :]
    moods = _moods(words)
    begins = not before.strip() or before.rstrip()[-1] in '.!?…"”’)]*,;:—\n。！？，」'
    ends = not after.strip() or not after.lstrip()[0].islower()
    # A capital of its own, as in "*Never* again", is loud rather than done.
    done = begins and ends and (" " in words or words[0].islower() or not words.isascii())
    return _mark(moods) if done or moods else _stressed(words)


def _of_signs(match: re.Match[str]) -> str:
    return match[2] if match[1] == "~~" else _stressed(match[2])


def _stressed(words: str) -> str:
    """A few words between STRESS; a longer stretch is only set in bold or italics."""
    return f"{STRESS[0]}{words}{STRESS[1]}" if len(words.split()) <= _WORDS else words


def _mark(moods: list[str]) -> str:
    mood = next((mood for mood in moods if mood), "")
    return f"[{mood}]" if mood else " "


def _moods(words: str) -> list[str]:
    known = _known()
    return [known[word] for word in _WORD.findall(words.lower()) if word in known]


@cache
def _known() -> dict[str, str]:
    """Every word of a direction with its mood; empty for none."""
    data = json.loads((_DATA / "directions.json").read_text("utf-8"))
    return {**data["actions"], **data["feelings"]}
