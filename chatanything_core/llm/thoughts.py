"""What a model thinks before it answers, told from the answer.

Most servers put thoughts into a field of their own; where they do not, they stand in the text
between marks that differ from family to family.
"""

import json
import re
from typing import Any

_WORDS = "think|thinking|thought|thoughts|reasoning|analysis|reflection|scratchpad"
_OPEN = re.compile(
    rf"<(?:\w+:)?(?:{_WORDS})>"  # DeepSeek, Qwen, GLM, seed:think
    r"|\[THINK\]|◁think▷|<\|begin_of_thought\|>"  # Magistral, Kimi
    r"|<\|channel\|?>\s*(?:analysis|commentary|thought)\s*(?:<\|message\|>)?",  # gpt-oss, Gemma
    re.IGNORECASE,
)
_CLOSE = re.compile(
    rf"</(?:\w+:)?(?:{_WORDS})>"
    r"|\[/THINK\]|◁/think▷|<\|end_of_thought\|>|<channel\|>"
    r"|(?:<\|end\|>\s*)?(?:<\|start\|>\s*assistant\s*)?<\|channel\|>\s*final\s*<\|message\|>",
    re.IGNORECASE,
)


def without_thoughts(text: str) -> str:
    """What of an answer, or of as much as has come of it, is no thought.

    Everything up to the last closing mark is a thought, opened or not (chat templates often open
    it in the question); so is all that follows a mark that is still open.

    >>> without_thoughts("<think>Hm.</think>Yes."), without_thoughts("Hm.</think>Yes.")
    ('Yes.', 'Yes.')
    >>> without_thoughts("Yes. <think>Hm")
    'Yes. '
    """
    closed = list(_CLOSE.finditer(text))
    rest = text
    if closed:
        # What stood before the first mark is the beginning of an answer or a thought itself.
        rest = text[closed[-1].end() :]
        opened = _OPEN.search(text)
        if not rest.strip() and opened and opened.start() < closed[0].start():
            rest = text[: opened.start()]
    opened = _OPEN.search(rest)
    return rest[: opened.start()] if opened else rest


def is_thinking(text: str) -> bool:
    """Whether `text` holds a thought, finished or not.

    >>> is_thinking("<think>Hm."), is_thinking("Hm.")
    (True, False)
    """
    return bool(_OPEN.search(text) or _CLOSE.search(text))


def json_in(text: str) -> str:
    """The last JSON object in `text`, as some servers leave the answer among the thoughts.

    Empty when there is none.

    >>> json_in('So: {"draft": 1}. Better: {"answer": "Hi {you}"} Done.')
    '{"answer": "Hi {you}"}'
    """
    found, begin = "", text.find("{")
    decoder = json.JSONDecoder()
    while begin >= 0:
        end = _end_of_object(decoder, text, begin)
        found = text[begin:end] if end else found
        begin = text.find("{", end or begin + 1)
    return found


def _end_of_object(decoder: json.JSONDecoder, text: str, begin: int) -> int:
    """Where the JSON object ends that begins there; 0 when none does."""
    value: Any
    try:
        value, end = decoder.raw_decode(text, begin)
    except (ValueError, RecursionError):
        return 0
    return end if isinstance(value, dict) and value else 0
