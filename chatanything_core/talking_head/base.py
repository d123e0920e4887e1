"""What a talking head can do: prepare a portrait once, then play any motion and sound on it.

Some heads are driven by motion (LivePortrait, the embedded `warp`), others by sound (SadTalker,
Wav2Lip, LatentSync). Each is given both and takes what it needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ..landmarks import Face
from ..runtime import Runtime
from ..voice import Speech
from .records import Motion


class PreparedPortrait(Protocol):
    """A portrait that was made ready to move."""

    def frames(
        self, motion: Motion, speech: Speech | None = None
    ) -> Iterator[npt.NDArray[np.uint8]]:
        """Yield one RGB frame, uint8 of shape (H, W, 3), for every row of `motion`.

        H and W are those of the portrait. Frames are made as they are asked for, belong to
        the caller, and depend on the portrait, the motion and the speech only.

        Args:
            motion: What the face does; it was planned for this speech.
            speech: What is heard meanwhile: sample 0 with the first frame, row `i` of the motion
                at `i / motion.fps` seconds. None in silence. Minutes of it may lie in a file
                (see `voice.open_audio`): take slices of the samples, never all of them.
        """
        ...


@dataclass(frozen=True)
class OtherHead:
    """A portrait that another head plays than was asked for, or one that was chosen for it."""

    ready: PreparedPortrait
    notes: tuple[str, ...]
    """Which head plays it and why, for the person who asked."""

    def frames(
        self, motion: Motion, speech: Speech | None = None
    ) -> Iterator[npt.NDArray[np.uint8]]:
        """See `PreparedPortrait`."""
        return self.ready.frames(motion, speech)


def notes_of(ready: PreparedPortrait) -> tuple[str, ...]:
    """What a person should know of how a portrait is played; most heads have nothing to say."""
    return tuple(getattr(ready, "notes", ()))


class Head(Protocol):
    """An engine that brings portraits to life."""

    def prepare(
        self, image: npt.NDArray[np.uint8], face: Face, runtime: Runtime
    ) -> PreparedPortrait:
        """Make RGB `image` of shape (H, W, 3) ready.

        `runtime` says where the models of the head lie and where they compute.

        Raises:
            InputError: the portrait cannot be made ready.
            MissingModelError: the head's own model is missing.
        """
        ...
