"""A study is the same however it is done: at once, in parts, by workers that die, on Ray."""

import csv
import json
import os
import re
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from chatanything.cluster import Pool
from chatanything.errors import InputError
from chatanything.evaluation import (
    evaluate,
    evaluation_set,
    folder_study,
    preset_study,
    report_markdown,
)


def report(out):
    """The report, without what depends on the machine."""
    whole = json.loads((out / "report.json").read_text())
    return {name: part for name, part in whole.items() if name not in ("machine", "cost")}


def children():
    """Processes that this one has started."""
    mine = Path(f"/proc/{os.getpid()}/task")
    return [int(pid) for task in mine.iterdir() for pid in (task / "children").read_text().split()]


def test_the_set_has_400_prompts_in_the_papers_form_and_100_hard_ones():
    groups = evaluation_set()
    paper = [prompt.category for prompt in groups["paper"]]
    assert {paper.count(name) for name in paper} == {50} and len(set(paper)) == 8
    every = [*groups["paper"], *groups["hard"]]
    assert len({prompt.text.casefold() for prompt in every}) == len(every) == 500
    assert [prompt.number for prompt in every] == list(range(500))


def test_presets_are_what_they_promise(judge):
    quick, paper, full = (
        preset_study(name, judges=(judge,)) for name in ("quick", "paper", "full")
    )
    assert (len(paper.prompts), len(full.prompts)) == (400, 500)
    assert {prompt.category for prompt in quick.prompts} == {p.category for p in full.prompts}
    assert [run.name for run in paper.runs] == ["prompt only", "guided", "own face"]
    assert any(run.inverted for run in full.runs)


@pytest.mark.parametrize(
    "wrong",
    [{"preset": "slow"}, {"preset": "quick", "runs": ("lucky",)}],
    ids=["preset", "run"],
)
def test_unknown_names_are_refused(wrong, judge):
    with pytest.raises(InputError, match="Choose"):
        preset_study(judges=(judge,), **wrong)


def test_guidance_is_worth_something_and_the_report_says_so(study, tmp_path):
    done = evaluate(study, tmp_path, pool=Pool(2))
    assert [path.name for path in done.files] == ["report.json", "report.csv", "report.html"]
    guided = [result for result in done.results if result.run == "guided"]
    assert all(result.looks["blazeface"].found for result in guided)
    assert all(result.looks["blazeface"].corner_error < 0.1 for result in guided)
    assert all(result.cost["portrait"] > 0 for result in done.results)
    lines = list(csv.DictReader((tmp_path / "report.csv").read_text().splitlines()))
    assert len(lines) == 4 and lines[0]["prompt"] == "grumpy teapot"
    page = (tmp_path / "report.html").read_text()
    assert page.count("data:image/jpeg") == 4
    assert not re.search(r"(src|href)=.?(https?:)?//|<script", page)
    assert "| all | 2 |" in report_markdown(done.results)


def test_a_study_goes_on_where_it_was_stopped(study, tmp_path):
    whole = tmp_path / "whole"
    evaluate(study, whole, pool=Pool(1))

    class StoppedError(Exception):
        pass

    def stop(done, total):
        if done == 2:
            raise StoppedError

    parts = tmp_path / "parts"
    with pytest.raises(StoppedError):
        evaluate(study, parts, pool=Pool(1), tick=stop)
    first = sorted((parts / "results").rglob("*.json"))
    assert 1 <= len(first) < 4
    before = [path.stat().st_mtime_ns for path in first]
    evaluate(study, parts, pool=Pool(1))
    assert [path.stat().st_mtime_ns for path in first] == before
    assert report(parts) == report(whole)


def test_a_damaged_result_is_measured_again(study, tmp_path):
    evaluate(study, tmp_path, pool=Pool(1))
    was = report(tmp_path)
    next((tmp_path / "results").rglob("*.json")).write_text("{")
    evaluate(study, tmp_path, pool=Pool(1))
    assert report(tmp_path) == was


