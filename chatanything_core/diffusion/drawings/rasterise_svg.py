"""SVG to pixels, by resvg in a process of its own."""

import importlib.util
import io
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ...background import run_cancellable
from ...errors import EngineError, InputError, MissingDependencyError
from ...progress import Tick, no_progress
from .records import SIDE
from .safe_svg import SafeSvg

MEMORY, SECONDS = 768, 6
"""MiB and seconds that one drawing may take."""
_WORKER = Path(__file__).with_name("resvg_worker.py")


def rasterise_svg(svg: SafeSvg, name: str, tick: Tick = no_progress) -> npt.NDArray[np.uint8]:
    """RGBA pixels, shape (H, W, 4), of a drawing; about 60 ms.

    Raises:
        MissingDependencyError: resvg-py is not installed.
        InputError: the renderer cannot draw it; `name` says which drawing.
        EngineTimeoutError: it takes too long.
    """
    width = round(min(SIDE, SIDE * svg.ratio)) if svg.ratio else SIDE
    height = round(min(SIDE, SIDE / svg.ratio)) if svg.ratio else 0
    command = [sys.executable, "-I", "-S", str(_WORKER), _package()]
    command += [str(number) for number in (width, height, MEMORY, SECONDS)]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
    except OSError as error:
        raise EngineError(f"Cannot start {sys.executable} to draw {name}: {error}.") from error
    late = f"{name} takes longer than {SECONDS} seconds to draw. Simplify it."
    try:
        out, complaint = run_cancellable(
            lambda: process.communicate(svg.text.encode("utf-8", "replace")),
            process.kill,
            time.monotonic() + 2 * SECONDS,
            late,
            tick,
            name="chatanything-resvg",
        )
    finally:
        process.kill()  # nothing to one that has ended
        process.wait()
    if process.returncode:
        raise InputError(_why(name, process.returncode, complaint))
    return np.asarray(Image.open(io.BytesIO(out)).convert("RGBA"))


def _package() -> str:
    """The folder that has the package resvg_py."""
    found = importlib.util.find_spec("resvg_py")
    if found is None or not found.origin:
        raise MissingDependencyError("SVG", "resvg-py")
    return str(Path(found.origin).parents[1])


def _why(name: str, code: int, complaint: bytes) -> str:
    if code < 0:
        return (
            f"{name} needs more than {MEMORY} MiB or {SECONDS} seconds to draw, or breaks the "
            "renderer. Simplify it, or export it as a transparent PNG."
        )
    last = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2][:200]
    return f"{name} cannot be drawn ({last or 'no reason given'}). Export it as a transparent PNG."
