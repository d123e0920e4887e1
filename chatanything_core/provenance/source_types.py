"""How a picture or a film came to be, in the terms of the IPTC.

Source: IPTC NewsCodes, Digital Source Type, https://cv.iptc.org/newscodes/digitalsourcetype/
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

SourceType = Literal["trainedAlgorithmicMedia", "algorithmicMedia", "compositeSynthetic"]
TRAINED: SourceType = "trainedAlgorithmicMedia"
"""Made by a model that was trained on data."""
ALGORITHMIC: SourceType = "algorithmicMedia"
"""Made by an algorithm that learned from no data, as the sketch painter does."""
COMPOSITE: SourceType = "compositeSynthetic"
"""Put together of several elements, at least one of which is synthetic, such as a photograph that
is made to talk."""
KNOWN: tuple[SourceType, ...] = get_args(SourceType)
VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""What a term begins with to be a URI."""
TOOL = "ChatAnything"
COMMENT = "comment"
"""The tag of a film, a GIF or an animated WebP that holds the sentence."""
_TERM = re.compile(re.escape(VOCABULARY) + r"(\w+)")


def comment_of(source: SourceType) -> str:
    """The label as a sentence, for fields that people read."""
    return f"Made by a machine ({TOOL}). Digital source type: {VOCABULARY}{source}"


def source_in(tags: Mapping[str, str]) -> SourceType | None:
    """What the comment among the metadata of a film says; None when it says nothing."""
    for name, text in tags.items():
        found = _TERM.search(text) if name.lower() == COMMENT else None
        for known in KNOWN:
            if found and found[1] == known:
                return known
    return None


def source_of_parts(sources: Iterable[SourceType | None]) -> SourceType | None:
    """What is put together of parts: as they are when all are alike, else a composite; None when a
    machine made none of them."""
    different = set(sources)
    if len(different) <= 1:
        return next(iter(different), None)
    return COMPOSITE
