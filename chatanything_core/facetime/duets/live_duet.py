"""A talk of two as events: each turn with its sound, with who says it and with who listens to it."""

import time
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from threading import Event as Flag
from typing import Any

import numpy as np

from ...duet import DuetTurn, converse
from ...duet.film_duet import GAP, at_rate
from ...duet.listening_rows import listening_rows
from ...live.conversation import Answering
from ...live.live_turn import TurnCutOffError
from ...live.records import SentenceSpoken
from ...live.roster import Prepared
from ...live.speech_track import FPS, SpeechTrack, speech_track
from ...persona import Emotion
from ...talking_head import LEAD
from ...talking_head.rig.motion_rows import COLUMNS
from ...voice import Speech
from ..wire import emotion_json, packed, packed_sentence

RATE = 24_000
"""Samples a second of both voices: a page plays all sounds at one rate."""
WORDS = 40
"""Most words of a turn."""
AHEAD = 20.0
"""Seconds of sound that are made before they are heard: a model is asked no earlier."""
_LISTENING = ("browLeft", "browRight", "frown", "lid", "smile", "yaw", "pitch", "gazeX")
_AT = [[name for name, *_ in COLUMNS].index(name) for name in _LISTENING]


@dataclass
class LiveDuet:
    """Made on the thread that takes the events; cut off from any other one."""

    pair: tuple[Prepared, Prepared]
    topic: str
    turns: int
    seed: int
    answering: Answering
    cut_off: Flag = field(default_factory=Flag)
    """Set at any moment to end it."""
    _made: list[tuple[float, DuetTurn]] = field(default_factory=list)
    """Turns, each with the second at which it begins to be heard."""
    _seconds: float = 0.0
    """What they last together."""
    _began: float = 0.0
    """`time.monotonic` of the first one."""

    def events(self) -> Generator[bytes, None, None]:
        """The turns, at most AHEAD seconds before they are heard; the end when all were.

        Raises:
            InputError: the topic or the number of turns cannot be used.
            EngineError: an engine failed.
        """
        try:
            for turn in self._talk():
                self._began = self._began or time.monotonic()
                self._made.append((self._seconds, turn))
                yield self._packed(turn)
                self._seconds += turn.speech.seconds + GAP
                if self._wait(AHEAD):
                    return
        except TurnCutOffError:
            return
        if not self._wait(0.0):
            yield packed({"type": "RUN_FINISHED"})

    def heard(self) -> list[DuetTurn]:
        """The turns that have begun to be heard, by the clock."""
        now = self._elapsed()
        return [turn for start, turn in self._made if start <= now]

    def _wait(self, left: float) -> bool:
        """Until so many seconds are left to be heard; True when it was cut off."""
        return self.cut_off.wait(max(self._seconds - self._elapsed() - left, 0.0))

    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def _talk(self) -> Generator[DuetTurn, None, None]:
        first, second = self.pair
        yield from converse(
            (first.character, second.character),
            self.topic,
            self.turns,
            engine=self.answering.engine,
            source=self.answering.source,
            limit=min(self.answering.limit, WORDS),
            seed=self.seed,
            tick=self._tick,
        )

    def _tick(self, done: int, total: int) -> None:
        if self.cut_off.is_set():
            raise TurnCutOffError

    def _packed(self, turn: DuetTurn) -> bytes:
        own = self.pair[turn.speaker].character
        who, felt, said = own.persona.name, turn.emotion, turn.speech
        track = speech_track(said, self._seconds, emotion=felt, seed=own.seed, who=who)
        even = replace(said, samples=at_rate(said.samples, said.rate, RATE), rate=RATE)
        sentence = SentenceSpoken(len(self._made) - 1, turn.text, even, track)
        told: dict[str, Any] = {"speaker": turn.speaker, "gap": GAP, "emotion": emotion_json(felt)}
        other = self.pair[1 - turn.speaker].character.seed
        heard = listening_track(said, felt, side=1 if turn.speaker else -1, seed=other)
        return packed_sentence(sentence, told, ("listening", heard))


def listening_track(speech: Speech, emotion: Emotion, *, side: int, seed: int) -> SpeechTrack:
    """What hearing `speech` adds to idle motion; `side` as for `listening_rows`."""
    rows = listening_rows(speech, fps=FPS, emotion=emotion, side=side, seed=seed)
    return SpeechTrack(FPS, LEAD, _LISTENING, np.ascontiguousarray(rows[:, _AT]))
