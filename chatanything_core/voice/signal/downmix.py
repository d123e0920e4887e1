"""Any number of channels to one: a voice on any of them is heard in the mix, as loud."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MOST_CHANNELS = 64
SILENT = 1e-4
"""Power of a channel over that of the loudest, below which no voice is on it (-40 dB)."""
NOTHING = 1e-10
"""Power of a sound that cannot be heard (-100 dB)."""
CANCELLED = 0.25
"""Power of a mean over that of unrelated channels, below which they cancel each other."""
OFFSET = 1e-3
"""Direct current below this (-60 dB) is left alone, so that clean sound stays exact."""
CLICK = 1e-3
"""Share of samples above full scale that are cut off; more of them are not clicks but loud sound."""
LOUD = 1.12
"""Peak over full scale, from which on scaling down is worth a note (1 dB)."""

BLOCK = 1 << 16
"""Samples of each channel that are looked at together."""

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Downmix:
    """How channels become one."""

    weights: Samples
    """Share of each channel, shape (channels,)."""
    offset: float = 0.0
    """Direct current of the mix, in full scales; it is taken away."""
    broken: int = 0
    """Samples of the channels that are not numbers."""
    notes: tuple[str, ...] = ()
    """What a person should know about it, in sentences."""

    @property
    def exact(self) -> bool:
        """Whether the only channel comes out as it went in."""
        one = len(self.weights) == 1 and self.weights[0] == 1
        return one and not self.offset and not self.broken

    def mono(self, block: Samples) -> Samples:
        """Samples (n, channels) to (n,) in [-1, 1]; what is not a number becomes silence."""
        mixed = finite(block) @ self.weights - np.float32(self.offset)
        return np.asarray(np.clip(mixed, -1, 1), np.float32)


class Levels:
    """What a sound's channels hold, gathered block by block."""

    def __init__(self, channels: int) -> None:
        self.count = 0
        self._sum = np.zeros(channels)
        self._products = np.zeros((channels, channels))
        self._low, self._high = np.zeros(channels), np.zeros(channels)
        self._over = np.zeros(channels)
        self._broken = 0

    def add(self, block: Samples) -> None:
        """Take note of samples (n, channels)."""
        if not len(block):
            return
        # Sums over short rows take many times as long.
        exact = np.ascontiguousarray(finite(block).T, np.float64)
        self.count += len(block)
        self._broken += int(block.size - np.isfinite(block).sum())
        self._sum += exact.sum(1)
        self._products += exact @ exact.T
        self._low = np.minimum(self._low, exact.min(1))
        self._high = np.maximum(self._high, exact.max(1))
        self._over += (np.abs(exact) > 1).sum(1)

    def downmix(self) -> Downmix:
        """The mean of the channels on which a voice is heard, or the loudest when it cancels."""
        weights, notes = self._shares()
        mean = self._sum / max(self.count, 1)
        offset = float(mean @ weights)
        offset = offset if abs(offset) >= OFFSET else 0.0
        highest = self._highest(weights > 0, mean)
        if highest > LOUD:
            notes += (f"Its peak is {highest:.3g} times full scale, so it was made quieter.",)
        if self._broken:
            notes += (f"{self._broken} of its samples are not numbers, so they were made silent.",)
        shares = (weights / highest).astype(np.float32)
        return Downmix(shares, offset / highest, self._broken, notes)

    def _highest(self, used: npt.NDArray[np.bool_], mean: npt.NDArray[np.float64]) -> float:
        """What the channels in use are divided by, at least 1."""
        if self._over[used].max() <= CLICK * self.count:
            return 1.0
        return max(1.0, float(np.maximum(self._high - mean, mean - self._low)[used].max()))

    def _shares(self) -> tuple[npt.NDArray[np.float64], tuple[str, ...]]:
        mean = self._sum / max(self.count, 1)
        spread = self._products / max(self.count, 1) - np.outer(mean, mean)
        power = np.maximum(np.diag(spread), 0)
        heard = power > SILENT * power.max()
        if power.max() < NOTHING:
            silence = ("Nothing can be heard in it.",) if self.count else ()
            return np.full(len(power), 1 / len(power)), silence
        weights = heard / heard.sum()
        if weights @ spread @ weights >= CANCELLED * (weights**2 @ power):
            return weights, ()
        loudest = np.zeros(len(power))
        loudest[power.argmax()] = 1.0
        note = f"Its channels cancel each other, so only channel {power.argmax() + 1} is heard."
        return loudest, (note,)


def to_mono(channels: Samples) -> tuple[Samples, tuple[str, ...]]:
    """Samples (channels, n) to (n,), and what a person should know about it."""
    levels, size = Levels(len(channels)), channels.shape[1]
    for at in range(0, size, BLOCK):
        levels.add(channels[:, at : at + BLOCK].T)
    mix = levels.downmix()
    if mix.exact:
        # Long clips are large.
        return channels[0], mix.notes
    mixed = np.empty(size, np.float32)
    for at in range(0, size, BLOCK):
        mixed[at : at + BLOCK] = mix.mono(channels[:, at : at + BLOCK].T)
    return mixed, mix.notes


def finite(block: Samples) -> Samples:
    """The same samples with silence for what is not a number."""
    return np.nan_to_num(block, nan=0.0, posinf=0.0, neginf=0.0)
