"""Two characters talk with each other."""

from .converse import DuetTurn, converse
from .film_duet import film_duet

__all__ = ["DuetTurn", "converse", "film_duet"]
