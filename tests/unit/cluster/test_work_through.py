"""Rows and those who make them."""

import threading
import time
from collections import Counter
from contextlib import contextmanager, nullcontext

import pytest

from chatanything.batch import Made, ResultFolders, Row
from chatanything.cluster import work_through
from chatanything.errors import EngineError, InputError, WorkerLostError

ROWS = [Row(f"row{number}", number + 2, {"n": str(number)}) for number in range(20)]
JOBS = {row.name: dict(row.values) for row in ROWS}


class Counting:
    """Writes its row's number; lost at the rows that it is told, for a while or for good."""

    def __init__(self, name="one", *, lost_at=(), gone=False, ahead=False, seconds=0.002):
        self.name, self.ahead = name, ahead
        self.begun = []
        self.closed = False
        self._lost_at, self._gone, self._seconds = set(lost_at), gone, seconds

    def work(self, row, tick):
        self.begun.append(row.name)
        tick(0, 0)
        time.sleep(self._seconds)
        if row.name in self._lost_at:
            raise WorkerLostError(f"{self.name} is gone.")
        if row.values["n"] == "13" and row.values.get("bad"):
            raise InputError("Thirteen cannot be used.")
        return Made({"n.txt": row.values["n"].encode()})

    def revive(self, tick):
        while self._gone:
            tick(0, 0)
            time.sleep(0.01)

    def close(self):
        self.closed = True


def made(tmp_path, workers, rows=ROWS, **more):
    return list(work_through(rows, nullcontext(workers), ResultFolders(tmp_path, JOBS), **more))


def test_every_row_has_one_result_when_a_worker_dies(tmp_path):
    steady, dying = Counting("steady"), Counting("dying", lost_at={"row4", "row5"}, gone=True)
    outcomes = made(tmp_path, [dying, steady])
    assert Counter(outcome.task.name for outcome in outcomes) == {row.name: 1 for row in ROWS}
    assert all(outcome.record for outcome in outcomes)
    for row in ROWS:
        assert (tmp_path / row.name / "n.txt").read_text() == row.values["n"]


def test_what_is_there_is_not_made_again(tmp_path):
    made(tmp_path, [Counting()], ROWS[:8])
    again = Counting()
    outcomes = made(tmp_path, [again])
    assert sorted(again.begun) == sorted(row.name for row in ROWS[8:])
    assert [outcome.tries for outcome in outcomes[:8]] == [0] * 8
    assert len(outcomes) == 20


def test_a_row_that_takes_workers_with_it_fails_and_the_others_do_not(tmp_path):
    workers = [Counting(name, lost_at={"row7"}) for name in ("a", "b")]
    outcomes = {outcome.task.name: outcome for outcome in made(tmp_path, workers)}
    assert outcomes["row7"].record is None and outcomes["row7"].tries == 3
    assert "3 workers" in outcomes["row7"].error
    assert sum(outcome.record is not None for outcome in outcomes.values()) == 19
    assert sum(worker.begun.count("row7") for worker in workers) == 3


def test_a_row_that_cannot_be_made_is_tried_once(tmp_path):
    rows = [*ROWS[:3], Row("bad", 9, {"n": "13", "bad": "yes"})]
    jobs = JOBS | {"bad": {}}
    worker = Counting()
    outcomes = list(work_through(rows, nullcontext([worker]), ResultFolders(tmp_path, jobs)))
    (failed,) = [outcome for outcome in outcomes if outcome.record is None]
    assert failed.error == "Thirteen cannot be used."
    assert worker.begun.count("bad") == 1 and not (tmp_path / "bad").exists()


def test_without_any_worker_it_gives_up_and_says_why(tmp_path):
    lost = [Counting(name, lost_at=JOBS, gone=True) for name in ("a", "b")]
    with pytest.raises(
        EngineError, match=r"20 results are missing: [ab] is gone\.; [ab] is gone\."
    ):
        made(tmp_path, lost, patience=0.3)
    assert all(worker.closed for worker in lost)


def test_who_only_keeps_a_row_ready_leaves_the_last_to_who_is_idle(tmp_path):
    first, ahead = Counting("first", seconds=0.03), Counting("ahead", ahead=True, seconds=0.03)
    made(tmp_path, [first, ahead], ROWS[:10])
    assert ahead.begun
    assert first.begun[-1] == "row9"


def test_leaving_early_stops_every_worker(tmp_path):
    workers = [Counting(str(number)) for number in range(3)]
    outcomes = work_through(ROWS, nullcontext(workers), ResultFolders(tmp_path, JOBS))
    next(outcomes)
    outcomes.close()
    assert all(worker.closed for worker in workers)
    assert not [thread for thread in threading.enumerate() if thread.name in ("0", "1", "2")]


def test_a_result_that_cannot_be_written_ends_it(tmp_path):
    (tmp_path / "row3").mkdir()
    (tmp_path / "row3" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="left alone"):
        made(tmp_path, [Counting()])


def test_workers_are_fetched_only_when_there_is_work(tmp_path):
    made(tmp_path, [Counting()])

    @contextmanager
    def out_of_reach():
        raise InputError("No cluster answers.")
        yield

    folders = ResultFolders(tmp_path, JOBS)
    assert len(list(work_through(ROWS, out_of_reach(), folders))) == 20
    again = work_through(ROWS, out_of_reach(), ResultFolders(tmp_path / "new", JOBS))
    with pytest.raises(InputError, match="No cluster"):
        next(again)


def test_the_tick_counts_what_was_there_too_and_ends_all_work(tmp_path):
    made(tmp_path, [Counting()], ROWS[:8])
    told = []

    class CancelledError(Exception):
        pass

    def tick(done, total):
        told.append((done, total))
        if done == 12:
            raise CancelledError

    worker = Counting(seconds=0.02)
    with pytest.raises(CancelledError):
        made(tmp_path, [worker], tick=tick)
    assert (told[0], told[-1]) == ((8, 20), (12, 20))
    assert worker.closed and len(worker.begun) < 12
