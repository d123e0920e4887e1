"""People: what a concept says of a person's looks, and the body that shows it."""

from .dress import dressed
from .person import Item, Person, read_person

__all__ = ["Item", "Person", "dressed", "read_person"]
