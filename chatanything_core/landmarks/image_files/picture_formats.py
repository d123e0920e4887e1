"""Picture formats that Pillow reads only with a plug-in: what telephones and browsers write."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from ...errors import InputError

HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
"""Major brands of HEIF files with HEVC in them (ISO/IEC 23008-12)."""
JXL = (b"\xff\x0a", b"\x00\x00\x00\x0cJXL \x0d\x0a\x87\x0a")
"""How JPEG XL begins, bare and in a container (ISO/IEC 18181-2)."""
PLUGINS = {"HEIC": ("pillow_heif", "pillow-heif"), "JPEG XL": ("pillow_jxl", "pillow-jxl-plugin")}
"""Module and package of the plug-in, by format."""


def prepare(path: Path) -> None:
    """Load the plug-in that Pillow needs for the file at `path`, if it needs any.

    Raises:
        InputError: it is not installed, or the file is an SVG.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(1024)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<svg" in start:
        raise InputError(
            f"{path} is an SVG drawing. Export it as PNG; or make a character of it: chatanything "
            f'create CONCEPT --drawing "{path}"'
        )
    name = named(start)
    if not name:
        return
    module, package = PLUGINS[name]
    if find_spec(module) is None:
        raise InputError(
            f"{path} is a {name} picture. To read it, run `pip install {package}`; "
            "or export it as JPEG."
        )
    plugin = import_module(module)
    if name == "HEIC":
        plugin.register_heif_opener()


def named(start: bytes) -> str:
    """The format of a file that begins with `start`, when it is one of PLUGINS; else nothing.

    >>> named(bytes.fromhex("ff0a")), named(b"....ftypheic"), named(b"....ftypavif")
    ('JPEG XL', 'HEIC', '')
    """
    if start[4:8] == b"ftyp" and start[8:12] in HEIC:
        return "HEIC"
    return "JPEG XL" if start.startswith(JXL) else ""
