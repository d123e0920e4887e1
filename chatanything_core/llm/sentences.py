"""Where sentences end, for whatever counts, shortens or speaks them."""

import re
from collections.abc import Iterator

_SEAM = re.compile(r"(?<!\S)(\S+?)([.!?…]+)([\"'”’»)\]]*)\s+(?=([\"'“‘«(\[]*)(I\b|[^\W\d_a-z]))")
"""The end of a word with its stops, before an "I" or a capital."""
_SHORT = {
    *("mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "etc", "no", "fig", "vol", "pp"),
    *("cf", "approx", "dept", "est", "gen", "col", "sgt", "capt", "lt", "rev", "hon"),
}
"""English abbreviations after which an "I" does not begin a sentence."""


def sentences(text: str, language: str = "en") -> list[str]:
    """The sentences of a text, each with the blanks behind it, so that they join to the text.

    Stops within numbers, names and abbreviations end none; those of Chinese, Japanese and Hindi
    end one without a blank.

    >>> sentences("I met Dr. J. R. Brown at 98.6 degrees. I was ill… Really?! No.")
    ['I met Dr. J. R. Brown at 98.6 degrees. ', 'I was ill… ', 'Really?! ', 'No.']
    """
    from sentencex import segment

    found: list[str] = []
    for piece in segment(language.split("-")[0].lower(), text):
        for sentence in _cut_further(piece):
            if not sentence.strip() and found:
                found[-1] += sentence
            else:
                found.append(sentence)
    return found


def _cut_further(piece: str) -> Iterator[str]:
    """The seams that the segmenter leaves: before "I", after an ellipsis, after a bracket."""
    start = 0
    for seam in _SEAM.finditer(piece):
        word, stops, closing, _, follows = seam.groups()
        if follows == "I" and stops == ".":
            ends = not _is_abbreviation(word)
        else:
            # "No. 5" is a number, "No. Never" is not.
            ends = "…" in stops or bool(closing) or word == "No"
        if ends:
            yield piece[start : seam.end()]
            start = seam.end()
    yield piece[start:]


def _is_abbreviation(word: str) -> bool:
    bare = word.strip("\"'“‘«([").lower()
    return len(bare) == 1 or "." in bare or bare in _SHORT
