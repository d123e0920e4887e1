"""One message and its spoken answer."""

import queue
from collections.abc import Callable, Generator
from concurrent.futures import CancelledError, Future, wait
from dataclasses import dataclass, field
from threading import Event as Flag
from threading import Thread

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
    """The user broke in; raised within the threads of a turn only."""


@dataclass
class LiveTurn:
    """Text is written on one thread, spoken and moved on another, and told in order."""

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
    _events: "queue.SimpleQueue[Event | None]" = field(default_factory=queue.SimpleQueue)
    _todo: "queue.SimpleQueue[tuple[str, Emotion] | None]" = field(
        default_factory=queue.SimpleQueue
    )
    _stream: SentenceStream = field(init=False)
    _queued: str = ""
    """What was given to the speaker, without blanks."""

    def __post_init__(self) -> None:
        self._stream = SentenceStream(self.language)

    def events(self) -> Generator[Event, None, None]:
        """Everything that happens. Closing this early cuts the turn off."""
        threads = [
            Thread(target=self._guarded, args=(work,), name=f"chatanything-{name}", daemon=True)
            for name, work in (("answer", self._write), ("sentences", self._say))
        ]
        try:
            for thread in threads:
                thread.start()
            while (event := self._events.get()) is not None:
                yield event
        finally:
            self.cut_off.set()
            self._todo.put(None)
            for thread in threads:
                thread.join()

    def _guarded(self, work: Callable[[], None]) -> None:
        """Run one of the threads; the turn ends with its failure."""
        try:
            work()
        except (TurnCutOffError, CancelledError):
            self._events.put(None)
        except ChatAnythingError as error:
            self._fail(str(error))
        except Exception as error:  # noqa: BLE001  a thread has nobody else to tell
            self._fail(f"{type(error).__name__}: {error}")

    def _fail(self, words: str) -> None:
        if not self.cut_off.is_set():
            self._events.put(RunError(words))
        self._events.put(None)
        self.cut_off.set()

    def _write(self) -> None:
        reply = self.answer(self._tick, self._hear, self._feel)
        self._feel(reply.emotion)
        self.reply = reply
        self._say_rest(reply.text)
        self._todo.put(None)

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
        if guess := self._stream.guess:
            # It looks whole: spoken while the next word is awaited.
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
        self._todo.put((sentence, self.emotion))

    def _say(self) -> None:
        number, said = 0, 0.0
        while (item := self._todo.get()) is not None:
            sentence, emotion = item
            speech = self._awaited(self.speak(sentence, emotion))
            track = self.move(speech, said, emotion)
            self._events.put(SentenceSpoken(number, sentence, speech, track))
            number, said = number + 1, said + speech.seconds
        self._tick(0, 0)
        assert self.reply
        self._events.put(RunFinished(self.reply.text, self.reply.emotion, self.reply.notes))
        self._events.put(None)

    def _awaited(self, speech: "Future[Speech]") -> Speech:
        while not wait([speech], timeout=_LOOK).done:
            self._tick(0, 0)
        self._tick(0, 0)
        return speech.result()


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
