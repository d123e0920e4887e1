"""An answer as a film, for pages and heads whose face cannot be drawn in the page."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..errors import InputError
from ..live.records import EmotionChanged, Event, RunFinished, SentenceSpoken
from ..live.roster import Prepared
from ..live.speech_track import SpeechTrack
from ..persona import Emotion
from ..talking_head import frame_count, idle_motion
from ..talking_head.emotion_look import EXPRESSIONS
from ..talking_head.plan_speech import TAIL
from ..talking_head.records import Floats
from ..talking_head.rig.motion_rows import COLUMNS, motion_of, motion_rows
from ..video import idle
from ..video.film_stream import MEDIA_TYPE, FilmStream
from ..voice import Speech, Timeline
from .wire import packed, packed_event, sentence_json

FPS = 25.0
IDLE_SECONDS = 8.0
_EASE, _GLIDE = 0.1, 0.4
"""Seconds in which a sentence comes in that was not seen from its beginning, and a mood comes."""
_AT = {name: place for place, (name, *_) in enumerate(COLUMNS)}
_LOOK = [_AT[name] for name in ("browLeft", "browRight", "frown", "lid", "smile")]


class FilmedTurn:
    """Turns the events of one answer into bytes for a page; sound and motion become pictures.

    What is said is laid over the loop in which the character waits, as a page does that draws the
    face: the film begins where the loop is, and ends where it will be.
    """

    def __init__(self, prepared: Prepared, phase: float) -> None:
        """`phase`: the second of the loop at which the film begins."""
        self._prepared = prepared
        own = prepared.character
        emotion, who = own.persona.emotion, own.persona.name
        motion = idle_motion(IDLE_SECONDS, fps=FPS, emotion=emotion, seed=own.seed, who=who)
        self._loop = motion_rows(motion)
        self._first = round(phase * FPS)
        self._rest = self._mood = self._wanted = _look(emotion)
        self._film: FilmStream | None = None
        self._frames = 0
        self._tracks: list[tuple[int, SpeechTrack]] = []

    def packed(self, event: Event) -> Iterator[bytes]:
        """What is sent for an event."""
        if isinstance(event, SentenceSpoken):
            yield from self._sentence(event)
            return
        if isinstance(event, EmotionChanged):
            self._wanted = _look(event.emotion)
        if isinstance(event, RunFinished) and self._film:
            yield from self._ended(self._film)
        yield packed_event(event)

    def _sentence(self, event: SentenceSpoken) -> Iterator[bytes]:
        image, speech = self._prepared.character.portrait.image, event.speech
        height, width = image.shape[:2]
        film = self._film = self._film or FilmStream(width, height, FPS, speech.rate)
        start = {"start": round(film.seconds, 4), "kind": MEDIA_TYPE}
        yield packed({**sentence_json(event), "film": start})
        self._tracks = [*self._tracks[-1:], (self._frames, event.track)]
        yield from self._filmed(film, speech)

    def _ended(self, film: FilmStream) -> Iterator[bytes]:
        """Back into the loop, and the last bytes."""
        rate, self._wanted = film.rate, self._rest
        silence = Speech(np.zeros(round(TAIL * rate), np.float32), rate, Timeline(TAIL))
        yield from self._filmed(film, silence)
        yield packed({"type": "FILM"}, film.close())

    def _filmed(self, film: FilmStream, speech: Speech) -> Iterator[bytes]:
        count = frame_count(speech.timeline.duration, FPS)
        motion = motion_of(self._rows(count), FPS)
        self._frames += count
        for piece in film.add(self._prepared.head().frames(motion, speech), speech.samples):
            yield packed({"type": "FILM"}, piece)

    def _rows(self, count: int) -> Floats:
        """The next rows: the loop, a mood that comes, and what is said."""
        at = np.arange(self._frames, self._frames + count)
        rows = self._loop[(self._first + at) % len(self._loop)].copy()
        way = _ease((np.arange(count) + 1) / (_GLIDE * FPS))[:, None]
        mood = self._mood + (self._wanted - self._mood) * way
        rows[:, _LOOK] += (mood - self._rest).astype(np.float32)
        self._mood = mood[-1]
        for start, track in self._tracks:
            places = [_AT[name] for name in track.columns]
            rows[:, places] += _shown(track, at - start)
        return rows


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
            fps=FPS,
            emotion=character.persona.emotion,
            seed=character.seed,
            who=character.persona.name,
        )
        return path.read_bytes()


def _look(emotion: Emotion) -> Floats:
    """By how much an emotion moves the columns of _LOOK."""
    shown = EXPRESSIONS[emotion.name]
    parts = (shown.brow, shown.brow, shown.frown, shown.lid, shown.smile)
    return np.array(parts, np.float32) * np.float32(emotion.strength)


def _shown(track: SpeechTrack, frames: "np.ndarray[tuple[int], np.dtype[np.int_]]") -> Floats:
    """Rows of a track at frames of its sound; it was not seen before the first of them."""
    at = frames / FPS
    place = (at + track.lead) * track.fps
    known = np.arange(len(track.rows))
    rows = np.stack([np.interp(place, known, column, right=0.0) for column in track.rows.T], -1)
    return np.asarray(rows * _ease(at / _EASE)[:, None], np.float32)


def _ease(way: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Floats:
    t = np.clip(way, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def checked_phase(second: float | None) -> float | None:
    """The second of the waiting loop from which an answer goes on.

    Raises:
        InputError: the loop has no such second.
    """
    if second is not None and not 0 <= second <= IDLE_SECONDS:
        raise InputError(
            f"`film` is a second of the loop in which it waits, 0 to {IDLE_SECONDS:g}."
        )
    return second
