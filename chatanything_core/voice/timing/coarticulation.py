"""From a timeline to the continuous movement of a mouth.

Coarticulation by dominance functions (Cohen & Massaro 1993): every sound pulls each part of the
mouth towards its target with a strength that rises before it and falls after it; what is seen is
the weighted mean. Hard constraints come last (Edwards et al. 2016, JALI): lips that must meet
meet, on at least one frame, however fast the speech is.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ..phoneme_shapes import SILENCE, SOUNDS, PhonemeShape, phoneme_shapes_of, shares
from ..records import MouthTrack, Timeline, Viseme

MAX_FPS = 240.0
_CHANNELS = ("jaw", "wide", "round", "closed", "tongue", "teeth")
_ATTACK = (0.16, 0.20, 0.22, 0.14, 0.06, 0.06)
"""Seconds in which a sound's pull on each channel grows, half of them before it."""
_RELEASE = (0.20, 0.20, 0.20, 0.14, 0.06, 0.06)
"""Seconds in which it lets go, half of them after it; a mouth pops open and closes slowly."""
_STRESS_JAW = (0.78, 0.9, 1.0)
_PRESS = 0.06
"""Seconds in which lips meet, and in which they part."""
_TOUCH = 0.06
"""Seconds in which the jaw comes to a sibilant or labiodental, and in which it leaves it."""
_REST_AFTER = 0.1
"""Pauses shorter than this many seconds do not fully close the mouth."""
_VISEME_SOUND: dict[str, PhonemeShape] = {
    "sil": SILENCE,
    **{
        name: SOUNDS[letter]
        for name, letter in (
            *(("PP", "p"), ("FF", "f"), ("TH", "θ"), ("DD", "t"), ("kk", "k"), ("CH", "ʃ")),
            *(("SS", "s"), ("nn", "n"), ("RR", "ɹ"), ("aa", "a"), ("E", "ɛ"), ("ih", "ɪ")),
            *(("oh", "o"), ("ou", "u")),
        )
    },
}


@dataclass(frozen=True)
class _Segment:
    """One sound in time, with how far it opens the jaw."""

    sound: PhonemeShape
    start: float
    end: float
    opening: float


def mouth_track(timeline: Timeline, fps: float, frames: int | None = None) -> MouthTrack:
    """Mouth targets for every video frame of a timeline.

    Phones drive it when there are any, else the visemes and their weights.

    Args:
        fps: frames per second, above 0 up to 240.
        frames: number of rows; by default as many as cover the duration.

    Raises:
        InputError: fps or frames out of range.
    """
    if not 0 < fps <= MAX_FPS:
        raise InputError(f"Frames per second must be above 0 up to {MAX_FPS:g}, not {fps}.")
    count = math.ceil(timeline.duration * fps - 1e-6) if frames is None else frames
    if count < 0:
        raise InputError(f"The number of frames must be 0 or more, not {frames}.")
    segments = list(_segments(timeline))
    track = _blend(segments, fps, count)
    _touch_teeth(track, segments, fps)
    _press_lips(track, segments, fps)
    return MouthTrack(fps, *(row.astype(np.float32) for row in track))


def _segments(timeline: Timeline) -> Iterator[_Segment]:
    """Sounds that cover the whole timeline; gaps are silence, and so is what lies around it."""
    at = -1.0
    for segment in _sounding(timeline):
        if segment.start > at + 1e-6:
            yield _Segment(SILENCE, at, segment.start, 0.0)
        yield segment
        at = max(at, segment.end)
    yield _Segment(SILENCE, at, max(timeline.duration, at) + 1.0, 0.0)


def _sounding(timeline: Timeline) -> Iterator[_Segment]:
    if not timeline.phones:
        yield from map(_of_viseme, timeline.visemes)
    for phone in timeline.phones:
        sounds = phoneme_shapes_of(phone.symbol)
        at, length = phone.start, phone.end - phone.start
        for sound, share in zip(sounds, shares(len(sounds)), strict=True):
            opening = sound.jaw * (_STRESS_JAW[phone.stress] if sound.vowel else 1.0)
            yield _Segment(sound, at, at + share * length, opening)
            at += share * length


def _of_viseme(viseme: Viseme) -> _Segment:
    sound = _VISEME_SOUND[viseme.name]
    opening = sound.jaw * (viseme.weight if sound.vowel else 1.0)
    return _Segment(sound, viseme.start, viseme.end, opening)


def _blend(segments: list[_Segment], fps: float, count: int) -> npt.NDArray[np.float64]:
    """Dominance-weighted mean of all targets, shape (6, count)."""
    total = np.zeros((len(_CHANNELS), count))
    weight = np.full((len(_CHANNELS), count), 1e-9)
    total[_CHANNELS.index("closed")] = 1e-9  # where nothing pulls, the mouth rests closed
    for segment in segments:
        grips = _grips(segment)
        for row, name in enumerate(_CHANNELS):
            target = _target(segment, name)
            first, pull = _dominance(segment, _ATTACK[row], _RELEASE[row], fps, count)
            span = slice(first, first + len(pull))
            total[row, span] += grips[row] * pull * target
            weight[row, span] += grips[row] * pull
    blended: npt.NDArray[np.float64] = total / weight
    return blended


