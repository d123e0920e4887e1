"""Text without what a terminal, a page or a file would obey instead of showing it."""

import re

_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|\Z)"  # CSI: colours, moving and clearing (ECMA-48, 5.4)
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS
    r"|\x1b[ -/]*[0-~]?"
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # C0 and C1, but tab and line feed
    r"|[\u202a-\u202e\u2066-\u2069]"  # bidirectional embeddings, overrides and isolates
    r"|[\ufeff\ufff9-\ufffb\U000e0000-\U000e0001]"
    r"|[\ud800-\udfff]"
)


def printable(text: str) -> str:
    """`text` without escape sequences, control characters and marks that turn its direction.

    Line ends become line feeds. The marks for single characters (LRM, RLM, ALM) and joiners
    stay: Arabic, Persian and emoji are spelled with them.

    >>> printable("a\\x1b[31m red\\x1b]0;title\\x07\\u202e end\\r\\nnext")
    'a red end\\nnext'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return _CONTROL.sub("", _SEQUENCE.sub("", lines))
