"""Numbers by which fields of displacements are laid out, turned around and read."""

TABLE_END = 3.0
"""Places along a part's axis at which curves are tabulated go from minus this to this, in units."""
TABLE_COUNT = 1201
"""How many there are."""
HEAD_CELL = 16
"""Pixels between the places at which the way of the head is known."""
STRIDE = 4
"""Pixels between the places at which positions are added up before they are stretched."""
ERROR = 0.1
"""Pixels by which another round of turning a field around may still change it."""
MOST_ROUNDS = 12
SLOW = 0.7
"""A round that leaves more than this share of the last round's change is overshooting."""
RELAXED = 0.6
"""Share of its change that a round then makes. Where a field stretches by s pixels a pixel, an
error is multiplied by 1 - RELAXED (1 + s): it shrinks up to s = 2.3, not only up to 1."""
STEEPEST = 0.85
"""Most that skin is squeezed, in pixels a pixel; at 1 it would fold."""
RISE = 1.29
"""How much longer a smooth rise is than a straight one of the same spread: root of 20 / 12."""
TAPS = (-1, 4, -11, 40, 40, -11, 4, -1)
"""Of 64: the half-pel filter of HEVC (ITU-T H.265 8.5.3.3.3)."""
