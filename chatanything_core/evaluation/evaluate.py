"""Measure a painter, or another system, on the evaluation set."""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from ..atomic_write import atomic_write
from ..cluster import Pool, open_pool, work_through
from ..errors import EngineError
from ..progress import Tick, no_progress
from .measures.do_job import do_job
from .records import Job, Prompt, Result, Study, Trial
from .report.report_html import report_html
from .report.report_tables import report_csv, report_json
from .study_folder import StudyResults, open_study, read_results, thumbnail

HERE = Pool()
"""One process a core of this machine."""


@dataclass(frozen=True)
class Evaluation:
    """A study that was finished."""

    study: Study
    results: tuple[Result, ...]
    """In the order of runs and prompts."""
    files: tuple[Path, ...]
    """report.json, report.csv and report.html."""


def evaluate(
    study: Study,
    out: Path,
    *,
    pool: Pool = HERE,
    folder: Path | None = None,
    keep: bool = False,
    tick: Tick = no_progress,
) -> Evaluation:
    """Do what of the study is not done yet, and write its report.

    It may be stopped at any moment and goes on where it was.

    Args:
        out: Folder of the results and of the report.
        pool: Processes of this machine, or a Ray cluster.
        folder: Portraits and films of another system; None makes them here.
        keep: Whether portraits and films are kept, beside the small pictures of the report.

    Raises:
        InputError: `out` has another study, a number is out of range, or no cluster is there.
        MissingDependencyError: Ray is asked for and not installed.
        EngineError: a worker failed by something else than one of our errors.
    """
    open_study(out, study)
    trials = [Trial(run, prompt) for prompt in _in_turn(study.prompts) for run in study.runs]
    theirs, lean = folder.resolve() if folder else None, replace(study, prompts=())
    jobs = {trial.name: Job(lean, trial, theirs, keep) for trial in trials}
    crew = open_pool(pool, do_job, jobs)
    with closing(work_through(trials, crew, StudyResults(out), tick=tick)) as outcomes:
        for outcome in outcomes:
            if outcome.record is None:
                raise EngineError(f"A job failed: {outcome.error}")
    return write_report(study, out)


def write_report(study: Study, out: Path) -> Evaluation:
    """The report of what was measured so far.

    Raises:
        OutputError: the folder cannot be written to.
    """
    results = tuple(read_results(out, study))
    data = json.dumps(report_json(study, results), ensure_ascii=False, indent=1) + "\n"
    pictures = {
        (run.name, prompt.number): thumbnail(out, run, prompt)
        for run in study.runs
        for prompt in study.prompts
    }
    texts = {
        "report.json": data,
        "report.csv": report_csv(results),
        "report.html": report_html(study, results, pictures),
    }
    for name, text in texts.items():
        with atomic_write(out / name) as part:
            part.write_text(text, "utf-8")
    return Evaluation(study, results, tuple(out / name for name in texts))


def _in_turn(prompts: Sequence[Prompt]) -> list[Prompt]:
    """One of each category after the other, so that a part of a study stands for the whole."""
    seen: Counter[str] = Counter()
    turns: list[tuple[int, int, Prompt]] = []
    for prompt in prompts:
        turns.append((seen[prompt.category], len(turns), prompt))
        seen[prompt.category] += 1
    return [prompt for _, _, prompt in sorted(turns, key=lambda turn: turn[:2])]