def _target(segment: _Segment, channel: str) -> float:
    """Where the segment wants a channel."""
    if channel == "jaw":
        return segment.opening
    if channel == "closed" and segment.sound is not SILENCE:
        # Lips that must meet are pressed together later, for no longer than they must.
        return 0.0
    return float(getattr(segment.sound, channel))


def _grips(segment: _Segment) -> tuple[float, ...]:
    """How strongly the segment holds each channel."""
    sound, length = segment.sound, segment.end - segment.start
    if sound is SILENCE:
        # A breath between words must not snap the mouth shut.
        hold = min(1.0, length / _REST_AFTER) ** 2
        return (hold,) * len(_CHANNELS)
    # A short obstruent does not move the jaw.
    jaw = sound.jaw_grip * (1.0 if sound.vowel else min(1.0, length / 0.06))
    lips = sound.lip_grip * (1.6 if sound.round > 0.5 else 1.0)
    return (jaw, lips, lips, 1.0, 1.0, 1.0)


def _dominance(
    segment: _Segment, attack: float, release: float, fps: float, count: int
) -> tuple[int, npt.NDArray[np.float64]]:
    """First frame and strength of a segment's pull, flat during the segment."""
    # Half of each slope lies inside the segment, so that neighbours of equal grip cross at
    # their border.
    attack_in = min(attack, segment.end - segment.start) / 2
    release_in = min(release, segment.end - segment.start) / 2
    begin, top = segment.start - attack / 2, segment.start + attack_in
    fall, end = segment.end - release_in, segment.end + release / 2
    return _swell(begin, top, fall, end, fps, count)


def _swell(
    begin: float, top: float, fall: float, end: float, fps: float, count: int
) -> tuple[int, npt.NDArray[np.float64]]:
    """First frame and heights of a raised cosine: 0 until `begin`, 1 from `top` to `fall`, 0
    from `end` on, all in seconds."""
    first = max(0, math.ceil(begin * fps))
    last = min(count, math.floor(end * fps) + 1)
    t = np.arange(first, max(first, last)) / fps
    rise = np.clip((t - begin) / max(top - begin, 1e-6), 0.0, 1.0)
    sink = np.clip((end - t) / max(end - fall, 1e-6), 0.0, 1.0)
    return first, 0.5 - 0.5 * np.cos(np.pi * np.minimum(rise, sink))


def _touch_teeth(track: npt.NDArray[np.float64], segments: list[_Segment], fps: float) -> None:
    """Labiodentals touch and sibilants narrow the jaw, on at least one frame."""
    for segment in segments:
        if segment.sound.teeth < 0.5:
            continue
        span, touch = _contact(segment.start, segment.end, _TOUCH, fps, track.shape[1])
        jaw, closed, teeth = track[0, span], track[3, span], track[5, span]
        jaw -= touch * np.maximum(jaw - segment.sound.jaw, 0)
        teeth += touch * np.maximum(segment.sound.teeth - teeth, 0)
        closed -= touch * np.maximum(closed - 0.2, 0)


def _press_lips(track: npt.NDArray[np.float64], segments: list[_Segment], fps: float) -> None:
    """p, b and m close the lips, on at least one frame; rounding does not survive it."""
    for segment in segments:
        sound = segment.sound
        if sound is SILENCE or sound.closed < 0.5:
            continue
        # They meet as the sound begins and are half parted when it ends.
        end = max(segment.start, segment.end - _PRESS / 2)
        span, press = _contact(segment.start, end, _PRESS, fps, track.shape[1])
        track[3, span] += press * sound.closed * (1 - track[3, span])
        track[0, span] -= press * np.maximum(track[0, span] - sound.jaw, 0)
        track[2, span] *= 1 - 0.5 * press


def _contact(
    start: float, end: float, flank: float, fps: float, count: int
) -> tuple[slice, npt.NDArray[np.float64]]:
    """A swell that is 1 on the frames inside [start, end], or on the one nearest to its middle,
    and begins and ends `flank` seconds beside them; the frames it covers, and its heights."""
    first, last = math.ceil(start * fps - 1e-9), math.floor(end * fps + 1e-9)
    if last < first:
        first = last = round((start + end) / 2 * fps)
    first, last = (min(max(frame, 0), max(count - 1, 0)) for frame in (first, last))
    top, fall = first / fps, last / fps
    at, heights = _swell(top - flank, top, fall, fall + flank, fps, count)
    return slice(at, at + len(heights)), heights
