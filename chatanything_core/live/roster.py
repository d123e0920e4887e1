"""The characters that can be talked with: all of them on disk, the latest in memory."""

import json
import re
import shutil
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from .. import voice
from ..character.make_character import Character, make_character
from ..character.request import Request
from ..diffusion.drawings import Drawing
from ..errors import InputError, OutputError
from ..persona import Persona, persona_to_json
from ..progress import Watch, no_stages
from ..runtime import default_runtime
from ..talking_head import PreparedPortrait, heads
from ..talking_head.rig import make_rig, rig_bytes
from ..user_folders import data_folder
from .character_files import (
    CHARACTER,
    copy_character,
    load_character,
    load_talk,
    name_of,
    own_drawing,
    png_of,
    save_character,
    save_drawing,
    save_talk,
)
from .conversation import Conversation
from .speech_cache import SpeechCache

MAX_PREPARED = 12
"""Characters in memory, about 10 MB each; of more, the one that was idle longest goes."""
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, eq=False)
class Prepared:
    """A character with everything that its page needs, in memory."""

    id: str
    character: Character
    conversation: Conversation
    png: bytes
    """The portrait as a file."""
    look: int
    """How often portrait, voice or persona were changed."""
    rig: list[bytes] = field(default_factory=list)
    """One file that draws its face, once it was asked for."""
    _head: list[PreparedPortrait] = field(default_factory=list)

    def head(self) -> PreparedPortrait:
        """The face that Python draws, made ready when it is first asked for."""
        if not self._head:
            image, face = self.character.portrait.image, self.character.portrait.face
            engine = heads.create(self.character.head)
            self._head.append(engine.prepare(image, face, default_runtime()))
        return self._head[0]


@dataclass(frozen=True)
class Listed:
    """A character on disk."""

    id: str
    name: str
    concept: str
    changed: float
    """Seconds since 1970 of its last change."""


