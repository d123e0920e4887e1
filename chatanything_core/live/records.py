"""What happens in a live talk, in the order in which it happens.

The names are those of AG-UI (Agent-User Interaction Protocol), with two of our own: what the face
shows, and a sentence with its sound and its motion.
"""

from dataclasses import dataclass

from ..persona import Emotion
from ..voice import Speech
from .speech_track import SpeechTrack


@dataclass(frozen=True)
class RunStarted:
    """The message has been taken; an answer is being made."""

    turn: str
    """Id of the turn, as whoever asked chose it."""


@dataclass(frozen=True)
class EmotionChanged:
    """What the face shows from now on; mostly told before the text."""

    emotion: Emotion


@dataclass(frozen=True)
class TextMessageContent:
    """A piece of the answer as it is written."""

    delta: str


@dataclass(frozen=True, eq=False)
class SentenceSpoken:
    """The next sentence, ready to be heard and seen."""

    number: int
    """0 for the first of a turn."""
    text: str
    """As it is written, with its stops."""
    speech: Speech
    track: SpeechTrack
    """What the face does while it is heard."""


@dataclass(frozen=True)
class RunFinished:
    """Everything has been told."""

    text: str
    """The whole answer."""
    emotion: Emotion
    notes: tuple[str, ...] = ()
    """What had to be asked again, shortened or summarised."""


@dataclass(frozen=True)
class RunError:
    """The answer failed; nothing more comes."""

    message: str
    """What happened and what helps, in words for the user."""


Event = RunStarted | EmotionChanged | TextMessageContent | SentenceSpoken | RunFinished | RunError
