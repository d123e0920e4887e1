"""The folder of a study: what was measured so far, a file a prompt, so that it can go on."""

import base64
import json
import re
from pathlib import Path
from typing import Any

from ..atomic_write import atomic_write, remove_abandoned
from ..errors import InputError
from .records import Prompt, Result, Run, Study, Trial
from .results_json import result_from_json, result_to_json, study_from_json, study_to_json

STUDY = "study.json"
_PICTURES = ("jpg", "png", "mp4", "webm", "mov", "gif", "webp")


def open_study(out: Path, study: Study) -> None:
    """Write the study down, or check that the folder is of the same one.

    Raises:
        InputError: the folder has another study.
    """
    for run in study.runs:
        remove_abandoned(result_path(out, run, Prompt(0, "", "")).parent)
    path = out / STUDY
    if not path.exists():
        with atomic_write(path) as part:
            part.write_text(_json(study_to_json(study)), "utf-8")
    elif read_study(out) != study:
        raise InputError(
            f"{out} has another study: other prompts, runs, judges or settings. Choose another "
            "folder with --out, or delete this one."
        )


def read_study(out: Path) -> Study:
    """The study that a folder is of.

    Raises:
        InputError: none, or one that cannot be read.
    """
    return study_from_json(_read(out / STUDY))


def read_results(out: Path, study: Study) -> list[Result]:
    """What was measured so far, in the order of runs and prompts; damaged files are left out."""
    kept = StudyResults(out)
    found = (kept.finished(Trial(run, prompt)) for run in study.runs for prompt in study.prompts)
    return [result for result in found if result is not None]


class StudyResults:
    """The results in a study's folder, a file each."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def finished(self, trial: Trial) -> Result | None:
        """What was measured; None when it was not, or its file is damaged."""
        try:
            return result_from_json(_read(result_path(self._out, trial.run, trial.prompt)))
        except InputError:
            return None

    def commit(self, trial: Trial, answer: dict[str, Any]) -> Result:
        """Write what a worker answered: its pictures first, so that no result is without them.

        Raises:
            OutputError: the folder cannot be written to.
        """
        path = result_path(self._out, trial.run, trial.prompt)
        for suffix, data in answer["files"].items():
            if suffix in _PICTURES:
                with atomic_write(path.with_suffix(f".{suffix}")) as part:
                    part.write_bytes(base64.b64decode(data))
        result = result_from_json(answer["result"])
        with atomic_write(path) as part:
            part.write_text(_json(result_to_json(result)), "utf-8")
        return result


def result_path(out: Path, run: Run, prompt: Prompt) -> Path:
    """Where the result of a prompt is."""
    name = re.sub(r"\W+", "-", run.name.casefold()).strip("-")[:60] or "run"
    return out / "results" / name / f"{prompt.number:05}.json"


def thumbnail(out: Path, run: Run, prompt: Prompt) -> bytes:
    """The small JPEG of a portrait; empty when none was made."""
    try:
        return result_path(out, run, prompt).with_suffix(".jpg").read_bytes()
    except OSError:
        return b""


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path} cannot be read ({str(error)[:200]}).") from error


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