class Roster:
    """Makes, keeps and finds characters by id. Ids are ours: sixteen hexadecimal digits."""

    def __init__(
        self, folder: Path | None = None, room: int = MAX_PREPARED, lent: Path | None = None
    ) -> None:
        """`lent` holds characters that are copied when one is first asked for by its id."""
        self.folder = folder or data_folder() / "characters"
        self._lent = lent
        self.speech = SpeechCache()
        self._room = room
        self._lock = Lock()
        self._making: dict[str, Lock] = {}
        self._ready: OrderedDict[str, Prepared] = OrderedDict()

    def make(self, request: Request, *, watch: Watch = no_stages) -> Prepared:
        """The character of a request; the same request finds the same one, with its talk.

        Raises:
            InputError: something in the request cannot be used.
            MissingDependencyError, MissingModelError, EngineError: an engine cannot be used.
            OutputError: the user's folder cannot be written.
        """
        found = id_of(request)
        with self._own(found):
            self._own_folder()
            if not (self.folder / found / CHARACTER).is_file():
                made = make_character(request, watch=watch)
                if isinstance(request.drawing, Drawing):
                    save_drawing(self.folder / found, request.drawing)
                save_character(self.folder / found, made, 0)
        return self.find(found)

    def find(self, wanted: str) -> Prepared:
        """The character with this id, read from disk if need be.

        Raises:
            InputError: there is none, or its files are broken.
        """
        with self._own(wanted):
            self._borrow(wanted)
            folder = self._folder_of(wanted)
            return self.at_hand(wanted) or self._prepared(wanted, folder)

    def at_hand(self, wanted: str) -> Prepared | None:
        """The character with this id, if it is in memory; never waits for a disk."""
        with self._lock:
            if wanted in self._ready:
                self._ready.move_to_end(wanted)
            return self._ready.get(wanted)

    def _prepared(self, found: str, folder: Path) -> Prepared:
        character, look = load_character(folder)
        voice.voices.create(character.voice.engine).keep_ready()
        talk = Conversation(
            character.persona,
            character.seed,
            load_talk(folder),
            lambda talk: save_talk(folder, talk),
        )
        return self._put(Prepared(found, character, talk, png_of(character.portrait), look))

    def _put(self, prepared: Prepared) -> Prepared:
        with self._lock:
            self._ready[prepared.id] = prepared
            self._ready.move_to_end(prepared.id)
            idle = [key for key, one in self._ready.items() if not one.conversation.busy]
            while len(self._ready) > self._room and len(idle) > 1:
                del self._ready[idle.pop(0)]
        return prepared

    def rig(self, prepared: Prepared) -> bytes:
        """What a page draws the face from; made when it is first asked for."""
        with self._own(prepared.id):
            if not prepared.rig:
                image, face = prepared.character.portrait.image, prepared.character.portrait.face
                prepared.rig.append(rig_bytes(make_rig(image, face)))
            return prepared.rig[0]

    def drawing(self, wanted: str) -> Drawing | None:
        """What somebody drew for the body of a character; None for bodies of ours.

        Raises:
            InputError: there is no such character, or the file is broken.
        """
        return own_drawing(self._folder_of(wanted))

    def change(self, wanted: str, changed: Callable[[Character], Character]) -> Prepared:
        """Give a character another voice, portrait or persona; its talk goes on.

        Raises:
            InputError: there is no such character, or the change cannot be made.
        """
        old = self.find(wanted)
        with self._own(wanted):
            new = changed(old.character)
            save_character(self.folder / wanted, new, old.look + 1)
            old.conversation.persona = new.persona
            png = png_of(new.portrait)
            return self._put(
                replace(old, character=new, png=png, look=old.look + 1, rig=[], _head=[])
            )

    def forget(self, wanted: str) -> None:
        """Delete a character and its conversation for ever.

        Raises:
            InputError: there is none.
            OutputError: its files cannot be deleted.
        """
        folder = self._folder_of(wanted)
        with self._own(wanted):
            with self._lock:
                gone = self._ready.pop(wanted, None)
            if gone:
                gone.conversation.interrupt()
            try:
                shutil.rmtree(folder)
            except OSError as error:
                raise OutputError(f"Cannot delete {folder}: {error.strerror}.") from error

    def listed(self) -> list[Listed]:
        """All characters, the one that was talked with last first."""
        found = []
        for folder in self.folder.glob("*/"):
            if not _ID.fullmatch(folder.name):
                continue
            try:
                name, concept = name_of(folder)
            except InputError:
                continue  # told when it is opened by its id
            changed = max(file.stat().st_mtime for file in folder.iterdir())
            found.append(Listed(folder.name, name, concept, changed))
        return sorted(found, key=lambda one: -one.changed)

    def close(self) -> None:
        """Cut off every answer and speak no more."""
        with self._lock:
            for prepared in self._ready.values():
                prepared.conversation.interrupt()
        self.speech.close()

    def _own_folder(self) -> None:
        """What is said is nobody else's business, on a machine of many users too."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"Cannot make {self.folder}: {error.strerror}. Set CHATANYTHING_DATA to a folder that "
                "you can write to."
            ) from error

    def _borrow(self, wanted: str) -> None:
        """Make a lent character one of our own, unless it is one already."""
        if self._lent is None or not _ID.fullmatch(wanted) or (self.folder / wanted).exists():
            return
        if (self._lent / wanted / CHARACTER).is_file():
            self._own_folder()
            copy_character(self._lent / wanted, self.folder / wanted)

    def _folder_of(self, wanted: str) -> Path:
        """Where a character lies. Nothing but an id of ours ever becomes part of a path."""
        if not _ID.fullmatch(wanted) or not (self.folder / wanted / CHARACTER).is_file():
            raise InputError(f"There is no character {wanted[:40]!r}. Type a concept to make one.")
        return self.folder / wanted

    def _own(self, wanted: str) -> Lock:
        """The lock of one character: two pages that ask for it at once get the same."""
        with self._lock:
            return self._making.setdefault(wanted, Lock())


def id_of(request: Request) -> str:
    """The id of what a request makes: a hash of everything that it depends on."""
    who = request.concept
    told: dict[str, Any] = {
        "who": persona_to_json(who) if isinstance(who, Persona) else " ".join(who.split()),
        "seed": request.seed,
        "language": request.language,
        "writer": request.writer,
        "source": request.source,
        "portrait": _digest(request.portrait.image) if request.portrait else "",
    }
    if isinstance(request.drawing, Drawing):
        told["drawing"] = _digest(request.drawing.pixels)
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _digest(pixels: npt.NDArray[np.uint8]) -> str:
    return blake2b(np.ascontiguousarray(pixels).tobytes(), digest_size=16).hexdigest()
