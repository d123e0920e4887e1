"""Measure a painter, or another system, on the evaluation set."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..atomic_write import atomic_write
from ..cluster import Pool, run_jobs
from ..progress import Tick, no_progress
from .records import Prompt, Result, Run, Study
from .report.report_html import report_html
from .report.report_tables import report_csv, report_json
from .results_json import study_to_json
from .study_folder import open_study, read_results, store_answer, thumbnail

HERE = Pool()
"""One process a core of this machine."""
TARGET = "evaluation.measures.do_job:do_job"


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
        InputError: `out` has another study, or a number is out of range.
        MissingDependencyError: Ray is asked for and not installed.
        EngineError: a worker failed by something else than one of our errors.
    """
    open_study(out, study)
    done = {(result.run, result.number) for result in read_results(out, study)}
    left = [
        (run, prompt)
        for prompt in _in_turn(study.prompts)
        for run in study.runs
        if (run.name, prompt.number) not in done
    ]
    _work(study, left, out, pool, folder, keep, _counted(tick, len(done), len(left)))
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


def _work(
    study: Study,
    left: Sequence[tuple[Run, Prompt]],
    out: Path,
    pool: Pool,
    folder: Path | None,
    keep: bool,
    tick: Tick,
) -> None:
    """Have the jobs done, and write down each answer as it comes."""
    plain = study_to_json(study)
    one_of = {one["number"]: [one] for one in plain["prompts"]}
    words = {"folder": str(folder.resolve()) if folder else "", "keep": keep}
    jobs = [
        {
            "study": plain | {"prompts": one_of[prompt.number]},
            "run": run.name,
            "number": prompt.number,
            **words,
        }
        for run, prompt in left
    ]
    for index, answer in run_jobs(TARGET, jobs, pool, tick=tick):
        store_answer(out, *left[index], answer)


def _in_turn(prompts: Sequence[Prompt]) -> list[Prompt]:
    """One of each category after the other, so that a part of a study stands for the whole."""
    seen: Counter[str] = Counter()
    turns: list[tuple[int, int, Prompt]] = []
    for prompt in prompts:
        turns.append((seen[prompt.category], len(turns), prompt))
        seen[prompt.category] += 1
    return [prompt for _, _, prompt in sorted(turns, key=lambda turn: turn[:2])]


def _counted(tick: Tick, before: int, left: int) -> Tick:
    """A tick that counts what was done before as well."""
    return lambda done, total: tick(before + done, before + left)
