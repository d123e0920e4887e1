"""People: what a concept says of a person's looks, and the body that shows it."""

from .dress import dressed
from .outfit import is_bearded
from .person import Person, read_person
from .wishes import Item

__all__ = ["Item", "Person", "dressed", "is_bearded", "read_person"]
