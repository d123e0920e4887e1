"""Numbers by which the inside of a mouth is painted; lengths are in half mouth widths."""

SEAM_CLOSES = (0.25, 0.2)
"""Opening at which the seam of lips that were painted open is no longer hidden, and the least
share of it that always is."""
APART = 0.08
"""Opening from which teeth are seen in full: closed lips must not show a white seam."""
SEEN_APART = 0.05
"""Opening, in pixels, from which a mouth is painted."""
RIM = 1.25
"""Width of the edge of the lips over that of other edges: they are round, and turn away."""
THIN = 0.5
"""Width of an edge of the thinnest gap, over that of other edges."""
STEEP = 9.0
"""Square of the steepest slope at which the distance to a lip is measured aslant."""
SHADE = (0.42, 0.16)
"""Brightness right under the upper lip, and how far below it all is bright."""
LINING_SHOWN = (0.9, 0.3, 0.12)
"""Strength of the inner side of the lower lip, opening at which it is reached, and its height."""
SOFTEST = 1.2
"""Least width of an edge inside the mouth, over that of other edges."""
TONGUE = (0.19, 0.75, 0.1)
"""Height of the tongue over the floor of the mouth; share of the way from `FLOOR` to the floor
that its tip rises; the least that it does."""
FLOOR = 0.1
"""Height of what lies on the jaw before anything of it rises."""
TONGUE_ARCH = (0.26, 0.5)
"""How much its sides hang, and how much more when it is raised."""
TONGUE_GROOVE = (0.18, 0.08)
"""Depth and width of its groove."""
TONGUE_ROLL = (0.62, 0.38, 0.22)
"""Brightness at its crown, what it gains behind that, and what it loses further down."""
TONGUE_ROLLS = (0.10, 0.42)
"""Where it has gained, and where it has lost."""
TONGUE_EDGE = (0.01, 0.08)
"""Middle and width of its edge."""
TONGUE_SIDE = 0.55
"""How much its sides darken."""
LOWER_TEETH = (0.10, 0.6, 0.08)
"""Height of the lower teeth, how far they rise to the upper ones for "s", and their arch."""
LOWER_SHOWN = (0.75, 0.01)
"""Share that a spread mouth shows of them, and the least that is painted."""
LOWER_EDGE = (0.01, 0.04)
"""Middle and width of their edge."""
LOWER_ENDS = (0.85, 0.6)
"""Where their row ends, and from where it is whole."""
LOWER_LOOK = (0.6, 0.13, 0.74)
"""How much their sides darken, width of a tooth, and brightness."""
UPPER_TEETH = (0.13, 0.08, 0.34, 0.12)
"""Visible height of the upper teeth below the resting lip line; what spread lips show more, and
what rounded ones hide of it; their arch."""
UPPER_EDGE = (0.005, 0.034)
"""Middle and width of their edge."""
UPPER_ENDS = (0.95, 0.65)
"""Where their row ends, and from where it is whole."""
UPPER_LOOK = (0.7, 0.19, 0.73, 0.18)
"""How much their sides darken, width of a tooth, brightness, and what it gains over `SOFTENED`."""
SOFTENED = 0.12
"""Height over which upper teeth brighten from their edge."""
GAPS = (0.82, 0.10)
"""Where in a tooth the line beside it begins, and how dark it is."""
OWN_TEETH = (0.7, 0.85)
"""Exponent of the shade on teeth that the portrait shows, and how far round lips hide them."""
FINE = 4
"""Samples a pixel of those teeth: reading the nearest one is then as smooth as between pixels."""
SKIN_SEEN = 0.04
"""Pull or push from which the skin is shaded."""
