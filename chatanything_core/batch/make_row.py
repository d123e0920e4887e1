"""Make one character of a list, wherever that runs: files in, files out."""

import tempfile
from dataclasses import replace
from pathlib import Path

from ..character.request import Request
from ..errors import ChatAnythingError
from .records import Made


def make_row(request: Request) -> Made | str:
    """The files that `create` makes of a request, or in a sentence why it cannot.

    Errors are told as words, since those of other processes cannot all be sent.
    """
    from ..pipeline import make_creation

    with tempfile.TemporaryDirectory(prefix="chatanything-") as folder:
        try:
            creation = make_creation(replace(request, out=Path(folder) / "made"))
        except ChatAnythingError as error:
            return str(error)
        files = {path.name: path.read_bytes() for path in creation.files}
    told = {
        "persona": creation.persona.name,
        "says": creation.speech.timeline.text,
        "seconds of video": round(creation.video.seconds, 3),
        "notes": [*creation.character.portrait.notes, *creation.speech.notes],
    }
    return Made(files, told)
