"""Read pictures and fields at fractional positions: one verb, with OpenCV or with PyTorch.

A picture is sampled from its `doubled` form: half-pel positions come from an eight-tap filter
once, finer ones are linear between them. That costs as little as a linear kernel, and whole
positions are exact. The filter is that of HEVC (ITU-T H.265 8.5.3.3.3); it keeps the variance of a
moving face's Laplacian within a few hundredths of that of its portrait.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ...errors import MissingDependencyError
from ...registry import is_installed
from ..constants.field_constants import TAPS

Pixels = npt.NDArray[np.uint8]
Field = npt.NDArray[np.float32]
KEPT = 2
"""A portrait and its eyes."""


class Remapper(Protocol):
    """Linear sampling; positions beyond the border take the border."""

    def pixels(self, image: Pixels, xy: Field, out: Pixels | None = None) -> Pixels:
        """Read `image` (H, W, 4) at positions `xy` (h, w, 2) in pixels; (h, w, 4).

        `out` of the result's shape is filled, when given.
        """
        ...

    def repaint(self, image: Pixels, box: tuple[slice, slice], part: Pixels) -> None:
        """Put `part` into `box` of an image that `pixels` has read and will read again."""
        ...

    def lit(self, image: Pixels, gains: Field) -> Pixels:
        """`image` (H, W, 4) times `gains` (H, W, 4), at most 255."""
        ...

    def opaque(self, image: Pixels) -> Pixels:
        """`image` (H, W, 4) without its last channel; (H, W, 3)."""
        ...

    def field(self, field: Field, xy: Field) -> Field:
        """Read `field` (H, W, 2) at positions `xy` (h, w, 2) in cells; (h, w, 2)."""
        ...

    def enlarge(self, field: Field, height: int, width: int, out: Field | None = None) -> Field:
        """Stretch `field` (h, w, n) to (height, width, n), cell centres over pixel centres."""
        ...


def make_remapper(engine: str = "") -> Remapper:
    """The fastest sampler available, or the one named `cv2` or `torch`.

    Raises:
        MissingDependencyError: neither OpenCV nor PyTorch is installed.
    """
    if engine == "cv2" or (not engine and is_installed("cv2")):
        return CvRemapper()
    if engine == "torch" or (not engine and is_installed("torch")):
        return TorchRemapper()
    raise MissingDependencyError("warp", "opencv-python-headless")


class CvRemapper:
    """OpenCV's remap: exact to 1/32 of a (doubled) pixel."""

    def __init__(self) -> None:
        import cv2

        self._cv2 = cv2

    def pixels(self, image: Pixels, xy: Field, out: Pixels | None = None) -> Pixels:
        """See `Remapper`."""
        return np.asarray(self._read(image, xy, out), np.uint8)

    def repaint(self, image: Pixels, box: tuple[slice, slice], part: Pixels) -> None:
        """See `Remapper`."""
        image[box] = part

    def lit(self, image: Pixels, gains: Field) -> Pixels:
        """See `Remapper`."""
        return np.asarray(self._cv2.multiply(image, gains, dtype=self._cv2.CV_8U), np.uint8)

    def opaque(self, image: Pixels) -> Pixels:
        """See `Remapper`."""
        return np.asarray(self._cv2.cvtColor(image, self._cv2.COLOR_RGBA2RGB), np.uint8)

    def field(self, field: Field, xy: Field) -> Field:
        """See `Remapper`."""
        return np.asarray(self._read(field, xy), np.float32)

    def enlarge(self, field: Field, height: int, width: int, out: Field | None = None) -> Field:
        """See `Remapper`."""
        linear = self._cv2.INTER_LINEAR
        large = self._cv2.resize(field, (width, height), dst=out, interpolation=linear)
        return np.asarray(large, np.float32)

    def _read(self, grid: Any, xy: Field, out: Any = None) -> Any:
        cv2 = self._cv2
        rim = cv2.BORDER_REPLICATE
        return cv2.remap(grid, xy, None, cv2.INTER_LINEAR, dst=out, borderMode=rim)


