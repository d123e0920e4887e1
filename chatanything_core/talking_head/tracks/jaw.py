"""How voice and amount move the mouth of a timeline."""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ...voice import MouthTrack
from ..curves import Array
from ..records import Floats

SOFT = 0.05
"""How far a jaw opens in the softest speech, against the loudest."""
INERTIA = 0.025
"""Seconds, standard deviation of the Gaussian that the jaw's weight lays over what voice and
sounds ask of it: what is faster than 5 Hz is halved, since jaws move at 2 to 7 Hz (Chandrasekaran
et al. 2009, "The natural statistics of audiovisual speech")."""


def voiced(track: MouthTrack, level: Floats) -> MouthTrack:
    """A jaw that opens wider the louder it gets; effort shows in the jaw before all else.

    It is too heavy to follow every flutter of a voice.
    """
    effort = np.float32(SOFT) + np.float32(1 - SOFT) * level
    return replace(track, jaw=eased(track.jaw * effort, track.fps).astype(np.float32))


def eased(track: npt.ArrayLike, fps: float) -> Array:
    """The track (frames,) under the weight of a jaw."""
    reach = math.ceil(3 * INERTIA * fps)
    bell = np.exp(-0.5 * np.square(np.arange(-reach, reach + 1) / (INERTIA * fps)))
    return np.convolve(
        np.pad(np.asarray(track, np.float64), reach, "edge"), bell / bell.sum(), "valid"
    )


def with_amounts(track: MouthTrack, amount: float) -> MouthTrack:
    """A mouth that moves `amount` times as far; lips still meet where they met."""
    moved = {
        name: np.clip(getattr(track, name) * np.float32(amount), low, 1)
        for name, low in (("jaw", 0), ("wide", -1), ("round", 0), ("tongue", 0), ("teeth", 0))
    }
    return MouthTrack(fps=track.fps, closed=track.closed, **moved)
