"""A drawing's XML, read with care: no entities, bounded, and every element knows its line."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from ....errors import InputError

MAX_BYTES = 64 * 1024
"""Size of the largest drawing that is read."""
MAX_ELEMENTS = 400
"""Elements of the largest drawing that is read."""
LONGEST = 60
"""Characters of a value that a message shows; a wrong one may be as long as the file."""
CHUNK = 1024
"""Characters parsed at a time."""
NUMBER = r"-?(?:\d+(?:\.\d*)?|\.\d+)"
"""A number without an exponent."""


def quoted(value: str) -> str:
    """A value in quotation marks, cut where it is long."""
    return repr(value if len(value) <= LONGEST else value[:LONGEST] + "...")


@dataclass(frozen=True, eq=False)
class Element:
    """One XML element."""

    file: str
    """Name of its file."""
    line: int
    """Line of the file on which it starts, from 1."""
    name: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)

    def error(self, problem: str) -> InputError:
        """An error that says where it is: file, line, element."""
        return InputError(f"{self.file}, line {self.line}, <{quoted(self.name)[1:-1]}>: {problem}")

    def permit(self, names: Collection[str]) -> None:
        """Refuse every attribute that is none of `names`.

        Raises:
            InputError: there is another one.
        """
        for name in self.attributes:
            if name not in names:
                allowed = ", ".join(sorted(names)) or "none"
                raise self.error(f"unknown attribute {quoted(name)}. Allowed: {allowed}.")

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A word out of a list; `default` None makes it required.

        Raises:
            InputError: it is missing, or another word.
        """
        word, allowed = self.text(key, default), list(allowed)
        if word != default and word not in allowed:
            raise self.error(
                f"{key}={quoted(word)} is unknown. Choose one of: {', '.join(allowed)}."
            )
        return word

    def text(self, key: str, default: str | None = None) -> str:
        """An attribute as it stands; `default` None makes it required.

        Raises:
            InputError: it is missing.
        """
        value = self.attributes.get(key, default)
        if value is None:
            raise self.error(f"the attribute {key!r} is missing. Add it.")
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number in [low, high]; `default` None makes it required.

        Raises:
            InputError: it is missing, no number, or outside.
        """
        text = self.text(key, None if default is None else str(default))
        if not re.fullmatch(NUMBER, text) or not low <= float(text) <= high:
            raise self.error(f"{key}={quoted(text)} must be a number from {low:g} to {high:g}.")
        return float(text)


def read_svg(path: Path, *, header: bool = False) -> Element:
    """The root element of a drawing with all that is in it; `header` stops after the root's tag.

    Raises:
        InputError: it is not a small, plain XML file in UTF-8 whose root is <svg>.
    """
    text = _text(path)
    try:
        root = _parse(text, path.name, header)
    except expat.ExpatError as error:
        raise InputError(f"{path.name} is not XML: {error}. Correct it there.") from error
    if root.name != "svg":
        raise root.error("the root must be <svg>.")
    return root


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}. Choose another file.") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{path.name} is larger than {MAX_BYTES // 1024} KiB. Simplify it.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not UTF-8 text. Save it as UTF-8.") from error
    if "<!DOCTYPE" in text:
        # Entities are declared nowhere else, so none can be expanded.
        raise InputError(f"{path.name} has a DOCTYPE, which is not allowed. Remove it.")
    return text


def _parse(text: str, file: str, header: bool) -> Element:
    parser = expat.ParserCreate("utf-8")
    found: list[Element] = []
    parents: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        element = Element(file, parser.CurrentLineNumber, name, attributes)
        if len(found) == MAX_ELEMENTS:
            raise element.error(f"more than {MAX_ELEMENTS} elements. Simplify the drawing.")
        if parents:
            parents[-1].children.append(element)
        found.append(element)
        parents.append(element)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: parents.pop()
    for at in range(0, len(text), CHUNK):
        parser.Parse(text[at : at + CHUNK].encode(), False)
        if header and found:
            return found[0]
    parser.Parse(b"", True)
    return found[0]
