"""Numbers that turn a row of motion into weights of a mouth's channels, in half mouth widths."""

FOLLOW = 0.78
"""How far a portrait's lips follow a sound that is fully rounded or spread: people who talk with
someone, and do not read to a class, stop short of it."""
OPEN = 0.70
"""Share of the opening that a mouth opens by that is not rounded."""
OVAL = 0.65
"""The same of a rounded one."""
RAISE = (0.30, 0.10)
"""Share by which the upper lip rises, and what spread lips add to it."""
EARLY = 4.0
"""How many times as fast as the jaw opens they add it."""
WIDE = 0.14
PUCKER = (0.16, 0.22, 0.36)
"""By narrow lips, by round ones, and the most of both."""
THICK = 0.09
SMILE = 0.20
SULK = 0.14
TUCK = 0.10
PULL = (0.55, 0.25)
"""Share of a smile's pull on the cheeks that spread lips have, and what an open jaw adds."""
