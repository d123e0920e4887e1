"""Pictures that are there already, and a film of the first, measured as in a study."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...landmarks import Face, FaceGuide
from ...progress import Tick, no_progress
from ..records import FilmLook
from ..report.intervals import Share
from .measure_sample import Measured, measure_sample
from .sample import Sample


@dataclass(frozen=True)
class BatchLook:
    """What a judge saw of several pictures, and of a film of the first."""

    judge: str
    pictures: tuple[Measured, ...]

    @property
    def found(self) -> Share:
        """On how many of them the judge finds a face."""
        hits = sum(one.looks[self.judge].found for one in self.pictures)
        return Share(hits, len(self.pictures))

    @property
    def animatability(self) -> float:
        """The mean; a picture without a face counts 0."""
        return sum(one.animatability or 0.0 for one in self.pictures) / len(self.pictures)

    @property
    def film(self) -> FilmLook | None:
        """What was seen of the film; None without one."""
        return self.pictures[0].film

    def middle(self, name: str) -> float | None:
        """Median of a field of `Look` over the pictures that have it."""
        values = [getattr(one.looks[self.judge], name) for one in self.pictures]
        known = [value for value in values if value is not None]
        return median(known) if known else None


def measure_batch(
    images: Sequence[npt.NDArray[np.uint8]],
    judge: str,
    *,
    face: Face | None = None,
    guide: FaceGuide | None = None,
    film: Path | None = None,
    tick: Tick = no_progress,
) -> BatchLook:
    """Have a face detector judge RGB pictures, uint8 (H, W, 3).

    Args:
        face: Where the painter of the first picture says that its face is.
        guide: Where the face was wanted in all of them.
        film: A video in which the first one talks.

    Raises:
        InputError: there is no picture, or no film that can be read.
        MissingDependencyError, MissingModelError: the judge lacks something.
    """
    if not len(images):
        raise InputError("There is no picture to evaluate. Give at least one.")
    samples = [Sample(image, None, guide) for image in images]
    samples[0] = Sample(images[0], face, guide, film)
    return BatchLook(judge, tuple(measure_sample(sample, (judge,), tick) for sample in samples))


def batch_lines(seen: BatchLook) -> list[str]:
    """The figures in sentences; what could not be measured is left out."""
    share = seen.found
    lines = [f"{seen.judge} finds a face on {share.hits} of {share.of}: {share}."]
    lines.append(f"Animatability {seen.animatability:.2f}.")
    for name, what in (("corner_error", "the painter says"), ("guide_error", "the guide has it")):
        value = seen.middle(name)
        if value is not None:
            lines.append(f"The face is {value:.3f} eye distances from where {what}.")
    film = seen.film
    if film is None:
        return lines
    lines.append("The mouth moves." if film.moves else "The mouth does not move.")
    if film.found is not None:
        lines.append(f"A face in {film.found:.0%} of the frames.")
    if film.sync is not None and film.lag_ms is not None:
        lines.append(f"Lip sync {film.sync:.2f}, {film.lag_ms:+.0f} ms.")
    if film.identity is not None:
        drift = "" if film.drift is None else f", drift {film.drift:.3f}"
        lines.append(f"Identity {film.identity:.3f}{drift}.")
    return lines


def batch_json(seen: BatchLook) -> str:
    """The same figures, with null for what could not be measured."""
    low, high = seen.found.interval
    pictures: list[dict[str, Any]] = [
        {**asdict(one.looks[seen.judge]), "animatability": one.animatability}
        for one in seen.pictures
    ]
    told = {
        "judge": seen.judge,
        "found": {"hits": seen.found.hits, "of": seen.found.of, "interval": [low, high]},
        "pictures": pictures,
        "film": asdict(seen.film) if seen.film else None,
    }
    return json.dumps(told, indent=1)
