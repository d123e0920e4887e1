"""Everything that one server holds: its characters, its settings, its rules."""

import re
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field, replace
from threading import Thread
from typing import Any

from .. import voice
from ..character.given_picture import looking_like
from ..character.make_character import make_character
from ..character.request import Request
from ..diffusion.records import PICTURE
from ..errors import InputError
from ..live.conversation import Answering
from ..live.records import Event
from ..live.roster import Prepared, Roster
from ..live.warm_up import warm_up, warm_up_all
from ..progress import Tick, no_progress
from ..seeding import MAX_SEED
from .describe import character_json
from .filmed_turn import FilmedTurn
from .follow import CUT, Followers
from .guard import Guard, Rate
from .settings import load_settings, save_settings
from .wire import packed, packed_event

_TURN = re.compile(r"[A-Za-z0-9-]{8,64}")
Phase = float | None
"""The second of the loop in which it waits at which a film begins; None for a face that is drawn."""
Put = Callable[[bytes], None]
"""Sends a piece to the page."""

_PATIENCE = 5.0
"""Most seconds that the end waits for what is being loaded."""


@dataclass
class Service:
    """Answers what pages ask, as plain calls; routes turn requests into these."""

    roster: Roster
    guard: Guard = field(default_factory=Guard)
    asking: Rate = field(default_factory=lambda: Rate(60, 0.5))
    """How often one page may change something."""
    making: Rate = field(default_factory=lambda: Rate(12, 3.0))
    """How often one page may have a character or a film made."""
    own_name: bool = False
    """Whether what the user is called is kept beside the characters, and not for this whole machine."""
    followers: Followers = field(default_factory=Followers)
    answering: Answering = field(init=False)
    _warm: set[tuple[str, int, Answering]] = field(default_factory=set)
    _warming: list[Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.answering = load_settings(self.roster.folder.parent, own_name=self.own_name)

    def close(self) -> None:
        """Cut off every answer, speak no more, and let go of those who look on."""
        self.roster.close()
        self.followers.close()
        # A model's threads that are still being started abort a process that ends under them.
        for thread in self._warming:
            thread.join(_PATIENCE)

    def choose(self, chosen: Answering) -> None:
        """Keep other settings; raises as `save_settings` does."""
        folder = self.roster.folder.parent
        self.answering = save_settings(folder, chosen, own_name=self.own_name)

    def warm_all(self) -> None:
        """Load what every answer needs, before a page asks for one."""
        self._aside(warm_up_all, self.roster.speech, self.answering)

    def warm(self, prepared: Prepared) -> None:
        """Make its first answer quick, once for a character and who answers for it."""
        known = (prepared.id, prepared.look, self.answering)
        if known not in self._warm:
            self._warm.add(known)
            who = prepared.character
            self._aside(warm_up, who.persona, who.voice, self.roster.speech, self.answering)

    def make(
        self, put: Put, concept: str, seed: int, language: str, picture: bytes = b"", file: str = ""
    ) -> None:
        """Make a character, and tell each stage of it as it begins.

        `picture` is what it looks like, the bytes of a file called `file`; without a concept that
        name says who it is.
        """
        request = Request(
            concept,
            seed=seed,
            language=language,
            writer=self.answering.engine if self.answering.source else "",
            source=self.answering.source,
        )

        def watch(stage: str) -> Tick:
            put(packed({"type": "STAGE", "stage": stage}))
            return no_progress

        if picture:
            request = looking_like(request, picture, file, watch("picture"))
        made = self.roster.make(request, watch=watch)
        put(packed({"type": "CHARACTER", "character": character_json(made)}))

    def say(self, put: Put, wanted: str, message: str, turn: str, film: Phase = None) -> None:
        """Answer a message, or greet when it is GREETING; as a film for who cannot draw a face."""
        prepared = self._asked(wanted, turn)
        with closing(self.told(wanted, message, turn)) as events:
            filmed = None if film is None else FilmedTurn(prepared, film)
            for event in events:
                for piece in filmed.packed(event) if filmed else (packed_event(event),):
                    put(piece)

    def told(self, wanted: str, message: str, turn: str) -> Generator[Event, None, None]:
        """The events of an answer, which those who look on are told too."""
        prepared = self._asked(wanted, turn)
        speech, answering = self.roster.speech, self.answering
        said = prepared.conversation.say(message, turn, prepared.character.voice, speech, answering)
        with closing(said) as events:
            for event in events:
                self.followers.tell(wanted, packed_event(event))
                yield event

    def again(self, put: Put, wanted: str, turn: str, film: Phase = None) -> None:
        """Answer the last message once more; the old answer becomes a branch.

        Raises:
            InputError: nothing was said yet.
        """
        conversation = self._asked(wanted, turn).conversation
        turns = conversation.talk.history.turns
        if not turns:
            raise InputError("Nothing was said yet that could be answered again.")
        # The same turn, asked for twice because the page was cut off, is answered once.
        if turns[-1].id != turn:
            conversation.go_back(len(turns) - 1)
        self.say(put, wanted, turns[-1].message, turn, film)

    def heard(self, wanted: str, turn: str, text: str) -> None:
        """Keep what was heard of a turn that the user cut off."""
        asked = self._asked(wanted, turn)
        self.followers.tell(wanted, CUT)
        asked.conversation.hear(turn, text)

    def give_voice(self, wanted: str, preset: str) -> Prepared:
        """Lay a preset over a character's own voice; an empty one gives that back."""

        def changed(character: Any) -> Any:
            traits, seed = character.persona.voice, character.seed
            return replace(character, voice=voice.choose_voice(traits, seed=seed, preset=preset))

        voice.check_preset(preset)
        return self.roster.change(wanted, changed)

    def give_portrait(self, wanted: str, expert: str, seed: int) -> Prepared:
        """Paint a character anew, in another style or with another seed; on its own drawing."""
        if not 0 <= seed <= MAX_SEED:
            raise InputError(f"Seed {seed} is out of range. Choose 0 to {MAX_SEED}.")
        drawing = self.roster.drawing(wanted)

        def changed(character: Any) -> Any:
            if character.portrait.recipe.get("engine") == PICTURE:
                raise InputError("This face is a picture of yours. Drop another one to change it.")
            request = Request(
                character.persona,
                seed=seed,
                voice=character.voice,
                expert=expert,
                drawing=drawing,
            )
            return replace(character, portrait=make_character(request).portrait)

        return self.roster.change(wanted, changed)

    def _asked(self, wanted: str, turn: str) -> Prepared:
        if not _TURN.fullmatch(turn):
            raise InputError("A turn needs an id of 8 to 64 letters, digits and hyphens.")
        return self.roster.find(wanted)

    def _aside(self, work: Callable[..., None], *words: Any) -> None:
        self._warming = [thread for thread in self._warming if thread.is_alive()]
        thread = Thread(target=work, args=words, name="chatanything-warm-up", daemon=True)
        self._warming.append(thread)
        thread.start()
