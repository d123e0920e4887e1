"""Paint, look for a face, guide more firmly, paint again.

Both levers are strong. On our own model a ControlNet brings a face in 68 % of the pictures at scale .1
and in all of them from .3; more scale then buys place: corners are off by .030 eye distances at .3 and
by .021 at 1. A reference with a face, painted over at strength .9, .8 and .6, leaves 0, 6 and 8 of 8
faces. So the scale climbs first, since it costs the thing nothing, and the strength follows. Each try
has noise of its own, since the same noise fails the same way. The words are never touched: what the
user typed is what is painted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import EngineError
from ..landmarks import GOOD, POOR, Face, FaceGuide
from ..progress import Tick
from ..ranges import ranges_of
from ..seeding import MAX_SEED, generator
from .base import TRIES, PaintJob

_SCALE = ranges_of(FaceGuide)["strength"]

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class GuidanceStep:
    """What one try changes of what was asked for."""

    control: float
    """Factor on the guide's strength; the product stays in the strength's range."""
    strength: float
    """Added to the start's strength, towards the reference when that has a face, else away."""
    window: float
    """Least end of the guide's window."""


RUNGS = (
    GuidanceStep(1.0, 0.00, 0.0),
    GuidanceStep(1.3, 0.00, 0.0),
    GuidanceStep(1.6, 0.00, 0.0),
    GuidanceStep(1.6, 0.10, 0.9),
    GuidanceStep(1.6, 0.20, 1.0),
    GuidanceStep(2.0, 0.20, 1.0),
    GuidanceStep(2.0, 0.30, 1.0),
    GuidanceStep(2.0, 0.40, 1.0),
)


@dataclass(frozen=True)
class Attempt:
    """What is to be tried."""

    seed: int
    scale: float
    """Conditioning scale of the ControlNet."""
    window: tuple[float, float]
    strength: float | None
    """Strength of the start; None without one, or when it stays what it was."""


@dataclass(frozen=True, eq=False)
class RetryResult:
    """The best of all tries."""

    image: Picture
    face: Face
    attempt: Attempt
    tries: tuple[dict[str, Any], ...] = field(default=())
    """Every try in words and numbers, in order."""


def retry_until_face(
    job: PaintJob,
    paint: Callable[[Attempt, Tick], Picture],
    judge: Callable[[Picture, Attempt], Face],
    *,
    faced: bool,
    judged: bool = True,
    tick: Tick,
) -> RetryResult:
    """Try until a good face is found; keep the best.

    Args:
        paint: Paints one attempt.
        judge: Finds the face of a picture that an attempt painted.
        faced: True when the reference of the start shows a face.
        judged: False when no detector is there to tell a good try from a bad one: then there is
            one try, and its face is the guide's or a placed one.
        tick: Counts the steps of all tries that may come; may raise, which ends the climb.

    Raises:
        InputError: a number of tries out of range.
        EngineError: no try had a face and the job is strict.
    """
    best: RetryResult | None = None
    tries: list[dict[str, Any]] = []
    most, totals = _tries(job, judged), [0]
    for number in range(most):
        attempt = plan_steps(job, number, faced=faced)
        image = paint(attempt, _part(tick, number, most, totals))
        face = judge(image, attempt)
        tries.append(_told(attempt, face))
        if best is None or _rank(face) > _rank(best.face):
            best = RetryResult(image, face, attempt)
        if _good(face):
            break
    tick(totals[-1], totals[-1])
    assert best is not None
    if job.strict and not _good(best.face):
        raise _no_face(len(tries), best.face)
    return replace(best, tries=tuple(tries))


def _no_face(tries: int, best: Face) -> EngineError:
    return EngineError(
        f"None of {tries} tries has a face that can be animated (best: {best.origin}, "
        f"{best.score:.2f}). Raise the guide's strength, choose another expert or seed, or switch "
        "`strict` off to take the best one."
    )


def plan_steps(job: PaintJob, number: int, *, faced: bool) -> Attempt:
    """Attempt `number`, counted from 0."""
    rung = RUNGS[number]
    own = job.guide.strength if job.guide else 0.0
    begin, end = job.window
    return Attempt(
        seed=job.seed if number == 0 else int(_fresh(job.seed, number)),
        scale=min(own * rung.control, max(own, _SCALE.high)),
        window=(begin, max(end, rung.window)),
        strength=_strength(job, rung, faced),
    )


def _tries(job: PaintJob, judged: bool) -> int:
    TRIES.check("The number of tries", job.tries)
    return job.tries if judged else 1


def _fresh(seed: int, number: int) -> int:
    return int(generator(seed, "try", str(number)).integers(MAX_SEED))


def _strength(job: PaintJob, rung: GuidanceStep, faced: bool) -> float | None:
    if job.start is None or rung.strength == 0.0 or job.start.strength in (0.0, 1.0):
        return None
    shift = -rung.strength if faced else rung.strength
    return round(min(max(job.start.strength + shift, 0.05), 0.95), 6)


def _rank(face: Face) -> tuple[bool, float]:
    seen = face.origin in ("known", "detected") and face.score >= POOR
    return seen or _good(face), face.score


def _good(face: Face) -> bool:
    return face.origin != "placed" and face.score >= GOOD


def _part(tick: Tick, number: int, tries: int, totals: list[int]) -> Tick:
    def part(done: int, total: int) -> None:
        totals.append(tries * total)
        tick(number * total + done, tries * total)

    return part


def _told(attempt: Attempt, face: Face) -> dict[str, Any]:
    told: dict[str, Any] = {"seed": attempt.seed, "control scale": round(attempt.scale, 3)}
    told["guided until"] = attempt.window[1]
    if attempt.strength is not None:
        told["strength"] = attempt.strength
    return told | {"face": face.origin, "score": round(face.score, 3)}
