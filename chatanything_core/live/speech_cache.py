"""Sentences spoken ahead and spoken again: the latest are kept."""

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from ..persona import Emotion
from ..voice import Speech, Voice, speak

Key = tuple[Voice, str, Emotion]
KEPT = 48
"""Sentences of all characters together: "Ha!" and "Oh, well." come again and again."""
TOGETHER = 2
"""Sentences that are spoken at the same time: one that is waited for, and a guess."""


class SpeechCache:
    """Speaks on threads of its own, the same words in the same voice and mood once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._spoken: OrderedDict[Key, Future[Speech]] = OrderedDict()
        self._pool = ThreadPoolExecutor(TOGETHER, thread_name_prefix="chatanything-speech")

    def begin(self, voice: Voice, text: str, emotion: Emotion) -> "Future[Speech]":
        """The speech, begun now unless it was before; a failure is not kept."""
        key = (voice, text, emotion)
        with self._lock:
            kept = self._spoken.get(key)
            if kept is None or (kept.done() and kept.exception()):
                kept = self._pool.submit(speak, voice, text, emotion=emotion)
                self._spoken[key] = kept
            self._spoken.move_to_end(key)
            while len(self._spoken) > KEPT:
                _, oldest = self._spoken.popitem(last=False)
                oldest.cancel()
        return kept

    def close(self) -> None:
        """Speak nothing more."""
        self._pool.shutdown(cancel_futures=True)
