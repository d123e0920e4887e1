"""What a user wants made: every argument of `create`, with its default."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeAlias, TypeVar

# For type checkers only: the command line reads the defaults below before it loads a stage.
if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from ..diffusion import Portrait
    from ..diffusion.drawings import Drawing
    from ..landmarks import FaceGuide
    from ..persona import Persona
    from ..voice import Voice

Picture: TypeAlias = "npt.NDArray[np.uint8] | str | Path"
"""RGB uint8 of shape (H, W, 3), or the path of any picture."""

NO_GUIDE = "none"
"""The guide of who wants none."""

P = ParamSpec("P")
Record = TypeVar("Record")
Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class Request:
    """What is wanted of a talking character. Only the concept has no default."""

    concept: "str | Persona"
    """Anything at all, in at most 500 characters; or an existing persona."""
    _: KW_ONLY
    seed: int = 0
    """0 to 2**63 - 1; the same request with the same seed gives the same result."""
    writer: str = ""
    """Engine that writes the persona; empty means the first, `offline`."""
    source: str = ""
    """What the writer runs on: a profile's name or a model folder; empty means the only one."""
    language: str = ""
    """BCP-47 tag of what is written and spoken; empty means the concept's own."""
    voice: "str | Voice" = ""
    """Engine whose voices are mixed for the persona; empty or "auto" means the best for its
    language; or an existing voice."""
    preset: str = ""
    """One of voice.PRESETS, laid over the voice; empty for none."""
    painter: str = ""
    """Engine that paints the portrait; empty means the first, `sketch`."""
    expert: str = ""
    """An expert by name, of the painter where one is named; empty means the one that suits the
    persona best."""
    mix: str = ""
    """Several experts of the painter at once, with weights, such as "dreamy: 0.7, crisp: 0.3"."""
    guide: "FaceGuide | Picture | None" = None
    """Where the face should be: a guide, a picture whose face is used, or one of
    landmarks.LIBRARY by name; None leaves it to the painter, which shows a ControlNet the
    reference's face or an average one; "none" shows it nothing."""
    reference: "Picture | None" = None
    """Picture that the painting starts from (inversion); None starts from nothing."""
    strength: float = 0.85
    """How far the painting leaves the reference: 0 gives it back, 1 ignores it."""
    portrait: "Portrait | None" = None
    """An existing portrait; then none is painted."""
    size: int = 0
    """Width and height of the portrait in pixels, 256 to 1024, a multiple of 8; 0 is the native size
    of who paints, at least 512."""
    tries: int = 4
    """How often a diffusion model may paint until a face is found, 1 to 8."""
    strict: bool = False
    """True to fail when no try shows a face."""
    head: str = ""
    """Engine that moves the face; empty means the first, `warp`."""
    text: str = ""
    """What is said; empty means the persona's greeting."""
    drawing: "Drawing | Picture | None" = None
    """What the body is made of: an SVG or a transparent picture (path, SVG text, RGBA pixels), an
    icon as SET:NAME; None leaves it to the painter."""
    face: str = ""
    """Where the face goes on the drawing, "x,y,width" as shares of it; empty leaves it open."""
    out: "str | Path | None" = None
    """Folder of the files; None means out/ and the concept."""
    mark: bool = False
    """True to write "Made by a machine" into a corner of portrait and film; what their files say of
    it does not depend on this."""


def with_words_of(
    record: Callable[P, Record],
) -> Callable[[Callable[[Record], Result]], Callable[P, Result]]:
    """Let a function of one record be called with the record's own words."""

    def decorate(function: Callable[[Record], Result]) -> Callable[P, Result]:
        @functools.wraps(function)
        def call(*args: P.args, **words: P.kwargs) -> Result:
            return function(record(*args, **words))

        # What help() shows; without types, which the docstring gives in words.
        words = inspect.signature(record).parameters.values()
        bare = [word.replace(annotation=inspect.Parameter.empty) for word in words]
        vars(call)["__signature__"] = inspect.Signature(bare)
        return call

    return decorate
