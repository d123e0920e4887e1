"""How FFmpeg is told of files."""

from pathlib import Path


def ffmpeg_url(path: Path) -> str:
    """`path` as FFmpeg takes any name: else it reads `a:b.mp4` as a protocol `a`.

    >>> ffmpeg_url(Path("rec:1.wav"))
    'file:rec:1.wav'
    """
    return f"file:{path}"
