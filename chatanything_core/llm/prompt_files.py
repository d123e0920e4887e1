"""The prompts of `prompts.md`, filled in."""

import re
from functools import cache
from pathlib import Path

_PLACE = re.compile(r"<<([a-z_]+)>>")


def prompt(name: str, /, **values: str) -> str:
    """The section called `name` with its places filled.

    It is filled in one pass, so that braces, quotes and even `<<name>>` in a value stay as they
    are.

    >>> prompt("language-of-concept")
    'the language in which the concept is written'
    """
    return _PLACE.sub(lambda place: values[place.group(1)], _sections()[name])


@cache
def _sections() -> dict[str, str]:
    text = (Path(__file__).parent / "prompts.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (\S+)$", text, flags=re.MULTILINE)[1:]
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}
