"""What a conversation is. All of it is plain JSON, and no server keeps any of it."""

from dataclasses import dataclass, field, replace

from ..persona import Emotion


@dataclass(frozen=True)
class Turn:
    """One message and its answer."""

    message: str
    """What the user said, to the letter."""
    reply: str
    """What the persona answered."""
    emotion: Emotion = field(default_factory=Emotion)
    """What its face showed."""
    learned: tuple[str, ...] = ()
    """Facts about the user that this turn put into memory."""
    key: str = ""
    """Hash of everything that the answer depends on: the same key is never asked twice."""
    id: str = field(default="", repr=False)
    """Who asks live names a turn, so that a message that is sent twice is answered once."""
    interrupted: bool = field(default=False, repr=False)
    """True when the user broke in: `reply` is what was heard of it."""


@dataclass(frozen=True)
class History:
    """A conversation so far. Every version of it stays valid: continue from any of them to branch."""

    turns: tuple[Turn, ...] = ()
    """All turns, oldest first."""
    summary: str = ""
    """What the first `summarised` turns were about."""
    summarised: int = 0
    """How many of the oldest turns a model gets as `summary` instead of word for word."""
    memory: tuple[str, ...] = ()
    """Facts about the user, in sentences; edit them freely."""

    def first(self, count: int) -> "History":
        """The conversation as it was after `count` turns, to branch from there.

        What was learned later is forgotten. A summary that reaches beyond is dropped, and made
        again when it is needed.
        """
        count = max(0, min(count, len(self.turns)))
        kept, dropped = self.turns[:count], self.turns[count:]
        later = {fact for turn in dropped for fact in turn.learned}
        memory = tuple(fact for fact in self.memory if fact not in later)
        if count < self.summarised:
            return History(kept, "", 0, memory)
        return replace(self, turns=kept, memory=memory)


@dataclass(frozen=True)
class Reply:
    """An answer and the conversation that it belongs to."""

    text: str
    emotion: Emotion
    history: History
    """The conversation with this turn at its end."""
    notes: tuple[str, ...] = ()
    """What had to be asked again, shortened or summarised."""
    again: bool = False
    """True when it was answered before and no model was asked."""
