"""The families of diffusion models, and what each of them decides."""

from .base import Family, Networks, TextEncoder
from .registry import FAMILIES, family_of, find_family

__all__ = ["FAMILIES", "Family", "Networks", "TextEncoder", "family_of", "find_family"]
