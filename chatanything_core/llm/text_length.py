"""Counting words and tokens, and cutting at the end of a sentence."""

import re

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\S*\w\S*")
_SENTENCE = re.compile(r"[^.!?。！？…]+[.!?。！？…]*[\"'”’)]*\s*")


def word_count(text: str) -> int:
    """Words of a text; two characters of Chinese, Japanese or Korean count as one.

    >>> word_count("Mind the spout."), word_count("小心茶壶")
    (3, 2)
    """
    return len(_WORD.findall(_CJK.sub(" ", text))) + (len(_CJK.findall(text)) + 1) // 2


def tokens(text: str) -> int:
    """Tokens of a text, rather too many than too few: a third of its bytes.

    English has about four bytes a token in every common vocabulary, Chinese about three.
    """
    return len(text.encode("utf-8", "surrogatepass")) // 3 + 1


def within(text: str, limit: int) -> str:
    """The sentences of `text` that fit into `limit` words; of a longer first one, its beginning.

    >>> within("One two. Three four. Five.", 4)
    'One two. Three four.'
    >>> within("One two three four five.", 3)
    'One two three…'
    """
    if word_count(text) <= limit:
        return text.strip()
    kept = ""
    for sentence in _SENTENCE.findall(text):
        if word_count(kept + sentence) > limit:
            break
        kept += sentence
    return kept.strip() or _beginning(text, limit)


def _beginning(text: str, limit: int) -> str:
    parts = _CJK.sub(lambda match: match.group() + "\0", text)
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
