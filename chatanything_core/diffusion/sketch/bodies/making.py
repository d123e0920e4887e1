"""Kinds of body: what all of a kind have in common, once; a call gives the rest."""

from functools import partial

from .base import Body

creature = partial(Body, kind="animal", accent="d9705a", backdrop="garden")
"""A small animal."""
figure = partial(Body, kind="cartoon", accent="e8833a", backdrop="sky")
"""A cartoon figure."""
garment = partial(Body, kind="clothing", accent="e0a84a", backdrop="room")
"""Something to wear."""
desk_thing = partial(Body, kind="office", accent="e0b04a", backdrop="office", rigid=True, head=1.1)
"""A thing from the office."""
dish = partial(Body, kind="office", accent="d9a520", backdrop="kitchen", rigid=True, head=0.9)
"""Food and what holds it."""
produce = partial(Body, kind="fruit", accent="5b9b3c", backdrop="kitchen")
"""Fruit and vegetables."""
thing = partial(Body, kind="office", accent="c9503c", backdrop="room", rigid=True)
"""Anything else about the house."""
plant = partial(Body, kind="plant", accent="c2714a", backdrop="window", head=0.9)
"""What grows in a pot or in a garden."""
bag = partial(Body, kind="bag", accent="6a9a8a", backdrop="room")
"""Something to carry things in."""
