"""Conversations as JSON text and back."""

import json
from functools import cache

from pydantic import TypeAdapter, ValidationError

from ..errors import InputError
from .records import History

MAX_HISTORY = 4_000_000
"""Characters of JSON: some ten thousand turns."""


@cache
def _adapter() -> TypeAdapter[History]:
    """Built when it is first needed, not while ComfyUI starts."""
    return TypeAdapter(History)


def history_to_json(history: History) -> str:
    """JSON text, indented for people; the size of a conversation is its length."""
    data = _adapter().dump_python(history, mode="json")
    return json.dumps(data, ensure_ascii=False, indent=1)


def history_from_json(text: str) -> History:
    """The conversation that `history_to_json` wrote; an empty text is an empty one.

    Raises:
        InputError: it is too long, or not a conversation.

    >>> history_from_json("").turns
    ()
    """
    if not text.strip():
        return History()
    if len(text) > MAX_HISTORY:
        raise InputError(
            f"The history has {len(text)} characters; at most {MAX_HISTORY} are read. Start a "
            "new conversation and carry its memory over."
        )
    try:
        history = _adapter().validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in fault["loc"]) or "the text"
        raise InputError(
            f"This is not a history: {where}: {fault['msg']}. Empty it to begin a new conversation."
        ) from None
    if not 0 <= history.summarised <= len(history.turns):
        raise InputError(
            f"This is not a history: `summarised` is {history.summarised} of {len(history.turns)} turns."
        )
    return history