class TorchRemapper:
    """PyTorch's grid_sample, for a ComfyUI without OpenCV."""

    def __init__(self) -> None:
        import torch

        self._torch = torch
        self._kept: list[tuple[Pixels, Any]] = []

    def pixels(self, image: Pixels, xy: Field, out: Pixels | None = None) -> Pixels:
        """See `Remapper`; the float planes of the last KEPT pictures are kept."""
        read = self._read(self._planes(image), xy).round_().clamp_(0, 255)
        made: Pixels = read.to(self._torch.uint8).numpy()
        if out is not None:
            out[:] = made
        return made

    def _planes(self, image: Pixels) -> Any:
        for known, planes in self._kept:
            if known is image:
                return planes
        planes = self._torch.from_numpy(image).permute(2, 0, 1)[None].float()
        self._kept = [*self._kept[1 - KEPT :], (image, planes)]
        return planes

    def repaint(self, image: Pixels, box: tuple[slice, slice], part: Pixels) -> None:
        """See `Remapper`."""
        image[box] = part
        planes = self._planes(image)
        planes[(0, slice(None), *box)] = self._torch.from_numpy(part).permute(2, 0, 1).float()

    def lit(self, image: Pixels, gains: Field) -> Pixels:
        """See `Remapper`."""
        lit: Pixels = np.minimum(image * gains + np.float32(0.5), 255).astype(np.uint8)
        return lit

    def opaque(self, image: Pixels) -> Pixels:
        """See `Remapper`."""
        return np.ascontiguousarray(image[..., :3])

    def field(self, field: Field, xy: Field) -> Field:
        """See `Remapper`."""
        planes = self._torch.from_numpy(field).permute(2, 0, 1)[None]
        return self._read(planes, xy).numpy()  # type: ignore[no-any-return]

    def enlarge(self, field: Field, height: int, width: int, out: Field | None = None) -> Field:
        """See `Remapper`."""
        # In this order of axes PyTorch keeps channels last, and nothing has to be copied.
        planes = self._torch.from_numpy(np.ascontiguousarray(field))[None].permute(0, 3, 1, 2)
        large = self._torch.nn.functional.interpolate(
            planes, (height, width), mode="bilinear", align_corners=False
        )
        return np.ascontiguousarray(large[0].permute(1, 2, 0).numpy())

    def _read(self, planes: Any, xy: Field) -> Any:
        height, width = planes.shape[-2:]
        scale = self._torch.tensor([2 / max(width - 1, 1), 2 / max(height - 1, 1)])
        grid = self._torch.from_numpy(xy)[None].mul(scale).sub_(1)
        out = self._torch.nn.functional.grid_sample(
            planes, grid, mode="bilinear", padding_mode="border", align_corners=True
        )
        return out[0].permute(1, 2, 0).contiguous()


def doubled(image: Pixels, out: Pixels | None = None) -> Pixels:
    """`image` (H, W, C) with half-pel samples between its own, (2H - 1, 2W - 1, C).

    Pixel (x, y) of `image` is found unchanged at (2x, 2y). `out` of the result's shape is filled,
    when given.
    """
    height, width, depth = image.shape
    if out is None:
        out = np.empty((2 * height - 1, 2 * width - 1, depth), np.uint8)
    out[::2, ::2] = image
    for rows in _bands(height):
        beside = np.pad(image[rows], ((0, 0), (3, 3), (0, 0)), mode="edge").swapaxes(0, 1)
        out[2 * rows.start : 2 * rows.stop : 2, 1::2] = _between(beside).swapaxes(0, 1)
    below = out[::2]
    for rows in _bands(height - 1):
        near = np.arange(rows.start - 3, rows.stop + 4).clip(0, height - 1)
        out[2 * rows.start + 1 : 2 * rows.stop : 2] = _between(below[near])
    return out


def _bands(count: int) -> list[slice]:
    """Few rows at a time: their sums take many times the memory of the picture itself."""
    return [slice(start, min(start + 32, count)) for start in range(0, count, 32)]


def _between(rows: Pixels) -> Pixels:
    """What lies between rows, (n + 7, ...) to (n, ...)."""
    count = len(rows) - len(TAPS) + 1
    fine = rows.astype(np.int32)
    half = sum(tap * fine[i : i + count] for i, tap in enumerate(TAPS))
    return np.asarray(np.clip((half + 32) >> 6, 0, 255), np.uint8)


@contextmanager
def single_threaded() -> Iterator[None]:
    """Keep OpenCV and PyTorch on this thread: their pools cost more than they give here.

    The frame loop already shares the machine with the encoder's thread, and 2 spinning
    OpenMP threads on a busy box were measured 30 times slower than one.
    """
    import sys

    restore = []
    for name, read, write in (
        ("cv2", "getNumThreads", "setNumThreads"),
        ("torch", "get_num_threads", "set_num_threads"),
    ):
        if module := sys.modules.get(name):
            restore.append((getattr(module, write), getattr(module, read)()))
            getattr(module, write)(1)
    try:
        yield
    finally:
        for write_back, count in restore:
            write_back(count)
