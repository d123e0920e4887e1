"""The texts of a PNG file, with the label among them."""

from collections.abc import Mapping

from PIL.PngImagePlugin import PngInfo

from .source_types import TOOL, SourceType, comment_of
from .xmp_packet import KEYWORD, xmp_packet


def png_texts(source: SourceType | None, texts: Mapping[str, str] | None = None) -> PngInfo:
    """What Pillow writes into a PNG as `pnginfo`.

    Args:
        source: Says that a machine made the picture, as the keywords `Software` and `Comment` of
            the PNG specification and as XMP; None when it did not, or nobody knows.
        texts: More texts by keyword.
    """
    info = PngInfo()
    for keyword, text in (texts or {}).items():
        info.add_text(keyword, text)
    if source:
        info.add_text("Software", TOOL)
        info.add_text("Comment", comment_of(source))
        info.add_itxt(KEYWORD, xmp_packet(source))
    return info
