"""Say in a picture or a film that a machine made it, in metadata and, where asked for, visibly."""

from .png_texts import png_texts
from .source_types import (
    ALGORITHMIC,
    COMPOSITE,
    TRAINED,
    SourceType,
    comment_of,
    source_in,
    source_of_parts,
)
from .visible_mark import lay_over, mark_frames, mark_picture
from .xmp_packet import add_xmp_box, xmp_packet

__all__ = [
    "ALGORITHMIC",
    "COMPOSITE",
    "TRAINED",
    "SourceType",
    "add_xmp_box",
    "comment_of",
    "lay_over",
    "mark_frames",
    "mark_picture",
    "png_texts",
    "source_in",
    "source_of_parts",
    "xmp_packet",
]
