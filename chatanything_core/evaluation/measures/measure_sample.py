"""What judges see on a portrait and in its film."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ...landmarks import Detector, detectors, score_face
from ...progress import Tick, no_progress
from ..records import FilmLook, Look
from .look_at_film import look_at_film
from .look_at_portrait import faces_seen, look_at_portrait
from .sample import Sample


@dataclass(frozen=True)
class Measured:
    """The figures of one sample."""

    looks: dict[str, Look]
    """By judge."""
    animatability: float | None
    """In [0, 1]; None when nobody knows of a face."""
    film: FilmLook | None
    """None when there is no film."""


def measure_sample(sample: Sample, judges: Sequence[str], tick: Tick = no_progress) -> Measured:
    """Have face detectors look at a portrait; the first also looks at the film, frame by frame.

    Raises:
        InputError: no film that can be read.
        MissingDependencyError, MissingModelError: a judge lacks something.
    """
    seen = {name: faces_seen(sample.image, _judge(name)) for name in judges}
    looks = {
        name: look_at_portrait(faces, sample.face, sample.guide) for name, faces in seen.items()
    }
    first = judges[0]
    face = sample.face or (seen[first][0] if seen[first] else None)
    judge = _judge(first) if seen[first] else None
    film = None
    if sample.film:
        film = look_at_film(sample.film, sample.image, face, judge, tick)
    fit = score_face(sample.image, face).score if face is not None else None
    return Measured(looks, fit, film)


@cache
def _judge(name: str) -> Detector:
    """A detector, loaded once in each process."""
    return detectors.create(name)
