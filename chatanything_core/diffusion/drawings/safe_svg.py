"""An SVG of anybody's making, written anew with only what draws.

Scripts, animations, foreign objects, metadata and everything that points outside of the file
are left out and named; entities are refused. Size, depth, the number of elements (every use
counted), the steps of a filter and the pixels of pictures in it are bounded.
"""

import gzip
import io
import re
import zlib
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from ...errors import InputError
from .records import MAX_BYTES
from .svg_expansion import Expansion

MAX_ELEMENTS = 20_000
MAX_DEPTH = 100
PAGE = 1024
"""Longer side of the page in pixels."""
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = """svg g defs symbol use path rect circle ellipse line polyline polygon linearGradient
radialGradient stop clipPath mask pattern marker filter image style switch a"""
_DRAWN = frozenset(_ELEMENTS.split())
_TEXT = frozenset(("text", "tspan", "textPath", "tref"))
_SILENT = frozenset(("title", "desc", "metadata", "namedview"))
"""What nobody misses."""
_URL = re.compile(r"url\(\s*['\"]?\s*(?!['\"#\s])[^)]*\)?|@import[^;]*;?", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([+]?\d*\.?\d+(?:[eE][+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|ex|)\s*")
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_UNITS |= {"em": 16.0, "ex": 8.0}


@dataclass(frozen=True)
class SafeSvg:
    """An SVG that can be handed to a renderer."""

    text: str
    ratio: float
    """Width divided by height of its page."""
    left_out: tuple[str, ...]
    """What it lost, in words."""


def safe_svg(data: bytes, name: str) -> SafeSvg:
    """The drawing in `data`, SVG or gzipped SVG; `name` is for messages.

    Raises:
        InputError: it is no SVG, too large, too deep, or has entities of its own.
    """
    data = _unpacked(data, name)
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is larger than {MAX_BYTES >> 20} MiB. Simplify the drawing.")
    writer = _Writer(name)
    try:
        writer.parser.Parse(data, True)
        writer.expansion.check()
    except expat.ExpatError as error:
        raise InputError(
            f"{name} is not an SVG: {error}. Open it in a drawing program and save it as plain SVG."
        ) from error
    except (ValueError, LookupError) as error:
        raise InputError(f"{name} is not an SVG that can be read: {error}.") from error
    return SafeSvg("".join(writer.out), writer.ratio, tuple(writer.told()))


def is_svg(data: bytes) -> bool:
    """Whether a file that begins with `data` may be an SVG."""
    if data[:2] == b"\x1f\x8b":
        return True
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head[:1] == b"<"


def _unpacked(data: bytes, name: str) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{name} is gzipped, but damaged ({error}). Save it again.") from error


@dataclass
class _Writer:
    """Follows the parser and writes what may stay."""

    name: str
    out: list[str] = field(default_factory=list)
    ratio: float = 0.0
    elements: int = 0
    depth: int = 0
    skipping: int = 0
    """Depth of the element whose inside is left out; 0 for none."""
    in_style: bool = False
    lost: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.expansion = Expansion(self.name)
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        self.parser.EntityDeclHandler = self.entity
        self.parser.buffer_text = True

    def entity(self, name: str, *_: Any) -> None:
        raise InputError(
            f"{self.name} declares the entity {name[:40]!r}, which is not allowed. Save it as "
            "plain SVG."
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS:
            raise InputError(f"{self.name} has more than {MAX_ELEMENTS} elements. Simplify it.")
        if self.depth > MAX_DEPTH:
            raise InputError(f"{self.name} is nested deeper than {MAX_DEPTH} elements. Flatten it.")
        space, _, local = name.rpartition(" ")
        if self.depth == 1:
            self._root(space, local, attributes)
        if self.skipping:
            return
        if not self._draws(space, local, attributes):
            self.skipping = self.depth
            return
        self.expansion.start(local, attributes, _target(attributes).strip())
        self.in_style = local == "style"
        self.out.append(f"<{local}{self._attributes(attributes, root=self.depth == 1)}>")

    def _root(self, space: str, local: str, attributes: dict[str, str]) -> None:
        if local != "svg" or space not in (SVG, ""):
            raise InputError(
                f"{self.name} is no SVG: it begins with <{local[:40]}>, not with <svg>. Give an SVG."
            )
        wide, tall = _page(attributes, self.name)
        if not (wide and tall):
            return
        self.ratio = wide / tall
        # A page in whole pixels: renderers round one of 2 mm, and what is on it with it.
        attributes.setdefault("viewBox", f"0 0 {wide:g} {tall:g}")
        share = PAGE / max(wide, tall)
        attributes["width"] = f"{max(round(wide * share), 1)}"
        attributes["height"] = f"{max(round(tall * share), 1)}"

    def _draws(self, space: str, local: str, attributes: dict[str, str]) -> bool:
        if space not in (SVG, ""):
            return False
        if local in _TEXT:
            self._lose("text" if local == "text" else "")
            return False
        if local == "image" and not _EMBEDDED.match(_target(attributes).strip()):
            self._lose("a picture outside of the file")
            return False
        if local in _DRAWN or local.startswith("fe"):
            return True
        self._lose("" if local in _SILENT else f"<{local[:30]}>")
        return False

    def _attributes(self, attributes: dict[str, str], root: bool) -> str:
        kept = [f' xmlns="{SVG}"'] if root else []
        for key, value in attributes.items():
            space, _, local = key.rpartition(" ")
            if space == XLINK and local == "href":
                local, space = "href", ""
            if space or local.startswith("on") or not local:
                self._lose("a script" if not space and local.startswith("on") else "")
                continue
            if local == "href" and not value.strip().startswith(("#", "data:image/")):
                self._lose("a link outside of the file")
                continue
            if _URL.search(value):
                self._lose("a link outside of the file")
                value = _URL.sub("none", value)
            kept.append(f" {local}={quoteattr(value)}")
        return "".join(kept)

    def end(self, name: str) -> None:
        if self.skipping:
            if self.skipping == self.depth:
                self.skipping = 0
        else:
            self.expansion.end()
            self.out.append(f"</{name.rpartition(' ')[2]}>")
        self.in_style = False
        self.depth -= 1

    def words(self, text: str) -> None:
        if self.in_style and not self.skipping:
            if _URL.search(text):
                self._lose("a link outside of the file")
            self.out.append(escape(_URL.sub("", text)))

    def _lose(self, what: str) -> None:
        if what:
            self.lost[what] = self.lost.get(what, 0) + 1

    def told(self) -> list[str]:
        return [
            what if count == 1 else f"{what} ({count} times)" for what, count in self.lost.items()
        ]


def _target(attributes: dict[str, str]) -> str:
    return attributes.get("href") or attributes.get(f"{XLINK} href") or ""


def _page(attributes: dict[str, str], name: str) -> tuple[float, float]:
    """Width and height of the page in pixels; 0 where it does not say."""
    view = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    wide, tall = _length(attributes.get("width")), _length(attributes.get("height"))
    try:
        if len(view) == 4 and not (wide and tall):
            wide, tall = float(view[2]), float(view[3])
    except ValueError as error:
        raise InputError(f"{name} has a viewBox that is not four numbers. Correct it.") from error
    if wide and tall and not 1 / 64 <= wide / tall <= 64:
        raise InputError(
            f"{name} is {wide:g} by {tall:g}: too long and thin for a face. Cut it to the thing."
        )
    return wide, tall


def _length(text: str | None) -> float:
    """A length in pixels; 0 for shares, and for what cannot be read."""
    match = _LENGTH.fullmatch(text or "")
    return float(match[1]) * _UNITS[match[2]] if match else 0.0
