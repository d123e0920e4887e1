"""An answer as a film, for pages and heads whose face cannot be drawn in the page."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ..live.records import EmotionChanged, Event, RunFinished, SentenceSpoken
from ..live.roster import Prepared
from ..persona import Emotion
from ..talking_head import frame_count, loudness_levels, plan_motion
from ..video import idle
from ..video.film_stream import MEDIA_TYPE, FilmStream
from .wire import packed, packed_event, sentence_json

FPS = 25.0
IDLE_SECONDS = 8.0
DAY = 86_400.0


class FilmedTurn:
    """Turns the events of one answer into bytes for a page; sound and motion become pictures."""

    def __init__(self, prepared: Prepared, emotion: Emotion) -> None:
        self._prepared = prepared
        self._emotion = emotion
        self._film: FilmStream | None = None
        # The face has gone on living while nothing was said.
        self._life = time.monotonic() % DAY

    def packed(self, event: Event) -> Iterator[bytes]:
        """What is sent for an event."""
        if isinstance(event, SentenceSpoken):
            yield from self._sentence(event)
            return
        if isinstance(event, EmotionChanged):
            self._emotion = event.emotion
        if isinstance(event, RunFinished) and self._film:
            yield packed({"type": "FILM"}, self._film.close())
        yield packed_event(event)

    def _sentence(self, event: SentenceSpoken) -> Iterator[bytes]:
        image, speech = self._prepared.character.portrait.image, event.speech
        height, width = image.shape[:2]
        film = self._film = self._film or FilmStream(width, height, FPS, speech.rate)
        start = {"start": round(film.seconds, 4), "kind": MEDIA_TYPE}
        yield packed({**sentence_json(event), "film": start})
        level = loudness_levels(
            speech.samples, speech.rate, frame_count(speech.timeline.duration, FPS), FPS
        )
        motion = plan_motion(
            speech.timeline,
            fps=FPS,
            emotion=self._emotion,
            seed=self._prepared.character.seed,
            who=self._prepared.character.persona.name,
            start=self._life + film.seconds,
            level=level,
        )
        frames = self._prepared.head().frames(motion, speech)
        for piece in film.add(frames, speech.samples):
            yield packed({"type": "FILM"}, piece)


def idle_film(prepared: Prepared) -> bytes:
    """A loop of the character while it says nothing, as an MP4."""
    character = prepared.character
    with tempfile.TemporaryDirectory(prefix="chatanything-") as folder:
        path = Path(folder) / "idle.mp4"
        idle(
            character.portrait.image,
            character.portrait.face,
            IDLE_SECONDS,
            path,
            head=character.head,
            emotion=character.persona.emotion,
            seed=character.seed,
            who=character.persona.name,
        )
        return path.read_bytes()
