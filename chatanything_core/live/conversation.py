"""What is said with one character: turn after turn, interrupted, repeated, branched and kept."""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from threading import Event as Flag
from threading import Lock

from ..dialogue import History, Reply, Turn, chat, check_message
from ..dialogue.base import OnEmotion
from ..dialogue.memory import MAX_FACTS, learned
from ..errors import InputError
from ..llm import OnText
from ..persona import Emotion, Persona
from ..progress import Tick
from ..voice import Speech, Voice
from .heard_text import NOTHING, heard_turn
from .live_turn import Answer, LiveTurn
from .records import Event, RunStarted
from .speech_cache import SpeechCache
from .speech_track import SpeechTrack, speech_track

MAX_BRANCHES = 30
"""Conversations that were left and can be gone back to; the oldest go."""
GREETING = ""
"""Message of the turn in which a character speaks first; it is in no history."""


@dataclass(frozen=True)
class Answering:
    """Who answers, and how."""

    engine: str = ""
    """A chat engine; empty means the first, `offline`."""
    source: str = ""
    """What it runs on: a profile's name or a model folder."""
    limit: int = 50
    """Most words of a reply."""
    user: str = ""
    """The user's own name."""


@dataclass(frozen=True)
class Talk:
    """Everything of a conversation that is kept."""

    history: History = field(default_factory=History)
    branches: tuple[History, ...] = ()
    """Other ways that it took, oldest first."""


