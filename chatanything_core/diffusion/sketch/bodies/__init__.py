"""All silhouettes, by name, and which noun wears which."""

from .base import Body, Part
from .casting import BODIES, body_for

__all__ = ["BODIES", "Body", "Part", "body_for"]
