"""`chatanything evaluate`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from . import options
from .output import Json, Seed, progress, reported, show, show_json

Preset = Annotated[
    str, typer.Option(help="quick (28 prompts), paper (400 prompts) or full (all 500).")
]
Runs = Annotated[
    str,
    typer.Option(
        help="Of: prompt only, guided, inverted, guided and inverted, own face; with commas.",
        show_default="the preset's",
    ),
]
Judge = Annotated[
    str, typer.Option(help="Face detectors, with commas.", show_default="the first that is ready")
]
Folder = Annotated[
    Path | None,
    typer.Option(help="Portraits and films of another system, with a manifest.json."),
]
Films = Annotated[bool, typer.Option(help="Film every portrait talking.")]
Keep = Annotated[bool, typer.Option(help="Keep portraits and films.")]
Workers = Annotated[int, typer.Option(help="Processes at a time; 0: one a core.")]
Ray = Annotated[
    str | None,
    typer.Option(metavar="HOST:PORT|local", help="Work on a Ray cluster, or start one here."),
]
Report = Annotated[Path, typer.Option(help="Folder of results and report.")]


@reported
def evaluate(
    preset: Preset = "quick",
    painter: options.Painter = "",
    expert: options.Expert = "",
    runs: Runs = "",
    judge: Judge = "",
    folder: Folder = None,
    films: Films = True,
    keep: Keep = False,
    workers: Workers = 0,
    ray: Ray = None,
    seed: Seed = 0,
    size: options.Size = 512,
    voice: options.Voice = "",
    head: options.Head = "",
    out: Report = Path("out/evaluation"),
    as_json: Json = False,
) -> None:
    """Measure faces found, landmarks, lip sync, voices and times on 400 prompts and 100 hard ones.

    It can be stopped at any moment; the same command goes on.
    """
    words = {"painter": painter, "expert": expert, "runs": _named(runs), "films": films}
    words |= {"seed": seed, "size": size, "voice": voice, "head": head}
    _measure(preset, words, _named(judge), folder, keep, (workers, ray), out, as_json)


def _measure(
    preset: str,
    words: dict[str, Any],
    judges: tuple[str, ...],
    folder: Path | None,
    keep: bool,
    pool: tuple[int, str | None],
    out: Path,
    as_json: bool,
) -> None:
    from ..cluster import Pool
    from ..evaluation import evaluate as measured
    from ..evaluation import folder_study, preset_study, ready_judges, report_markdown

    if folder is not None:
        study = folder_study(folder, ready_judges(judges))
    else:
        study = preset_study(preset, judges=judges, **words)
    with progress(quiet=as_json) as watch:
        tick = watch("prompts")
        done = measured(study, out, pool=Pool(*pool), folder=folder, keep=keep, tick=tick)
    if as_json:
        show_json({"files": [str(path) for path in done.files], "results": len(done.results)})
        return
    show(report_markdown(done.results))
    for path in done.files:
        show(f"  {path}")


def _named(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
