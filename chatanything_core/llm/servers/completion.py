"""A chat completion as it comes: in events, in one piece, or as something else altogether.

What a server sends is read leniently and trusted in nothing: every field may be missing, null or
of another type.
"""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MAX_BYTES = 8 << 20
"""Bytes of one answer; more is no answer."""
_DEPTH = 5
"""How deep a text may lie in lists and objects."""


class NotACompletionError(Exception):
    """What came is not a chat completion; the message holds its beginning."""


class BrokenEventError(Exception):
    """An event that cannot be read, so that a piece of the answer is lost."""


class ServerSaidError(Exception):
    """The server reports an error inside an answer that began well; the message is its own."""


ERRORS = (NotACompletionError, BrokenEventError, ServerSaidError)
"""All that reading a body may raise."""


@dataclass
class Completion:
    """All of an answer that has come so far."""

    text: str = ""
    thought: str = ""
    """What came as reasoning, in a field of its own."""
    refusal: str = ""
    """Why the model will not answer, in its own words."""
    finish: str = ""
    """Why it ended: `stop`, `length`, `content_filter`, `tool_calls`; empty while it has not."""
    done: bool = False
    """Whether the end was announced."""
    streamed: bool = False
    """Whether it came in events."""
    _decoder: Any = field(default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace"))
    _rest: str = ""
    """A line that is not complete yet."""
    _event: list[str] = field(default_factory=list)
    """Lines of an event that is not complete yet."""
    _other: list[str] = field(default_factory=list)
    """Lines that belong to no event: an answer in one piece, or a web page."""
    _pieces: list[str] = field(default_factory=list)
    """Text that has come since the last `take`, by events."""
    _size: int = 0

    def take(self, data: bytes) -> list[str]:
        """Take bytes of the body; returns the text that each event in them adds.

        Raises:
            BrokenEventError: an event is not JSON.
            ServerSaidError: the server reports an error.
            NotACompletionError: too much of it.
        """
        self._size += len(data)
        if self._size > MAX_BYTES:
            raise NotACompletionError("more than 8 MB")
        *lines, self._rest = (self._rest + self._decoder.decode(data)).split("\n")
        for line in lines:
            self._line(line.rstrip("\r"))
        return self._added()

    def close(self) -> list[str]:
        """Take the end of the body; returns the text that each event in it adds.

        Raises:
            As `take`; NotACompletionError also when there was no completion in it.
        """
        self._line(self._rest.rstrip("\r"))
        self._line("")
        if not self.streamed:
            self._whole("\n".join(self._other))
        return self._added()

    def _added(self) -> list[str]:
        pieces, self._pieces = self._pieces, []
        return pieces

    def _line(self, line: str) -> None:
        if line.startswith("data:"):
            self.streamed = True
            self._event.append(line[5:].strip())
        elif not line:
            self._end_event()
        elif not line.startswith((":", "event:", "id:", "retry:")):
            # "error:" is what llama.cpp writes before what went wrong.
            self._other.append(line.removeprefix("error:"))

    def _end_event(self) -> None:
        lines, self._event = self._event, []
        if not lines or self.done:
            return
        for data in _documents(lines):
            if data == "[DONE]":
                self.done = True
            elif data:
                self._add(_loaded(data))

    def _whole(self, text: str) -> None:
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            raise NotACompletionError(text.strip()[:100] or "nothing") from None
        self._add(data)
        if not (isinstance(data, dict) and isinstance(data.get("choices"), list)):
            raise NotACompletionError(text.strip()[:100])
        self.done = True

    def _add(self, data: object) -> None:
        if not isinstance(data, dict):
            return
        if data.get("error"):
            raise ServerSaidError(words_of(data["error"]))
        choices = data.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, dict):
            return
        before = len(self.text)
        finish = choice.get("finish_reason")
        self.finish = finish if isinstance(finish, str) and finish else self.finish
        for key in ("delta", "message"):
            if isinstance(choice.get(key), dict):
                self._add_message(choice[key])
        if isinstance(choice.get("text"), str):
            self.text += choice["text"]
        if added := self.text[before:]:
            self._pieces.append(added)

    def _add_message(self, message: dict[str, Any]) -> None:
        for kind, text in _parts(message.get("content")):
            if kind in ("thinking", "reasoning"):
                self.thought += text
            else:
                self.text += text
        thoughts = (message.get(key) for key in ("reasoning_content", "reasoning", "thinking"))
        # Some servers send the same thought under two names.
        self.thought += next((text for text in thoughts if isinstance(text, str) and text), "")
        if isinstance(message.get("refusal"), str):
            self.refusal += message["refusal"]


def words_of(error: object) -> str:
    """What an error says, whatever form the server gave it; at most 300 characters."""
    for _ in range(_DEPTH):
        if not isinstance(error, dict):
            break
        inner = error.get("message") or error.get("detail") or error.get("error")
        if not inner:
            break
        error = inner
    return (error if isinstance(error, str) else json.dumps(error, ensure_ascii=False))[:300]


def _documents(lines: list[str]) -> list[str]:
    """The JSON of an event: its lines together, or each, where no blank line parts the events."""
    joined = "\n".join(lines)
    if len(lines) == 1 or _is_json(joined):
        return [joined]
    return lines


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BrokenEventError(text[:100]) from None


def _parts(content: object, depth: int = _DEPTH) -> Iterator[tuple[str, str]]:
    """Kind and text of each part of a message's content, which may be a text or a list."""
    if isinstance(content, str):
        yield "text", content
    if isinstance(content, list) and depth:
        for part in content:
            if isinstance(part, dict):
                kind = str(part.get("type"))
                yield from ((kind, text) for _, text in _parts(part.get(kind), depth - 1))
            else:
                yield from _parts(part, depth - 1)
