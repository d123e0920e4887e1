"""A video of every reply, for `chatanything chat --out`."""

from dataclasses import dataclass, field
from pathlib import Path

from rich.markup import escape

from ...character.check_request import check_request
from ...character.make_character import Character, make_character, perform
from ...character.request import Request
from ...diffusion import Portrait
from ...errors import InputError, OutputError
from ...landmarks import face_from_json, find_face, load_image
from ...persona import Emotion
from ...persona.cards import PICTURES
from ...persona.cards.files.documents import parsed
from ...pipeline import folder_of
from ..output import progress, screen, show


@dataclass
class ReplyVideos:
    """Films of one persona in one folder; its voice and face are made for the first of them.

    Raises:
        InputError: what is wanted cannot be used, or the folder cannot be written.
    """

    request: Request
    """Who is filmed and how; `out` is the folder."""
    quiet: bool
    """True when a machine reads the result."""
    _character: Character | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.request = check_request(self.request)
        self.folder = folder_of(self.request)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"Cannot write to {self.folder}: {error.strerror}. Choose another with --out."
            ) from error

    def film(self, name: str, text: str, emotion: Emotion | None = None) -> None:
        """Write a video of what it says to `name`.mp4 and say where that is."""
        path = self.folder / f"{name}.mp4"
        with progress(self.quiet) as watch:
            if self._character is None:
                self._character = make_character(self.request, watch=watch)
            speech, _ = perform(self._character, text, path, emotion=emotion, watch=watch)
        if not self.quiet:
            for note in speech.notes:
                show(f"  Note: {note}")
            show(f"  {path}")


def own_portrait(source: Path) -> Portrait | None:
    """The picture of a card, or what `create` painted beside its persona.

    Raises:
        InputError: the portrait or its face cannot be read.
    """
    beside = source.with_name("portrait.png")
    if source.suffix.lower() == ".json" and beside.is_file():
        record = parsed(source.read_bytes())
        face = record.get("face") if isinstance(record, dict) else None
        if not face and source.name != "persona.json":
            return None
        picture = load_image(beside)
        return Portrait(picture, face_from_json(face) if face else find_face(picture))
    if source.suffix.lower() not in PICTURES:
        return None
    try:
        picture = load_image(source)
    except InputError as error:
        # Programs put a card without a picture into one of a single pixel.
        screen.print(f"[dim]Its picture cannot be used: {escape(str(error))}[/dim]")
        return None
    return Portrait(picture, find_face(picture))
