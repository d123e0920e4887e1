"""Conversations as JSON text and back, and what other programs save of them.

Read are lists of messages as OpenAI's interface has them (with `role` and `content`, alone or
under `messages`), SillyTavern's JSON lines, and their kin; all become turns.
"""

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..errors import InputError
from .records import History, Turn

MAX_HISTORY = 4_000_000
"""Characters of JSON: some ten thousand turns."""
_LISTS = ("messages", "message", "conversations", "history", "data")
"""Where other programs keep the messages."""
_TEXTS = ("content", "mes", "value", "data", "msg", "text")
"""What they call the text of one."""
_USER = ("user", "human", "you", "prompter")


@cache
def _adapter() -> TypeAdapter[History]:
    """Built when it is first needed, not while ComfyUI starts."""
    return TypeAdapter(History)


def history_to_json(history: History) -> str:
    """JSON text, indented for people; the size of a conversation is its length."""
    data = _adapter().dump_python(history, mode="json")
    return json.dumps(data, ensure_ascii=False, indent=1)


def history_from_json(text: str) -> History:
    """The conversation that `history_to_json` or another program wrote; of an empty text none.

    Raises:
        InputError: it is too long, or not a conversation.

    >>> history_from_json("").turns
    ()
    >>> history_from_json('[{"role": "user", "content": "Hi"},'
    ...     ' {"role": "assistant", "content": "Hello."}]').turns[0].reply
    'Hello.'
    """
    text = text.lstrip("\ufeff")
    if not text.strip():
        return History()
    if len(text) > MAX_HISTORY:
        raise InputError(
            f"The history has {len(text)} characters; at most {MAX_HISTORY} are read. Start a "
            "new conversation and carry its memory over."
        )
    messages = _messages(_documents(text))
    if messages is not None:
        return History(_turns(messages))
    try:
        history = _adapter().validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in fault["loc"]) or "the text"
        raise InputError(
            f"This is not a history: {where}: {fault['msg']}. Leave it out, or name a new file, to "
            "begin a new conversation."
        ) from None
    if not 0 <= history.summarised <= len(history.turns):
        raise InputError(
            f"This is not a history: `summarised` is {history.summarised} of {len(history.turns)} turns."
        )
    return history


def is_own_history(text: str) -> bool:
    """Whether a conversation that can be read is in our own form."""
    return _messages(_documents(text.lstrip("\ufeff"))) is None


def _documents(text: str) -> Any:
    """One JSON document, or a list of one from each line; None when it is neither."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _messages(data: Any) -> list[tuple[bool, str]] | None:
    """Whether the user said it, and what, of each message; None when these are no messages."""
    for _ in range(3):
        if not isinstance(data, dict) or "turns" in data:
            break
        data = next((data[key] for key in _LISTS if isinstance(data.get(key), list | dict)), None)
    if not isinstance(data, list) or not data:
        return None
    rows = [row for row in data if isinstance(row, dict)]
    found = [row for row in rows if _speaker(row) and _said(row) is not None]
    return [(_speaker(row) == "user", _said(row) or "") for row in found] if found else None


def _speaker(row: dict[str, Any]) -> str:
    """ "user", "persona", or nothing for instructions and for what is no message."""
    if isinstance(row.get("is_user"), bool):
        return "" if row.get("is_system") is True else "user" if row["is_user"] else "persona"
    role = row.get("role", row.get("from"))
    if not isinstance(role, str) or role in ("system", "developer", "tool", "function"):
        return ""
    return "user" if role.lower() in _USER else "persona"


def _said(row: dict[str, Any]) -> str | None:
    value = next((row[key] for key in _TEXTS if key in row), None)
    if isinstance(value, list):
        parts = [part.get("text") for part in value if isinstance(part, dict)]
        value = "\n".join(part for part in parts if isinstance(part, str))
    if not isinstance(value, str):
        return None
    return value.encode("utf-8", "replace").decode("utf-8").strip()


def _turns(messages: list[tuple[bool, str]]) -> tuple[Turn, ...]:
    """Messages in pairs; what was said before the user's first is the greeting and no turn."""
    turns: list[Turn] = []
    asked: list[str] = []
    answered = False
    for by_user, text in messages:
        if by_user:
            asked = [text] if answered else [*asked, text]
            answered = False
        elif answered:
            last = turns.pop()
            turns.append(Turn(last.message, f"{last.reply}\n{text}".strip()))
        elif asked:
            turns.append(Turn("\n".join(asked), text))
            answered = True
    return tuple(turn for turn in turns if turn.message and turn.reply)
