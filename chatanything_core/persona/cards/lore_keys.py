"""Whether a key of a lorebook falls in what was said.

Keys come from strangers, so patterns that could run away are not run, and all patterns of one
turn together may take only so many steps.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from math import factorial
from typing import TypeAlias

_MAX_PATTERN = 200
"""Characters."""
_MAX_SEARCHED = 2000
"""Characters of each message that a pattern is run on, from its end."""
_WINDOWS = (2000, 500, 200)
"""Characters that a pattern sees at once, by how many unlimited repetitions it has."""
_MAX_CHOICES = (1000, 64, 16)
"""Ways through its alternatives and options, likewise."""
_MAX_STEPS = 3e7
"""Steps of all patterns of one turn, by their worst case; about one second."""
_NESTED = re.compile(r"\((?:[^()\\]|\\.)*[*+{|](?:[^()\\]|\\.)*\)\s*[*+{]")
_SLASHED = re.compile(r"/(.+)/([a-zA-Z]*)", re.DOTALL)
_META = re.compile(r"[\\^$.|?*+()\[\]{}]")
_UNSPACED = re.compile(r"[\u0900-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts without blanks, or in which words do not end where `\\w` ends."""
_PREFIXED = re.compile(r"[\u0590-\u06ff]")
"""Scripts whose articles are written together with the word."""


SafePattern: TypeAlias = tuple[re.Pattern[str], int, int]
"""A pattern, its unlimited repetitions, and its choices."""


class Messages:
    """The messages that keys are looked for in, oldest first."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.folded = "\n".join(texts).casefold()


class Heard:
    """Looks for keys in what was said; one for each turn."""

    def __init__(self) -> None:
        self._left = _MAX_STEPS

    def has(
        self, key: str, said: Messages, *, regex: bool, cased: bool, whole: bool | None
    ) -> bool:
        """Whether `key` falls in any of the messages."""
        if not _is_pattern(key, regex):
            # Books have thousands of keys, and almost none of them falls.
            if key.split()[0].casefold() not in said.folded:
                return False
            word = word_pattern(key, cased, whole)
            return any(word.search(text) for text in said.texts)
        found = safe_pattern(key, cased)
        return found is not None and any(self._matches(found, t) for t in reversed(said.texts))

    def _matches(self, found: SafePattern, text: str) -> bool:
        pattern, endless, choices = found
        text, size = text[-_MAX_SEARCHED:], _WINDOWS[endless]
        step = max(1, size // 2)
        starts = range(0, max(1, len(text) - step), step)
        width = min(len(text), size)
        self._left -= len(starts) * choices * width ** (1 + endless) / factorial(1 + endless)
        if self._left < 0:
            return False
        return any(pattern.search(text[start : start + size]) for start in starts)


@lru_cache(maxsize=2048)
def word_pattern(key: str, cased: bool, whole: bool | None) -> re.Pattern[str]:
    """A pattern for a word or phrase: not inside other words, in the plural as well.

    >>> bool(word_pattern("cat", False, None).search("Cats!"))
    True
    >>> bool(word_pattern("cat", False, None).search("education"))
    False
    """
    inner = r"\s+".join(re.escape(part) for part in key.split())
    flags = 0 if cased else re.IGNORECASE
    if whole is False:
        return re.compile(inner, flags)
    head, tail = key.strip()[:1], key.strip()[-1:]
    free = bool(_UNSPACED.match(head) or _PREFIXED.match(head))
    before = "" if free or not re.match(r"\w", head) else r"(?<!\w)"
    if _UNSPACED.match(tail) or not re.match(r"\w", tail):
        return re.compile(before + inner, flags)
    ending = "" if whole else r"(?:['’]?s|es)?" if key.isascii() else r"\w{0,3}"
    return re.compile(rf"{before}{inner}{ending}(?!\w)", flags)


@lru_cache(maxsize=512)
def safe_pattern(key: str, cased: bool) -> SafePattern | None:
    """A pattern, bare or as /pattern/flags, its unlimited repetitions and its choices.

    None for one that is wrong or might run away: by a repeated group that holds a repetition or a
    choice, a back reference, or many unlimited repetitions or options in a row.
    """
    slashed = _SLASHED.fullmatch(key)
    source, flags = slashed.groups() if slashed else (key, "" if cased else "i")
    endless = len(re.findall(r"(?<!\\)[*+]|\{\d*,\d*\}", source))
    choices = _choices(source)
    if len(source) > _MAX_PATTERN or endless > 2 or _NESTED.search(source):
        return None
    if choices > _MAX_CHOICES[endless] or re.search(r"\\\d|\(\?P=|\)\s*[*+{]", source):
        return None
    try:
        return re.compile(source, re.IGNORECASE if "i" in flags else 0), endless, choices
    except (re.error, OverflowError, RecursionError):
        return None


def _is_pattern(key: str, regex: bool) -> bool:
    """SillyTavern says `use_regex` of every entry and writes patterns between slashes."""
    if _SLASHED.fullmatch(key):
        return regex or len(key) > 3
    return regex and bool(_META.search(key))


def _choices(source: str) -> int:
    """In how many ways a matcher can go through alternatives and options."""
    ways, bars, previous = 1, [0], ""
    bare = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", source)
    for sign in bare:
        if sign == "(":
            bars.append(0)
        elif sign == "|":
            bars[-1] += 1
        elif sign == ")" and len(bars) > 1:
            ways *= bars.pop() + 1
        elif sign == "?" and previous not in ("(", "*", "+", "?", "}"):
            ways *= 2
        previous = sign
    for left in bars:
        ways *= left + 1
    return ways
