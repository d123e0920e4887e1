"""Shares with their uncertainty."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.959964
"""Of 95 % of the normal distribution."""


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """In [0, 1]; 0 of none."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of Wilson (1927), "Probable inference, the law of succession, and
        statistical inference", eq. 4.

        >>> tuple(round(end, 3) for end in Share(370, 400).interval)
        (0.895, 0.947)
        >>> Share(0, 0).interval
        (0.0, 1.0)
        """
        if not self.of:
            return (0.0, 1.0)
        p, n = self.value, self.of
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return (max(0.0, middle - half), min(1.0, middle + half))

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.1%} ({100 * low:.1f}-{100 * high:.1f})"
