"""LivePortrait (https://arxiv.org/abs/2407.03168) on the user's own weights, moved by our Motion."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ...landmarks import Face
from ...runtime import Runtime, device_for, dtype_for, move_to_device
from ...voice import Speech
from ..base import OtherHead, PreparedPortrait
from ..records import Motion
from ..warp import WarpHead
from ..warp.warp_head import check_portrait
from .face_crop import Paste, crop, square_around
from .keypoints import make_driver, source_of
from .load_networks import Networks, load_networks
from .unsuited_portraits import what_hinders
from .weight_files import find_files

SIDE = 256
"""Pixels of the crop that the networks read; what they draw has twice as many."""
Pixels = npt.NDArray[np.uint8]


class LivePortraitHead:
    """Moves a face as the trained networks have seen faces move; other portraits are warped."""

    def __init__(self, thin: int = 1, side: int = SIDE) -> None:
        """`thin` divides the widths of the networks, for weights of one's own making."""
        self._thin, self._side = thin, side

    def prepare(self, image: Pixels, face: Face, runtime: Runtime) -> PreparedPortrait:
        """See `Head`; a portrait that has no such face is left to the warp, and a note says so."""
        check_portrait(image)
        hindrance = what_hinders(image, face)
        if hindrance:
            note = f"The head `warp` moves this portrait, not `liveportrait`: {hindrance}."
            return OtherHead(WarpHead().prepare(image, face, runtime), (note,))
        networks = load_networks(find_files(runtime.folders), self._thin)
        return MovedPortrait(image, face, networks, runtime, self._side)


class MovedPortrait:
    """One portrait, ready to move."""

    def __init__(
        self, image: Pixels, face: Face, networks: Networks, runtime: Runtime, side: int
    ) -> None:
        self._networks, self._runtime = networks, runtime
        device = self._on_device()
        square = square_around(face, (image.shape[1], image.shape[0]))
        rgb = np.ascontiguousarray(image[..., :3])
        picture = torch.from_numpy(rgb).to(device).movedim(-1, 0)[None].float() / 255
        cut = crop(picture, square, side)
        with torch.inference_mode(), self._precision():
            self._features = networks.appearance(cut)
            source = source_of(networks.motion(cut))
        with torch.inference_mode():
            self._driver = make_driver(source, networks.corrections, face, square.tall)
        self._paste = Paste(image, square, device)

    def frames(self, motion: Motion, speech: Speech | None = None) -> Iterator[Pixels]:
        """See `PreparedPortrait`; what is heard shows in the motion already."""
        self._on_device()
        for index in range(len(motion)):
            yield self._frame(motion, index)

    def _frame(self, motion: Motion, i: int) -> Pixels:
        with torch.inference_mode():
            driven = self._driver.keypoints(motion, i)
            with self._precision():
                moved = self._drawn(driven)
            return self._paste.frame(moved.float())

    def _drawn(self, driven: Tensor) -> Tensor:
        """The square with its keypoints at `driven`, (1, 3, 2 * side, 2 * side) in [0, 1]."""
        moved = self._networks.warp(self._features, self._driver.at_rest, driven)
        picture: Tensor = self._networks.generator(moved)
        return picture

    def _on_device(self) -> torch.device:
        return move_to_device("liveportrait", self._networks.modules(), self._runtime)

    def _precision(self) -> AbstractContextManager[object]:
        """Half precision for what stands it; weights stay as they are."""
        dtype = dtype_for(self._runtime)
        kind = device_for(self._runtime).type
        half: AbstractContextManager[object] = torch.autocast(
            kind, dtype, enabled=dtype != torch.float32
        )
        return half
