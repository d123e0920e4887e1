"""One message and its spoken answer."""

import queue
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from threading import Event as Flag
from threading import Lock, Thread

from ..dialogue import Reply
from ..dialogue.base import OnEmotion
from ..errors import ChatAnythingError, InputError
from ..llm import OnText
from ..llm.sentences import sentences
from ..persona import Emotion
from ..progress import Tick
from ..voice import Speech, check_spoken_text
from .records import (
    EmotionChanged,
    Event,
    RunError,
    RunFinished,
    SentenceSpoken,
    TextMessageContent,
)
from .sentence_stream import SentenceStream
from .speech_track import SpeechTrack

_LOOK = 0.05
"""Seconds between two looks at whether the turn was cut off."""
Answer = Callable[[Tick, OnText, OnEmotion], Reply]
"""Makes the reply, and tells of it while it comes."""
Speak = Callable[[str, Emotion], "Future[Speech]"]


class TurnCutOffError(Exception):
    """The user broke in; raised within a turn only."""


@dataclass
class LiveTurn:
    """Text is written on a thread of its own, spoken on the speaker's, and told in order."""

    answer: Answer
    speak: Speak
    language: str
    emotion: Emotion
    """What the face shows until the answer says otherwise."""
    move: Callable[[Speech, float, Emotion], SpeechTrack]
    """What a speech adds to the face that says it, so many seconds after the first sentence."""
    cut_off: Flag = field(default_factory=Flag)
    """Set at any moment to end it."""
    reply: Reply | None = None
    """The whole answer, once it is there."""
    text: str = ""
    """What has come of it."""
    _events: "queue.SimpleQueue[Event | Future[Speech] | Exception | None]" = field(
        default_factory=queue.SimpleQueue
    )
    """What happened: an event, a sentence that was spoken, a failure; None when all is written."""
    _stream: SentenceStream = field(init=False)
    _queued: str = ""
    """What was given to the speaker, without blanks."""
    _lock: Lock = field(default_factory=Lock)
    """Held while the next two change."""
    _todo: deque[tuple[str, Emotion]] = field(default_factory=deque)
    """Sentences that are to be spoken."""
    _spoken: tuple[str, Emotion] | None = None
    """The one that is being spoken: two at once would make the first one late."""
    _number: int = 0
    _said: float = 0.0
    """Sentences that were told, and the seconds that they last."""

    def __post_init__(self) -> None:
        self._stream = SentenceStream(self.language)

    def events(self) -> Generator[Event, None, None]:
        """Everything that happens. Closing this early cuts the turn off."""
        writer = Thread(target=self._written, name="chatanything-answer", daemon=True)
        try:
            writer.start()
            yield from self._told()
        except (TurnCutOffError, CancelledError):
            pass
        except ChatAnythingError as error:
            yield RunError(str(error))
        except Exception as error:  # noqa: BLE001  whoever asked is the only one who can be told
            yield RunError(f"{type(error).__name__}: {error}")
        finally:
            self.cut_off.set()
            writer.join()

    def _told(self) -> Generator[Event, None, None]:
        written = False
        while not (written and self._spoken is None):
            event = self._next()
            if event is None:
                written = True
            elif isinstance(event, Exception):
                raise event
            elif isinstance(event, Future):
                yield self._sentence(event.result())
                self._begin()
            else:
                yield event
        assert self.reply
        yield RunFinished(self.reply.text, self.reply.emotion, self.reply.notes)

    def _next(self) -> "Event | Future[Speech] | Exception | None":
        while True:
            self._tick(0, 0)
            try:
                return self._events.get(timeout=_LOOK)
            except queue.Empty:
                continue

    def _sentence(self, speech: Speech) -> SentenceSpoken:
        assert self._spoken
        text, emotion = self._spoken
        told = SentenceSpoken(self._number, text, speech, self.move(speech, self._said, emotion))
        self._number += 1
        self._said += speech.seconds
        self._spoken = None
        return told

    def _begin(self) -> None:
        """Have the next sentence spoken, when none is."""
        with self._lock:
            if self._spoken is not None or not self._todo:
                return
            self._spoken = self._todo.popleft()
            speech = self.speak(*self._spoken)
        speech.add_done_callback(self._events.put)

    def _written(self) -> None:
        try:
            self._write()
            self._events.put(None)
        except Exception as error:  # noqa: BLE001  a thread has nobody else to tell
            self._events.put(error)

    def _write(self) -> None:
        reply = self.answer(self._tick, self._hear, self._feel)
        self._feel(reply.emotion)
        self.reply = reply
        self._say_rest(reply.text)

    def _tick(self, done: int, total: int) -> None:
        if self.cut_off.is_set():
            raise TurnCutOffError

    def _feel(self, emotion: Emotion) -> None:
        self._tick(0, 0)
        if emotion != self.emotion:
            self.emotion = emotion
            self._events.put(EmotionChanged(emotion))

    def _hear(self, piece: str) -> None:
        self._tick(0, 0)
        if not piece:
            return
        self.text += piece
        self._events.put(TextMessageContent(piece))
        for sentence in self._stream.feed(piece):
            self._queue(sentence)
        if (guess := self._stream.guess) and self._spoken is None:
            # It looks whole, and nothing else is to be said: spoken while the next word is awaited.
            self.speak(guess, self.emotion)

    def _say_rest(self, text: str) -> None:
        """What of the whole answer was not said yet: its last sentence is sure only now."""
        # The answer may differ from its stream: after a first try, and at the limit of words.
        for sentence in sentences(_after(text, self._queued), self.language):
            if sentence.strip():
                self._queue(sentence.strip())
        self.text = text

    def _queue(self, sentence: str) -> None:
        self._queued += "".join(sentence.split())
        try:
            check_spoken_text(sentence)
        except InputError:
            return  # an emoji alone, which has no sound
        self._todo.append((sentence, self.emotion))
        self._begin()


def _after(text: str, said: str) -> str:
    """`text` without its beginning, which has the letters of `said`; all of it if it has others.

    >>> _after("One two. Three.", "Onetwo.")
    ' Three.'
    """
    at = 0
    for letter in said:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text) or text[at] != letter:
            return text
        at += 1
    return text[at:]
