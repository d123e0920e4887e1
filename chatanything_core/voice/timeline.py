"""Timelines as plain JSON, and moved in time."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

import numpy as np

from ..errors import InputError
from .records import VISEMES, Phone, Speech, Timeline, TimelineSource, Viseme, Word

_DIGITS = 4  # a tenth of a millisecond


def timeline_to_json(timeline: Timeline) -> dict[str, Any]:
    """A JSON-ready dict; times in seconds, rounded to 0.1 ms."""
    return {
        "duration": round(timeline.duration, _DIGITS),
        "source": timeline.source,
        "language": timeline.language,
        "text": timeline.text,
        "words": [[word.text, *_times(word)] for word in timeline.words],
        "phones": [[phone.symbol, *_times(phone), phone.stress] for phone in timeline.phones],
        "visemes": [
            [viseme.name, *_times(viseme), round(viseme.weight, 3)] for viseme in timeline.visemes
        ],
    }


def timeline_from_json(data: Mapping[str, Any]) -> Timeline:
    """The inverse of `timeline_to_json`.

    Raises:
        InputError: a missing field, a value of the wrong kind, an unknown viseme, or events out
            of order or outside [0, duration].
    """
    try:
        timeline = Timeline(
            duration=float(data["duration"]),
            words=tuple(Word(str(t), float(a), float(b)) for t, a, b in data["words"]),
            phones=tuple(
                Phone(str(s), float(a), float(b), int(k)) for s, a, b, k in data["phones"]
            ),
            visemes=tuple(
                Viseme(str(n), float(a), float(b), float(w)) for n, a, b, w in data["visemes"]
            ),
            source=data["source"],
            language=str(data["language"]),
            text=str(data["text"]),
        )
    except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise InputError(
            f"Not a timeline: {error}. Use one written by timeline_to_json, with duration, "
            "words, phones, visemes, source, language and text."
        ) from error
    _check(timeline)
    return timeline


def scaled(timeline: Timeline, factor: float) -> Timeline:
    """The same events when the audio is made `factor` times as long."""
    return _moved(timeline, timeline.duration * factor, factor, 0.0)


def joined(parts: list[Timeline]) -> Timeline:
    """Timelines said one after the other; text and language are those of the first."""
    offset = 0.0
    moved = []
    for part in parts:
        moved.append(_moved(part, part.duration, 1.0, offset))
        offset += part.duration
    return replace(
        moved[0],
        duration=offset,
        words=tuple(word for part in moved for word in part.words),
        phones=tuple(phone for part in moved for phone in part.phones),
        visemes=tuple(viseme for part in moved for viseme in part.visemes),
    )


def delayed(speech: Speech, seconds: float) -> Speech:
    """The same speech after so many seconds of silence, to the nearest sample."""
    count = round(seconds * speech.rate)
    if count <= 0:
        return speech
    samples = np.concatenate([np.zeros(count, np.float32), speech.samples])
    line, late = speech.timeline, count / speech.rate
    timeline = _moved(line, line.duration + late, 1.0, late)
    return replace(speech, samples=samples, timeline=timeline)


def _moved(timeline: Timeline, duration: float, factor: float, offset: float) -> Timeline:
    def move(t: float) -> float:
        return t * factor + offset

    return replace(
        timeline,
        duration=duration,
        words=tuple(replace(w, start=move(w.start), end=move(w.end)) for w in timeline.words),
        phones=tuple(replace(p, start=move(p.start), end=move(p.end)) for p in timeline.phones),
        visemes=tuple(replace(v, start=move(v.start), end=move(v.end)) for v in timeline.visemes),
    )


def _times(event: Word | Phone | Viseme) -> tuple[float, float]:
    return round(event.start, _DIGITS), round(event.end, _DIGITS)


def _check(timeline: Timeline) -> None:
    if timeline.source not in get_args(TimelineSource):
        raise InputError(
            f"Unknown timeline source {timeline.source!r}. "
            f"Choose one of: {', '.join(get_args(TimelineSource))}."
        )
    if not (math.isfinite(timeline.duration) and timeline.duration >= 0):
        raise InputError(f"A timeline's duration must be 0 or more, not {timeline.duration}.")
    for viseme in timeline.visemes:
        if viseme.name not in VISEMES:
            raise InputError(
                f"Unknown viseme {viseme.name!r}. Choose one of: {', '.join(VISEMES)}."
            )
    for events in (timeline.words, timeline.phones, timeline.visemes):
        _check_order(events, timeline.duration)


def _check_order(events: tuple[Word | Phone | Viseme, ...], duration: float) -> None:
    slack = 10.0**-_DIGITS
    last = 0.0
    for event in events:
        # Written so that NaN fails too.
        if not (last - slack <= event.start <= event.end <= duration + slack):
            raise InputError(
                f"The event at {event.start}..{event.end} s is out of order or outside the timeline's "
                f"0..{duration} s."
            )
        last = event.end
