"""Counting words and tokens, and cutting at the end of a sentence."""

import re

from .sentences import sentences

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\S*\w\S*")
_OPEN_END = re.compile(r"[\w,;:–—-]$")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
    r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b6-\u17d3]*"
)
"""Thai, Lao, Burmese and Khmer with their marks: no blanks stand between words."""


def word_count(text: str) -> int:
    """Words of a text; two characters of Chinese, Japanese or Korean count as one, three of Thai.

    >>> word_count("Mind the spout."), word_count("小心茶壶"), word_count("สวัสดีครับ")
    (3, 2, 3)
    """
    spaced = _UNSPACED.sub(" ", _CJK.sub(" ", text))
    pairs, threes = len(_CJK.findall(text)) + 1, len(_UNSPACED.findall(text)) + 2
    return len(_WORD.findall(spaced)) + pairs // 2 + threes // 3


def tokens(text: str) -> int:
    """Tokens of a text, rather too many than too few: a third of its bytes.

    English has about four bytes a token in every common vocabulary, Chinese about three.
    """
    return len(text.encode("utf-8", "surrogatepass")) // 3 + 1


def within(text: str, limit: int, language: str = "en") -> str:
    """The sentences of `text` that fit into `limit` words; of a longer first one, its beginning.

    Args:
        language: BCP-47 tag, for its abbreviations.

    >>> within("One two. Three four. Five.", 4)
    'One two. Three four.'
    >>> within("One two three four five.", 3)
    'One two three…'
    """
    if word_count(text) <= limit:
        return text.strip()
    kept = ""
    for sentence in sentences(text, language):
        if word_count(kept + sentence) > limit:
            break
        kept += sentence
    return kept.strip() or _beginning(text, limit)


def _beginning(text: str, limit: int) -> str:
    parts = text
    for script in (_CJK, _UNSPACED):
        parts = script.sub(lambda match: match.group() + "\0", parts)
    pieces = re.findall(r"[^\s\0]+\s*\0?|\0", parts)
    kept = ""
    for piece in pieces:
        if word_count(kept + piece.replace("\0", "")) > limit:
            break
        kept += piece.replace("\0", "")
    return kept.rstrip(" ,;:") + "…"


def within_tokens(text: str, room: int) -> str:
    """`text` when it has at most `room` tokens; else as many of its whole sentences as fit.

    >>> within_tokens("One two. Three four. Five.", 8)
    'One two. Three four.'
    """
    if tokens(text) <= room or room < 2:
        return text if room > 1 else ""
    cut = text.encode("utf-8", "surrogatepass")[: max(0, 3 * (room - 1))].decode("utf-8", "ignore")
    ends = [match.end() for match in re.finditer(r"[.!?。！？][\"'”’)]*(?=\s|$)|\n", cut)]
    return cut[: ends[-1]].rstrip() if ends and 2 * ends[-1] > len(cut) else f"{cut.rstrip()}…"


def ended(text: str) -> bool:
    """Whether a text ends as a sentence does.

    >>> ended("Sit down."), ended("Sit down, I was")
    (True, False)
    """
    return not _OPEN_END.search(text.rstrip())
