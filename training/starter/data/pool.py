"""The newest painted pictures, in the memory of the device that trains."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import numpy as np
import torch

from ..settings import Stage
from .concepts import CAPTIONS, KINDS
from .pictures import SIDE, Example, example
from .tokenizer import LENGTH, tokens_of

CHUNK = 64
"""Pictures that a process paints at a time."""
Encode = Callable[[torch.Tensor], torch.Tensor]
"""Pictures in [-1, 1], (B, 3, H, W), to scaled latents."""
Source = Callable[[int, int], Iterator[Example]]
"""Pictures from the first number on, as many as are asked for, in the order of their numbers."""


def _paint(seed: int, first: int, count: int) -> list[Example]:
    return [example(seed, number) for number in range(first, first + count)]


def _stand_back() -> None:
    if hasattr(os, "nice"):
        os.nice(8)  # the trainer goes before its painters


@contextmanager
def painters(seed: int, workers: int) -> Iterator[Source]:
    """A source of pictures, painted by processes ahead of need; by this one where `workers` is 0."""
    if workers == 0:
        yield lambda first, count: iter(_paint(seed, first, count))
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _stand_back) as processes:
        yield _Ahead(processes, seed, 3 * workers).take
        processes.shutdown(cancel_futures=True)


class _Ahead:
    """Chunks that are being painted, some of them before anyone asks."""

    def __init__(self, processes: ProcessPoolExecutor, seed: int, chunks: int) -> None:
        self._processes, self._seed, self._chunks = processes, seed, chunks
        self._coming: deque[Any] = deque()
        self._rows: deque[Example] = deque()
        self._next = self._asked = -1

    def take(self, first: int, count: int) -> Iterator[Example]:
        if first != self._next:
            for future in self._coming:
                future.cancel()
            self._coming.clear()
            self._rows.clear()
            self._next = self._asked = first
        for _ in range(count):
            while len(self._coming) < self._chunks:
                self._coming.append(self._processes.submit(_paint, self._seed, self._asked, CHUNK))
                self._asked += CHUNK
            if not self._rows:
                self._rows.extend(self._coming.popleft().result())
            self._next += 1
            yield self._rows.popleft()


class Pool:
    """Which pictures it holds depends on the step alone: numbers `count - room` to `count`."""

    def __init__(
        self,
        stage: Stage,
        source: Source,
        tokenizer: Any,
        device: torch.device,
        encode: Encode | None,
    ) -> None:
        self.stage, self.device = stage, device
        self.count = 0
        """Number of the next picture."""
        self._source, self._tokenizer, self._encode = source, tokenizer, encode
        room = stage.room

        def table(*shape: int, kind: torch.dtype) -> torch.Tensor:
            return torch.zeros(room, *shape, dtype=kind, device=device)

        self.pixels = table(*(() if encode else (SIDE, SIDE, 3)), kind=torch.uint8)
        """(room, S, S, 3), where nothing encodes."""
        self.latents = table(*((2, 4, SIDE // 8, SIDE // 8) if encode else ()), kind=torch.float16)
        """(room, 2, 4, S / 8, S / 8): of each picture and of its mirror image, where something encodes."""
        self.points = table(68, 2, kind=torch.float32)
        self.ids = table(CAPTIONS, LENGTH, kind=torch.int16)
        self.kind, self.look = table(kind=torch.long), table(kind=torch.long)

    def at_step(self, step: int) -> None:
        """Hold what a step may see, painting what is missing."""
        wanted = self.stage.first + step * self.stage.per_step
        self.count = max(self.count, wanted - self.stage.room)
        while self.count < wanted:
            size = min(CHUNK, wanted - self.count)
            self._add(list(self._source(self.count, size)))

    def rows(self, kind: int, look: int | None = None) -> torch.Tensor:
        """Places of all pictures with a kind of face, (N,), and of one style where it is named.

        Raises:
            RuntimeError: none is there; more pictures are needed before the first step.
        """
        held = torch.arange(len(self.kind), device=self.device) < self.count
        fits = held & (self.kind == kind) & ((self.look == look) if look is not None else True)
        places: torch.Tensor = fits.nonzero()[:, 0]
        if not len(places):
            raise RuntimeError(f"no picture of kind {kind} and style {look} among {self.count}")
        return places

    def by_kind(self, look: int | None = None) -> list[torch.Tensor]:
        """The places of each kind of face."""
        return [self.rows(kind, look) for kind in KINDS]

    def _add(self, examples: list[Example]) -> None:
        places = torch.arange(self.count, self.count + len(examples)) % self.stage.room
        images = torch.from_numpy(np.stack([row.image for row in examples])).to(self.device)
        if self._encode:
            x = to_float(images)
            both = [self._encode(x).half(), self._encode(x.flip(3)).half()]
            self.latents[places] = torch.stack(both, 1)
        else:
            self.pixels[places] = images
        told = [text for row in examples for text in row.captions]
        ids = tokens_of(self._tokenizer, told).reshape(len(examples), CAPTIONS, LENGTH)
        self.ids[places] = torch.from_numpy(ids.astype(np.int16)).to(self.device)
        points = np.stack([row.points for row in examples])
        self.points[places] = torch.from_numpy(points).to(self.device)
        self.kind[places] = torch.tensor([row.kind for row in examples], device=self.device)
        self.look[places] = torch.tensor([row.look for row in examples], device=self.device)
        self.count += len(examples)


def to_float(images: torch.Tensor) -> torch.Tensor:
    """uint8 (B, H, W, 3) to [-1, 1], (B, 3, H, W), channels last in memory."""
    x = images.permute(0, 3, 1, 2).float() / 127.5 - 1
    return x.contiguous(memory_format=torch.channels_last)


def to_bytes(x: torch.Tensor) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    """[-1, 1], (B, 3, H, W), to uint8 (B, H, W, 3)."""
    scaled = ((x.float().clamp(-1, 1) + 1) * 127.5).round().byte()
    return np.asarray(scaled.permute(0, 2, 3, 1).cpu().numpy())
