"""The first frame of a film, as a picture."""

from pathlib import Path
from typing import Any

from PIL import Image

FILMS = {"mov", "mp4", "matroska", "webm", "avi", "mpegts", "mpeg", "asf", "flv", "ogg"}
"""FFmpeg's names of film files; it takes texts for films as well."""
COVER = 0x400
"""FFmpeg's mark of a picture that belongs to a song (AV_DISPOSITION_ATTACHED_PIC)."""


def first_frame(path: Path, most: int) -> Image.Image | None:
    """The first frame, upright, RGB; None when `path` is not a film of at most `most` pixels."""
    import av

    try:
        with av.open(str(path.absolute())) as film:
            if not FILMS & set(film.format.name.split(",")):
                return None
            # The cover of a song is not a film.
            streams = [s for s in film.streams.video if s.codec_context and not _cover(s)]
            if not streams or streams[0].width * streams[0].height > most:
                return None
            frame: Any = next(film.decode(streams[0]), None)
    except (av.error.FFmpegError, UnicodeDecodeError):
        return None
    if frame is None:
        return None
    picture: Image.Image = frame.to_image()
    # Telephones write how they were held.
    return picture.rotate(getattr(frame, "rotation", 0), expand=True)


def _cover(stream: Any) -> bool:
    return bool(int(stream.disposition) & COVER)
