"""The parts of a motion, put together."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..voice import MouthTrack
from .curves import Array, glide
from .records import Amounts, Floats, Motion
from .tracks import blinks, breath, expression, gaze, head_turns
from .tracks.manner import Moods
from .tracks.phrases import Said
from .tracks.streams import Streams, Window

FADE = 2.0
"""Seconds at the end of an idle loop in which it becomes what came before its beginning."""


@dataclass(frozen=True)
class MotionPlan:
    """Everything that the parts of a motion are planned from."""

    window: Window
    amounts: Amounts
    moods: Moods
    streams: Streams
    said: Said
    level: Floats | None
    loop: bool

    def motion(self, mouth: MouthTrack) -> Motion:
        """All parts together."""
        shown = self._expression()
        lids = self._blinks()
        return Motion(
            mouth=mouth,
            blink=np.stack([lids, lids], -1).astype(np.float32),
            gaze=self._gaze(),
            brow=np.clip(self._brows() + shown["brow"][:, None], -1, 1).astype(np.float32),
            frown=np.clip(shown["frown"], -1, 1).astype(np.float32),
            lid=np.clip(shown["lid"], -1, 1).astype(np.float32),
            smile=np.clip(shown["smile"], -1, 1).astype(np.float32),
            head=self._head(),
            breath=self._breath(),
        )

    def _times(self) -> Array:
        """Seconds from the first frame, as the speech counts them."""
        return self.said.times(self.window.frames, self.window.fps)

    def _lived(self, part: Callable[[Array], Array]) -> Array:
        """A part of the endless life; in a loop its end becomes what came before the beginning."""
        moments = self.window.moments()
        track = part(moments)
        if not self.loop:
            return track
        seconds = self.window.seconds
        fade = min(FADE, seconds / 2)
        way = glide(self.window.start + seconds - fade, self.window.start + seconds, moments)
        way = way.reshape(-1, *[1] * (track.ndim - 1))
        return (1 - way) * track + way * part(moments - seconds)

    def _expression(self) -> dict[str, Array]:
        """Brow, frown, lid and smile of the mood, (F,) each."""
        share = self._lived(lambda moments: expression.held(moments, self.streams))
        share = share + expression.spoken(self.said, self._times(), self.streams)
        looks = expression.looks(self.window.moments(), self.moods)
        return {name: look * share * self.amounts.emotion for name, look in looks.items()}

    def _blinks(self) -> Array:
        window, amount = self.window, self.amounts.blink
        end = window.start + window.seconds
        idle = blinks.blink_times(window.start, end, amount, self.moods, self.streams)
        if self.loop:
            idle = blinks.within_loop(idle, window.start, end, amount, self.streams)
        track = blinks.closure(idle, window.moments(), window.fps)
        near = [at - window.start for at in idle]
        added = blinks.phrase_blinks(self.said, near, amount, self.moods, self.streams)
        return np.maximum(track, blinks.closure(added, self._times(), window.fps))

    def _gaze(self) -> Floats:
        window = self.window
        end = window.start + window.seconds
        jumps = gaze.saccades(window.start, end, self.moods, self.streams)
        track = gaze.gaze_track(jumps, window.moments())
        if self.loop:
            track = gaze.closed(track, window.fps)
        fps = window.fps
        track = track + gaze.aversions(self.said, track, self.moods, fps, self.streams)
        return np.clip(track * self.amounts.gaze, -1, 1).astype(np.float32)

    def _brows(self) -> Array:
        """Rise of both brows: on accents together, and a little by themselves."""
        sway = self._lived(lambda moments: expression.brow_sway(moments, self.streams))
        lifts = expression.brow_lifts(self.said, self._times(), self.moods, self.streams)
        return (sway + lifts[:, None]) * self.amounts.brows

    def _head(self) -> Floats:
        """Drift, and what speech adds."""
        track = self._lived(lambda moments: head_turns.drift(moments, self.moods, self.streams))
        level = None if self.level is None else self.level.astype(np.float64)
        for part in (head_turns.nods, head_turns.turns):
            added = part(self.said, self._times(), level, self.moods, self.streams)
            track = np.asarray(track + added)
        return (track * self.amounts.head).astype(np.float32)

    def _breath(self) -> Floats:
        """About 15 breaths a minute; a loop has a whole number of them."""
        seconds, period = self.window.seconds, breath.PERIOD
        if self.loop:
            period = seconds / max(1, round(seconds / period))
        rest = self._lived(lambda moments: breath.resting_breath(moments, period, self.streams))
        rest = np.clip(rest, -1, 1)
        added = breath.spoken_breath(self.said, rest, self._times())
        return ((rest + added) * self.amounts.breath).astype(np.float32)
