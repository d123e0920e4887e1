"""Turn a reference picture into a start for a painter."""

from .records import Method, Start

__all__ = ["Method", "Start"]
