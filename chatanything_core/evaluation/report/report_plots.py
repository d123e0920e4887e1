"""Plots of a study as SVG text, without any library."""

from collections.abc import Sequence
from html import escape

from .intervals import Share

COLOURS = ("#8a8f98", "#2f6f62", "#c0713b", "#5b5fa8", "#a3475f")
_BAR, _GAP, _WIDE, _LEFT = 13, 14, 640, 150


def rate_bars(shares: dict[str, dict[str, Share]]) -> str:
    """A group of bars for each category, one a run, from 0 to 100 %, with their intervals.

    Args:
        shares: category to run to share.
    """
    parts, y = [], 4
    runs = list(dict.fromkeys(run for group in shares.values() for run in group))
    for category, group in shares.items():
        middle = y + len(group) * _BAR / 2 + 4
        parts.append(
            f'<text x="{_LEFT - 10}" y="{middle:.0f}" class="end">{escape(category)}</text>'
        )
        for run, share in group.items():
            parts.append(_bar(y, share, COLOURS[runs.index(run) % len(COLOURS)]))
            y += _BAR
        y += _GAP
    lines = "".join(
        f'<line x1="{_x(at)}" x2="{_x(at)}" y1="0" y2="{y - _GAP}" class="grid"/>'
        f'<text x="{_x(at)}" y="{y + 4}" class="mid">{at:.0%}</text>'
        for at in (0, 0.25, 0.5, 0.75, 1)
    )
    return _svg(_WIDE + 60, y + 12, lines + "".join(parts))


def histogram(values: Sequence[float], limit: float, bins: int = 24) -> str:
    """How often values from 0 to `limit` occur; those above it are in the last bin."""
    counts = [0] * bins
    for value in values:
        counts[min(int(value / limit * bins), bins - 1)] += 1
    most, wide, high = max([*counts, 1]), 400, 90
    step = wide / bins
    bars = "".join(
        f'<rect x="{30 + i * step:.1f}" y="{high - count / most * high + 4:.1f}" '
        f'width="{step - 1:.1f}" height="{count / most * high:.1f}" fill="{COLOURS[1]}"/>'
        for i, count in enumerate(counts)
    )
    marks = "".join(
        f'<text x="{30 + at / limit * wide:.0f}" y="{high + 18}" class="mid">{at:g}</text>'
        for at in (0, limit / 2, limit)
    )
    return _svg(wide + 60, high + 24, bars + marks)


def _bar(y: float, share: Share, colour: str) -> str:
    low, high = share.interval
    middle = y + _BAR / 2 - 1
    return (
        f'<rect x="{_LEFT}" y="{y}" width="{_x(share.value) - _LEFT}" height="{_BAR - 2}" '
        f'fill="{colour}"/>'
        f'<line x1="{_x(low)}" x2="{_x(high)}" y1="{middle}" y2="{middle}" class="range"/>'
        f'<text x="{_x(1) + 8}" y="{y + _BAR - 3}">{share.value:.1%}</text>'
    )


def _x(share: float) -> float:
    return round(_LEFT + share * (_WIDE - _LEFT), 1)


def _svg(width: float, height: float, inside: str) -> str:
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" role="img" '
        f'xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    )
