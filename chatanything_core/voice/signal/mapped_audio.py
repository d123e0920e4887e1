"""Sound that stays in its file, so that an hour of it takes no more memory than a second."""

import mmap
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import OutputError

Samples = npt.NDArray[np.float32]


class MappedAudio(np.memmap[Any, Any]):
    """Mono float32 samples (N,) in a file. Slices are copies; the file's pages are released."""

    def __getitem__(self, key: Any) -> Any:
        """The samples of `key`, copied into memory."""
        piece = np.array(super().__getitem__(key))
        pages = self.base
        # Pages that were read count as memory of the process until it is needed elsewhere.
        if isinstance(pages, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            pages.madvise(mmap.MADV_DONTNEED)
        return piece


def mapped(pieces: Iterator[Samples], folder: Path) -> Samples:
    """Write pieces (n,) of a sound into a new file in `folder`, and give all of it (N,).

    Raises:
        OutputError: the folder cannot be written to.
    """
    count = 0
    try:
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".f32", delete=False) as file:
            for piece in pieces:
                file.write(np.ascontiguousarray(piece, "<f4").data)
                count += len(piece)
    except OSError as error:
        raise OutputError(
            f"Cannot write to {folder}: {error.strerror or error}. Free some space there."
        ) from error
    if not count:
        return np.zeros(0, np.float32)
    sound: Samples = MappedAudio(file.name, dtype="<f4", mode="r", shape=(count,))
    return sound
