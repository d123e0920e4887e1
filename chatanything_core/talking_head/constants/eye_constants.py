"""Numbers by which eyes look about and close; lengths are in half eye widths."""

MEET = 0.70
"""Where closed lids meet, from the resting upper lid (0) to the lower one (1)."""
LAP = 0.08
"""How far a closed lid covers the lower lid's edge, so that no white slips through."""
PLAIN = 0.8
"""Share that the colour around the eye has in that of a closed lid."""
LINE = 0.3
"""Brightness of the line in which lids meet, as a share of that of the skin around."""
CHEEK = 0.45
"""Height of the skin below the eye that the lower lid takes along."""
LASH = 0.14
"""Height of the lash line, which moves without being stretched."""
RIM = 0.15
"""Width of the outline around a lidless eye."""
LASHES = 0.75
"""Widths of an edge that lashes take from what is seen of the eyeball above the lower lid."""
SHADOW = 0.58
"""Brightness of an eyeball right under its lid, as photographs and sketches have it."""
UNDER_LID = (0.06, 0.34)
"""From where to where below the upper lid's edge its shadow fades."""
OVER_LID = (0.02, 0.14)
"""The same above the lower lid's edge."""
GLANCE = (0.26, 0.17)
"""Way of the iris, right and down, for a gaze of 1."""
GLIMPSE = 1.5
"""Way of an iris, in pixels, at which the whole eyeball is painted: less must not show."""
IRIS_RIM = (0.05, 0.4)
"""Rim of an iris, over its radius, and the least one in widths of an edge."""
IRIS_GONE = (3.0, 1.5)
"""Outside of what an iris leaves, and where all of it is gone, in rims beyond its radius."""
IRIS_THERE = (2.0, 0.5)
"""Outside of the iris where it looks, and where it is whole, alike."""
SHADE = (-0.05, 0.28)
"""From where to where below the upper lid the eyeball brightens."""
SHUT = 0.9
"""Closure from which no glance is seen."""
CORNERS = (1.04, 0.92)
"""Where a lid ends beside the eye, and from where it is whole."""
EARLY = 4.0
"""How many times as fast as it closes a lower lid appears."""
GATHER = (0.94, 0.22)
"""How much narrower the skin of a lid is read, and its colour."""
MIDDLE_OF_LID = 0.58
"""Share of the height of a lid from which the colour of its fold is read."""
PLAIN_AT = (0.05, 0.45)
"""Closures between which a lid takes the plain colour."""
ABOVE_LASH = 0.08
"""Height above the lash line over which it does."""
TURNED = (-0.5, 0.10)
"""From where above its edge a lid turns away from the light, and how much it darkens."""
LASH_LINE = (0.05, 0.5, 0.85)
"""Width of the line in which lids meet, the least one in widths of an edge, and its strength."""
LASH_SHOWN = 0.6
"""Share of the lash line that covers what lies below a lid."""
BLIND_MEET = 0.34
"""Where lids that are painted meet, as the share of the upper rim in it."""
BLIND_LAP = 0.05
"""How far they overlap."""
BLIND_EDGE = 1.5
"""Width of their edges in pixels."""
BLIND_CORNERS = (0.06, 0.3)
"""Softness of their ends, and the opening at which they are whole."""
BLIND_ROUND = (0.90, 0.16, 0.4)
"""Their brightness at the rim, how much more it is in the middle, and how that falls aside."""
BLIND_CREASE = (0.07, 0.85)
"""Width and strength of the line in which they meet."""
BLIND_CREASE_ENDS = (1.1, 0.95)
"""Where the line ends beside the eye, and from where it is whole."""
STEPS = 128
"""Places of an iris and of a lid that are distinguished, between rest and 1."""
RESTING_LID = 0.42
"""Closure of a fully lowered resting lid."""
