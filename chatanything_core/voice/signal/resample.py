"""Sound at another rate."""

import math

import numpy as np
import numpy.typing as npt


def at_rate(samples: npt.NDArray[np.float32], rate: int, wanted: int) -> npt.NDArray[np.float32]:
    """Mono samples (T,) of `rate` a second at `wanted` a second, by a polyphase filter."""
    if rate == wanted:
        return samples
    from scipy.signal import resample_poly

    shared = math.gcd(wanted, rate)
    return np.asarray(resample_poly(samples, wanted // shared, rate // shared), np.float32)
