"""The embedded head: a portrait is bent by smooth fields, its mouth and lids are composed."""

from .warp_head import WarpHead

__all__ = ["WarpHead"]
