"""Write down what is said."""

import math

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from ..progress import Tick, no_progress
from .base import RATE
from .registry import listeners

LONGEST = 120.0
"""Seconds that are listened to at once."""


def ready_listener() -> str:
    """The first listener that can be used now; empty when there is none."""
    return next((name for name in listeners.names() if listeners.status(name).available), "")


def transcribe(
    samples: npt.NDArray[np.float32],
    rate: int,
    *,
    language: str = "",
    engine: str = "",
    tick: Tick = no_progress,
) -> str:
    """The words in `samples`, mono in [-1, 1]; empty when nothing is said.

    Args:
        language: A BCP 47 tag, or empty when it is not known.
        engine: One of `listeners`; empty means the first that can be used.

    Raises:
        InputError: too long, or no listener can be used.
        EngineError: it could not be understood.
    """
    if len(samples) > LONGEST * rate:
        raise InputError(
            f"{len(samples) / rate:.0f} seconds are too long; at most {LONGEST:g} are listened to."
        )
    name = engine or ready_listener()
    if not name:
        told = "; ".join(f"{one}: {listeners.status(one).reason}" for one in listeners.names())
        raise InputError(f"Nobody can listen here. {told}")
    if not len(samples):
        return ""
    heard = listeners.create(name).transcribe(_at_rate(samples, rate), language, tick)
    return " ".join(heard.split())


def _at_rate(samples: npt.NDArray[np.float32], rate: int) -> npt.NDArray[np.float32]:
    if rate == RATE:
        return samples
    from scipy.signal import resample_poly  # a third of a second, which only this needs

    shared = math.gcd(rate, RATE)
    return np.asarray(resample_poly(samples, RATE // shared, rate // shared), np.float32)
