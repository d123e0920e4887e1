"""One folder for each result, which is there as a whole or not at all."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import OutputError
from .records import Made, Row

RECORD = "result.json"


class ResultFolders:
    """The folders of one list's results; a folder's `result.json` says what it came from.

    A result is written into a hidden folder beside its own and renamed when it is whole, so that
    whatever is killed leaves nothing half. A folder of the same name that came of something else
    is replaced in the same way.
    """

    def __init__(self, out: Path, jobs: Mapping[str, Any]) -> None:
        """`jobs` has all that each row's result depends on, as JSON, by the row's name."""
        self.out = out
        self._jobs = jobs

    def finished(self, row: Row) -> dict[str, Any] | None:
        """What `result.json` says when the row's result is there and came of its job."""
        try:
            record = json.loads((self.out / row.name / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        job = digest(self._jobs[row.name])
        return record if isinstance(record, dict) and record.get("job") == job else None

    def commit(self, row: Row, made: Made) -> dict[str, Any]:
        """Write a result, all at once; what its `result.json` holds.

        Raises:
            OutputError: the folder cannot be written.
        """
        record = {
            "name": row.name,
            "values": dict(row.values),
            **made.told,
            "files": sorted(made.files),
            "job": digest(self._jobs[row.name]),
        }
        folder, staging = self.out / row.name, self.out / f".making-{row.name}"
        check_place(folder)
        try:
            _write(staging, made.files, record)
            _replace(staging, folder)
        except OSError as error:
            raise OutputError(
                f"Cannot write {folder}: {error.strerror or error}. Choose another folder with "
                "--out."
            ) from error
        return record


def check_place(folder: Path) -> None:
    """Refuse to replace a folder that is no result.

    Raises:
        OutputError: it is there, and none.
    """
    if folder.exists() and not (folder / RECORD).is_file():
        raise OutputError(
            f"{folder} is there and no result of this program, so it is left alone. Choose "
            "another folder with --out."
        )


def digest(job: Any) -> str:
    """A short name of everything that a result depends on, as JSON."""
    text = json.dumps(job, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _write(staging: Path, files: Mapping[str, bytes], record: Mapping[str, Any]) -> None:
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    for name, content in files.items():
        (staging / name).write_bytes(content)
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    (staging / RECORD).write_text(text, encoding="utf-8")


def _replace(staging: Path, folder: Path) -> None:
    """Put one result in another's place; a folder can only be renamed to where none is."""
    old = folder.with_name(f".old-{folder.name}")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    staging.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
