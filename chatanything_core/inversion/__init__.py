"""Turn a reference picture into a start for a painter."""

from .ddim import Level, blend_fresh, ddim_invert, rise
from .flow import flow_invert
from .records import Method, Start

__all__ = ["Level", "Method", "Start", "blend_fresh", "ddim_invert", "flow_invert", "rise"]
