"""How much an SVG draws once every `<use>` is replaced by what it points to.

Ten elements that use ten others each, ten levels deep, are a kilobyte of text and ten thousand
million shapes; a picture of a kilobyte can have a thousand million pixels; and each step of a filter
keeps a picture of its own until the filter is done. All are counted before a renderer sees them, so that memory is bounded on systems that cannot limit a process's as well.
"""

import base64
import binascii
import io
import warnings
from dataclasses import dataclass, field

from PIL import Image

from ...errors import InputError

MOST_DRAWN = 100_000
"""Elements that an SVG draws at most, every use counted."""
MOST_PIXELS = 16_000_000
"""Pixels of all pictures in it, every use left aside."""
MOST_STEPS = 128
"""Elements within one filter; at `records.SIDE` each keeps 2.3 MB."""
MOST_CHAINED = 100
"""How many elements, each used by the next, may follow one another."""


@dataclass
class _Part:
    """An element that is open, and what was met within it."""

    id: str
    elements: int = 1
    uses: list[str] = field(default_factory=list)


@dataclass
class Expansion:
    """Follows the elements of one SVG."""

    name: str
    """For messages."""
    open: list[_Part] = field(default_factory=lambda: [_Part("")])
    known: dict[str, _Part] = field(default_factory=dict)
    pixels: int = 0
    steps: int = 0
    """Elements of the filter that began last."""

    def start(self, local: str, attributes: dict[str, str], target: str) -> None:
        """An element begins; `target` is where it points to.

        Raises:
            InputError: its pictures have too many pixels, or a filter has too many steps.
        """
        part = _Part(attributes.get("id", ""))
        if local == "use" and target.startswith("#"):
            part.uses.append(target[1:])
        elif local == "image":
            self._picture(target)
        elif local.startswith("fe"):
            self.steps += 1
        elif local == "filter":
            self.steps = 0
        if self.steps > MOST_STEPS:
            raise InputError(
                f"A filter in {self.name} has more than {MOST_STEPS} steps. Export it as a "
                "transparent PNG."
            )
        self.open.append(part)

    def end(self) -> None:
        """The last element that began ends."""
        part = self.open.pop()
        self.open[-1].elements += part.elements
        self.open[-1].uses += part.uses
        if part.id:
            self.known.setdefault(part.id, part)

    def check(self) -> None:
        """Raise InputError when the whole draws more than `MOST_DRAWN` elements, or when more than
        `MOST_CHAINED` use one another."""
        if self._drawn(self.open[0], {}, ())[0] > MOST_DRAWN:
            raise InputError(
                f"{self.name} draws more than {MOST_DRAWN:,} elements, since its <use> elements use "
                "one another. Simplify it, or export it as a transparent PNG."
            )

    def _drawn(
        self, part: _Part, counted: dict[str, tuple[int, int]], above: tuple[str, ...]
    ) -> tuple[int, int]:
        """Elements that a part draws, and how many use one another in it."""
        total, longest = part.elements, 0
        for target in part.uses:
            if target in above or target not in self.known:
                continue  # renderers leave out what uses itself
            if target not in counted:
                counted[target] = self._drawn(self.known[target], counted, (*above, target))
            elements, chain = counted[target]
            total, longest = total + elements, max(longest, chain + 1)
        if max(longest, len(above)) > MOST_CHAINED:
            raise InputError(
                f"In {self.name} more than {MOST_CHAINED} elements use one another. Flatten it."
            )
        return total, longest

    def _picture(self, target: str) -> None:
        try:
            data = base64.b64decode(target.partition(",")[2])
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with Image.open(io.BytesIO(data)) as picture:
                    self.pixels += picture.width * picture.height
        except (binascii.Error, OSError, ValueError, SyntaxError):
            return  # the renderer leaves out what it cannot read
        except Image.DecompressionBombError:
            self.pixels = MOST_PIXELS + 1
        if self.pixels > MOST_PIXELS:
            raise InputError(
                f"The pictures in {self.name} have more than {MOST_PIXELS // 1_000_000} million "
                "pixels. Scale them down."
            )
