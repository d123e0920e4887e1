"""The label as XMP, which viewers, agencies and networks read.

Sources: IPTC Photo Metadata Standard 2023.2, Digital Source Type (`Iptc4xmpExt:DigitalSourceType`,
a URI); XMP Specification Part 3 (2020), chapter 1.1.6 for the box in files of the MPEG-4 family.
"""

import uuid
from pathlib import Path

from .source_types import TOOL, VOCABULARY, SourceType

KEYWORD = "XML:com.adobe.xmp"
"""Of the PNG text that holds an XMP packet."""
BOX = uuid.UUID("be7acfcb-97a9-42e8-9c71-999491e3afac")
"""Of the box that holds one in MP4 and MOV."""


def xmp_packet(source: SourceType) -> str:
    """A whole packet, without room for changes in place."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '  <rdf:Description rdf:about=""\n'
        '    xmlns:xmp="http://ns.adobe.com/xap/1.0/"\n'
        '    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"\n'
        f'    xmp:CreatorTool="{TOOL}"\n'
        f'    Iptc4xmpExt:DigitalSourceType="{VOCABULARY}{source}"/>\n'
        " </rdf:RDF>\n"
        "</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )


def add_xmp_box(path: Path, source: SourceType) -> None:
    """Put the packet behind the last box of the finished MP4 or MOV file at `path`."""
    body = xmp_packet(source).encode()
    size = 8 + len(BOX.bytes) + len(body)
    with path.open("ab") as file:
        file.write(size.to_bytes(4, "big") + b"uuid" + BOX.bytes + body)
