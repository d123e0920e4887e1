"""Read the reply while its JSON is still arriving."""

import json
import re

from ..llm import OnText

_REPLY = re.compile(r'"reply"\s*:\s*"((?:[^"\\]|\\.)*)', re.DOTALL)
_TORN = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?$")


class ReplyListener:
    """Passes on the growing value of `reply`, whatever is around it."""

    def __init__(self, on_text: OnText) -> None:
        self._hear = on_text
        self._text = ""
        self._told = ""

    def __call__(self, piece: str) -> None:
        """Take a piece of the JSON and return what it adds to the reply."""
        self._text = self._text + piece if piece else ""
        match = _REPLY.search(self._text)
        if not match:
            return
        try:
            reply = json.loads(f'"{_TORN.sub("", match.group(1))}"', strict=False)
        except ValueError:
            return
        # Half of a surrogate pair waits for its other half, or is dropped.
        reply = re.sub(r"[\ud800-\udfff]", "", reply)
        if reply.startswith(self._told) and len(reply) > len(self._told):
            self._hear(reply[len(self._told) :])
            self._told = reply