class Conversation:
    """One at a time speaks: a newer message cuts off the answer to the older one."""

    def __init__(
        self, persona: Persona, seed: int, talk: Talk, keep: Callable[[Talk], None]
    ) -> None:
        self.persona = persona
        self.seed = seed
        self.talk = talk
        self._keep = keep
        self._turns = Lock()
        """Held by the turn that is answered."""
        self._state = Lock()
        """Held while `talk` and the lists below change."""
        self._flags: list[tuple[str, Flag]] = []
        """Turns that are answered or wait, oldest first, and what cuts them off."""
        self._heard: dict[str, str] = {}

    @property
    def busy(self) -> bool:
        """Whether an answer is being made."""
        return bool(self._flags)

    def interrupt(self, turn: str = "") -> None:
        """Cut off one turn, or whatever is being answered."""
        with self._state:
            for known, flag in self._flags:
                if turn in ("", known):
                    flag.set()

    def say(
        self, message: str, turn: str, voice: Voice, cache: SpeechCache, answering: Answering
    ) -> Generator[Event, None, None]:
        """Answer `message`; the same `turn` again is answered once and told again.

        Closing the events early, or a newer message, interrupts it.

        Raises:
            InputError: the message is empty or too long.
        """
        if message != GREETING:
            check_message(message)
        own = (turn, Flag())
        self.interrupt()
        with self._state:
            self._flags.append(own)
        try:
            with self._turns:
                yield from self._answered(message, turn, voice, cache, answering, own[1])
        finally:
            with self._state:
                self._flags.remove(own)

    def _answered(
        self,
        message: str,
        turn: str,
        voice: Voice,
        cache: SpeechCache,
        answering: Answering,
        flag: Flag,
    ) -> Generator[Event, None, None]:
        history = self._before(turn)
        live = LiveTurn(
            self._answer(message, turn, history, answering),
            lambda text, emotion: cache.begin(voice, text, emotion),
            self.persona.voice.language,
            self._emotion(history),
            self._move(turn),
            flag,
        )
        try:
            yield RunStarted(turn)
            with closing(live.events()) as events:
                yield from events
        finally:
            if message != GREETING:
                self._record(message, turn, history, live)

    def _answer(self, message: str, turn: str, history: History, answering: Answering) -> Answer:
        """What makes the reply."""

        def answer(tick: Tick, on_text: OnText, on_emotion: OnEmotion) -> Reply:
            if told := self._told(message, turn, history):
                on_emotion(told.emotion)
                on_text(told.text)
                return told
            return chat(
                self.persona,
                message,
                history,
                engine=answering.engine,
                source=answering.source,
                limit=answering.limit,
                user=answering.user,
                seed=self.seed + len(self.talk.branches),
                tick=tick,
                on_text=on_text,
                on_emotion=on_emotion,
            )

        return answer

    def _move(self, turn: str) -> Callable[[Speech, float, Emotion], SpeechTrack]:
        """How the face moves in a turn; the same turn told again moves the same."""
        digest = blake2b(turn.encode("utf-8", "surrogatepass"), digest_size=4).digest()
        moment = float(int.from_bytes(digest, "big") % 86_400)

        def moved(speech: Speech, after: float, emotion: Emotion) -> SpeechTrack:
            who = self.persona.name
            return speech_track(speech, moment + after, emotion=emotion, seed=self.seed, who=who)

        return moved

    def _before(self, turn: str) -> History:
        """The conversation that the turn continues: without itself, if it was cut off before."""
        turns = self.talk.history.turns
        if turns and turns[-1].id == turn and turns[-1].interrupted:
            return self.talk.history.first(len(turns) - 1)
        return self.talk.history

    def _told(self, message: str, turn: str, history: History) -> Reply | None:
        """What was answered already, or is said without being asked."""
        if message == GREETING:
            return Reply(self.persona.greeting, self.persona.emotion, history)
        known = next((known for known in history.turns if known.id == turn), None)
        return Reply(known.reply, known.emotion, history) if known else None

    def _emotion(self, history: History) -> Emotion:
        return history.turns[-1].emotion if history.turns else self.persona.emotion

    def _record(self, message: str, turn: str, history: History, live: LiveTurn) -> None:
        """Put the turn into the history: whole, or as far as it came."""
        if any(known.id == turn for known in history.turns):
            return
        if live.reply:
            *earlier, last = live.reply.history.turns
            after = replace(live.reply.history, turns=(*earlier, replace(last, id=turn)))
        else:
            said = Turn(message, live.text.strip() or NOTHING, live.emotion, id=turn)
            after = replace(history, turns=(*history.turns, replace(said, interrupted=True)))
        with self._state:
            heard = self._heard.pop(turn, None)
            self._set(replace(self.talk, history=_as_heard(after, heard)))

    def hear(self, turn: str, text: str) -> None:
        """Keep what was heard of an interrupted turn, and cut it off if it is still answered.

        Only the last turn can be shortened so.
        """
        self.interrupt(turn)
        with self._state:
            turns = self.talk.history.turns
            if turns and turns[-1].id == turn:
                self._set(replace(self.talk, history=_as_heard(self.talk.history, text)))
            elif any(known == turn for known, _ in self._flags):
                # Its answer ends only now, and will be written down as it was heard.
                self._heard = {turn: text}

    def go_back(self, turns: int) -> None:
        """Continue from the state after that many turns; the way that is left becomes a branch."""
        self.interrupt()
        with self._turns, self._state:
            history = self.talk.history
            if not 0 <= turns < len(history.turns):
                raise InputError(
                    f"There are {len(history.turns)} turns; it is possible to go back to the state "
                    f"after 0 to {max(0, len(history.turns) - 1)} of them, not {turns}."
                )
            branches = (*self.talk.branches, history)[-MAX_BRANCHES:]
            self._set(Talk(history.first(turns), branches))

    def take_branch(self, number: int) -> None:
        """Continue a branch; the way that is left takes its place."""
        self.interrupt()
        with self._turns, self._state:
            branches = list(self.talk.branches)
            if not 0 <= number < len(branches):
                raise InputError(f"There is no branch {number}; there are {len(branches)}.")
            taken, branches[number] = branches[number], self.talk.history
            self._set(Talk(taken, tuple(branches)))

    def remember(self, facts: list[str]) -> None:
        """Make these the facts about the user, one sentence each."""
        kept = learned((), facts)
        if len(kept) > MAX_FACTS:
            raise InputError(f"There are {len(kept)} facts; at most {MAX_FACTS} are remembered.")
        with self._turns, self._state:
            self._set(replace(self.talk, history=replace(self.talk.history, memory=kept)))

    def _set(self, talk: Talk) -> None:
        self.talk = talk
        self._keep(talk)


def _as_heard(history: History, heard: str | None) -> History:
    if heard is None:
        return history
    *earlier, last = history.turns
    return replace(history, turns=(*earlier, heard_turn(last, heard)))
