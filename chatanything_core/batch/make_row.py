"""Make one character of a list, wherever that runs: files in, files out."""

import tempfile
from dataclasses import replace
from pathlib import Path

from ..character.request import Request
from .records import Made


def make_row(request: Request) -> Made:
    """The files that `create` makes of a request.

    Raises:
        ChatAnythingError: as `create` does.
    """
    from ..pipeline import make_creation

    with tempfile.TemporaryDirectory(prefix="chatanything-") as folder:
        creation = make_creation(replace(request, out=Path(folder) / "made"))
        files = {path.name: path.read_bytes() for path in creation.files}
    told = {
        "persona": creation.persona.name,
        "says": creation.speech.timeline.text,
        "seconds of video": round(creation.video.seconds, 3),
        "notes": [*creation.character.portrait.notes, *creation.speech.notes],
    }
    return Made(files, told)
