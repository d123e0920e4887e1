"""From results to the rows of a table: a row for each category of each run, and one for all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import mean, median
from typing import Any

from ..records import FilmLook, Result, VoiceLook
from .intervals import Share

ALL = "all"


@dataclass(frozen=True)
class Row:
    """Figures of the prompts of one category in one run; None where nothing was measured."""

    run: str
    category: str
    """`ALL` for every category together."""
    prompts: int
    made: Share
    """Prompts of which a portrait was made."""
    found: dict[str, Share]
    """Portraits with a face that was found, by judge."""
    corner_error: float | None
    """Median of `Look.corner_error` of the first judge."""
    guide_error: float | None
    animatability: float | None
    """Mean."""
    as_asked: Share | None
    talks: Share | None
    """Films in which the mouth's place moves."""
    in_frames: float | None
    """Mean share of frames in which the face is found, of portraits where it is."""
    sync: float | None
    """Median."""
    lag_ms: float | None
    """Median of the absolute lags."""
    identity: float | None
    """Median."""
    drift: float | None
    """Median."""
    pitch_error: float | None
    """Median, semitones."""
    rate_error: float | None
    """Median, share."""


def summarise_results(results: Sequence[Result]) -> list[Row]:
    """Rows in the order of the results, the one for all categories last in each run."""
    rows = []
    for run in dict.fromkeys(result.run for result in results):
        own = [result for result in results if result.run == run]
        for category in dict.fromkeys(result.category for result in own):
            rows.append(_row(run, category, [one for one in own if one.category == category]))
        rows.append(_row(run, ALL, own))
    return rows


def cost_of(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """Median seconds of each stage and the highest peak of memory, by run."""
    table: dict[str, dict[str, float]] = {}
    for run in dict.fromkeys(result.run for result in results):
        own = [result.cost for result in results if result.run == run]
        names = dict.fromkeys(name for cost in own for name in cost)
        table[run] = {
            name: (max if name == "peak_mb" else median)(c[name] for c in own if name in c)
            for name in names
        }
    return table


def row_to_json(row: Row) -> dict[str, Any]:
    """Plain data; shares with their interval."""
    plain = asdict(row)
    plain["found"] = {name: _share(share) for name, share in row.found.items()}
    for name in ("made", "as_asked", "talks"):
        plain[name] = _share(getattr(row, name))
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in plain.items()}


def _share(share: Share | None) -> dict[str, Any] | None:
    if share is None:
        return None
    low, high = share.interval
    parts = {"share": share.value, "low": low, "high": high}
    return {"hits": share.hits, "of": share.of} | {k: round(v, 4) for k, v in parts.items()}


def _row(run: str, category: str, results: list[Result]) -> Row:
    made = [result for result in results if not result.error]
    judges = list(dict.fromkeys(name for result in made for name in result.looks))
    first = judges[0] if judges else ""
    looks = [result.looks[first] for result in made if first in result.looks]
    films = [result.film for result in made if result.film]
    voices = [result.voice for result in made if result.voice]
    return Row(
        run,
        category,
        len(results),
        Share(len(made), len(results)),
        {name: _hits(r.looks[name].found for r in made if name in r.looks) for name in judges},
        _of(median, (look.corner_error for look in looks)),
        _of(median, (look.guide_error for look in looks)),
        _of(mean, (result.animatability for result in made)),
        _known(result.as_asked for result in made),
        _known(film.moves for film in films),
        _of(mean, (film.found for film in films)),
        *_film_medians(films),
        *_voice_medians(voices),
    )


def _film_medians(films: list[FilmLook]) -> tuple[float | None, ...]:
    lags = (None if film.lag_ms is None else abs(film.lag_ms) for film in films)
    return (
        _of(median, (film.sync for film in films)),
        _of(median, lags),
        _of(median, (film.identity for film in films)),
        _of(median, (film.drift for film in films)),
    )


def _voice_medians(voices: list[VoiceLook]) -> tuple[float | None, ...]:
    return (
        _of(median, (voice.pitch_error for voice in voices)),
        _of(median, (voice.rate_error for voice in voices)),
    )


def _of(statistic: Callable[[list[float]], float], values: Iterable[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return float(statistic(there)) if there else None


def _hits(values: Iterable[bool]) -> Share:
    there = list(values)
    return Share(sum(there), len(there))


def _known(values: Iterable[bool | None]) -> Share | None:
    there = [value for value in values if value is not None]
    return _hits(there) if there else None
