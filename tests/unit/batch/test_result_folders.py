"""Results are there as a whole or not at all."""

import json
import multiprocessing
import os
import time

import pytest

from chatanything.batch import Made, ResultFolders, Row
from chatanything.errors import OutputError

ROW = Row("owl", 2, {"concept": "owl"})
JOB = {"concept": "owl"}


def folders_for(out, job):
    return ResultFolders(out, {ROW.name: job})


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_result_is_known_by_what_it_came_of(tmp_path):
    folders = folders_for(tmp_path, JOB)
    assert folders.finished(ROW) is None
    record = folders.commit(ROW, Made({"a.txt": b"a"}, {"persona": "Ada"}))
    assert folders.finished(ROW) == record
    assert folders_for(tmp_path, {"concept": "fox"}).finished(ROW) is None
    assert json.loads((tmp_path / "owl" / "result.json").read_text())["persona"] == "Ada"


def test_a_result_replaces_that_of_another_job_as_a_whole(tmp_path):
    folders_for(tmp_path, JOB).commit(ROW, Made({"old.txt": b"old"}))
    folders_for(tmp_path, {"concept": "fox"}).commit(ROW, Made({"new.txt": b"new"}))
    assert names_in(tmp_path / "owl") == ["new.txt", "result.json"]
    assert names_in(tmp_path) == ["owl"]


def test_a_folder_that_is_no_result_is_left_alone(tmp_path):
    (tmp_path / "owl").mkdir()
    (tmp_path / "owl" / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="left alone"):
        folders_for(tmp_path, JOB).commit(ROW, Made({"a.txt": b"a"}))
    assert names_in(tmp_path / "owl") == ["thesis.txt"]


def _commit_for_ever(folder):
    files = {f"{number}.bin": bytes(200_000) for number in range(40)}
    for number in range(10_000):
        folders_for(folder, {"run": number}).commit(ROW, Made(files))


def test_killed_at_any_moment_no_folder_is_half_written(tmp_path):
    context = multiprocessing.get_context("fork" if os.name == "posix" else "spawn")
    for number in range(6):
        writer = context.Process(target=_commit_for_ever, args=(tmp_path,))
        writer.start()
        time.sleep(0.05 + 0.03 * number)
        writer.kill()
        writer.join()
        if (tmp_path / "owl").exists():
            assert len(names_in(tmp_path / "owl")) == 41
    folders_for(tmp_path, JOB).commit(ROW, Made({"a.txt": b"a"}))
    assert names_in(tmp_path) == ["owl"]