def test_a_folder_keeps_one_study(study, tmp_path):
    evaluate(replace(study, prompts=()), tmp_path)
    with pytest.raises(InputError, match="another study"):
        evaluate(study, tmp_path)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds its children in /proc")
def test_a_killed_worker_loses_nothing(study, tmp_path):
    evaluate(study, tmp_path / "whole", pool=Pool(1))
    killed = []

    def kill():
        before = set(children())
        while not killed:
            for pid in set(children()) - before:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
            time.sleep(0.05)

    murderer = threading.Thread(target=kill)
    murderer.start()
    evaluate(study, tmp_path / "parts", pool=Pool(2))
    murderer.join()
    assert killed
    assert report(tmp_path / "parts") == report(tmp_path / "whole")


def test_a_film_is_seen_to_talk(filmed, tmp_path):
    done = evaluate(filmed, tmp_path, pool=Pool(1), keep=True)
    (result,) = done.results
    assert result.film.moves and result.film.found > 0.9 and result.film.identity > 0.7
    assert result.voice.pitch_error < 3
    kept = {path.suffix: path for path in (tmp_path / "results" / "guided").iterdir()}
    assert b"digitalsourcetype/algorithmicMedia" in kept[".png"].read_bytes()
    assert set(kept) == {
        ".jpg",
        ".json",
        ".mp4",
        ".png",
    }


def test_a_refused_prompt_is_a_result(study, tmp_path):
    bad = replace(study.prompts[0], text="@")
    done = evaluate(replace(study, prompts=(bad,), runs=study.runs[:1]), tmp_path, pool=Pool(1))
    assert "no letter" in done.results[0].error
    assert done.results[0].looks == {}


def test_another_system_is_measured_from_its_folder(other_system, judge, tmp_path):
    study = folder_study(other_system, (judge,))
    done = evaluate(study, tmp_path / "out", folder=other_system, pool=Pool(1))
    good, lost = done.results
    assert good.run == "Others 2" and good.looks[judge].found
    assert good.looks[judge].guide_error < 0.06
    assert "none.png" in lost.error


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/passwd", "C:\\secret.png", "a\\..\\..\\secret.png", "..\\x.png"]
)
def test_a_manifest_names_nothing_outside_its_folder(name, other_system, judge, tmp_path):
    (tmp_path / "secret.png").write_bytes((other_system / "one.png").read_bytes())
    manifest = {"system": "x", "entries": [{"prompt": "a", "portrait": name}]}
    (other_system / "manifest.json").write_text(json.dumps(manifest))
    study = folder_study(other_system, (judge,))
    done = evaluate(study, tmp_path / "out", folder=other_system, pool=Pool(1))
    assert "outside" in done.results[0].error


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"system": "a"}', '{"system": "a", "entries": [1]}', "[" * 100_000]
)
def test_a_wrong_manifest_is_refused(text, judge, tmp_path):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(InputError, match="manifest"):
        folder_study(tmp_path, (judge,))


@pytest.mark.slow
def test_ray_gives_the_same_and_survives_a_killed_worker(study, tmp_path):
    told = "no Ray: run `pip install -e '.[dev,ray]'` in a virtual environment, and its pytest"
    ray = pytest.importorskip("ray", reason=told)
    evaluate(study, tmp_path / "here", pool=Pool(1))
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        killed = []

        def kill(done, total):
            if not killed:
                killed.extend(_kill_a_ray_worker())

        evaluate(study, tmp_path / "there", pool=Pool(2, "local"), tick=kill)
        assert killed
    finally:
        ray.shutdown()
    assert report(tmp_path / "there") == report(tmp_path / "here")


def _kill_a_ray_worker():
    """Kill one process that has a job of ours."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (entry / "cmdline").read_bytes().startswith(b"ray::do"):
            os.kill(int(entry.name), signal.SIGKILL)
            return [int(entry.name)]
    return []
