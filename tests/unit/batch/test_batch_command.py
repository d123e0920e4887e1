"""`chatanything batch` as a user meets it: real processes that are really killed."""

import filecmp
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
OWN_RAY = {"RAY_AUTH_MODE": "disabled", "RAY_USAGE_STATS_ENABLED": "0"}
"""Whatever this user has set up for clusters of their own."""
GET_RAY = (
    "run `pip install -e '.[dev,ray]'` in a virtual environment, and that environment's pytest"
)
LIST = "concept,seed,text\nshy pear,1,One.\nold lamp,2,Two.\ngrumpy owl,3,Three.\n"


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def batch(folder, *words):
    environment = {**os.environ, **OWN_RAY, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "chatanything_core", "batch", *map(str, words)]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finished(process):
    out, err = process.communicate(timeout=840)
    return process.returncode, [json.loads(line) for line in out.splitlines()], err


def write(folder, text=LIST):
    (folder / "list.csv").write_text(text, encoding="utf-8")
    return folder


def same(one, two):
    names = names_in(one)
    assert names == names_in(two)
    for name in names:
        files = names_in(one / name)
        assert files == names_in(two / name)
        _, differ, odd = filecmp.cmpfiles(one / name, two / name, files, shallow=False)
        assert not differ and not odd


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("concept,colour\nowl,red\n", "unknown column 'colour'"),
        ("concept,seed\nowl,many\n", "seed is 'many'"),
        ("text\nhello\n", "no concept"),
        ("concept,painter\nowl,nobody\n", "Unknown"),
    ],
)
def test_a_row_that_cannot_be_made_is_refused_before_any_work(tmp_path, text, said):
    code, lines, error = finished(batch(write(tmp_path, text), "list.csv"))
    assert code == 2 and not lines
    assert "Line 2" in error and said in error
    assert not (tmp_path / "out").exists()


def title(pid):
    """What a process calls itself; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def below(pid):
    """All processes that this one has started, and those that they have."""
    try:
        tasks = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return
    for child in " ".join(tasks).split():
        yield int(child)
        yield from below(int(child))


def children(process):
    """Processes that do the jobs of this one."""
    return [pid for pid in below(process.pid) if b"answer_jobs" in title(pid)]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds its children in /proc")
def test_a_killed_worker_changes_no_byte(tmp_path):
    whole = batch(write(tmp_path), "list.csv", "--set", "size=256", "--out", "one", "--workers", 1)
    code, lines, error = finished(whole)
    assert code == 0, error
    assert [line["tries"] for line in lines] == [1, 1, 1]
    hurt = batch(tmp_path, "list.csv", "--set", "size=256", "--out", "two", "--workers", 2)
    while len(found := children(hurt)) < 2:
        assert hurt.poll() is None
        time.sleep(0.05)
    time.sleep(1)
    os.kill(found[0], signal.SIGKILL)
    code, lines, error = finished(hurt)
    assert code == 0, error
    assert sorted(line["tries"] for line in lines) == [1, 1, 2]
    same(tmp_path / "one", tmp_path / "two")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_it_goes_on_where_it_was_stopped(tmp_path):
    stopped = batch(write(tmp_path), "list.csv", "--set", "size=256", "--workers", 1)
    assert stopped.stdout.readline()
    stopped.kill()
    finished(stopped)
    done = set(names_in(tmp_path / "out" / "list"))
    assert 1 <= len(done) < 3
    code, lines, error = finished(batch(tmp_path, "list.csv", "--set", "size=256"))
    assert code == 0, error
    assert {line["name"] for line in lines if not line["tries"]} == done
    assert sorted(line["name"] for line in lines) == ["grumpy-owl", "old-lamp", "shy-pear"]


@pytest.fixture
def cluster():
    """Address of a cluster of two workers, and the process that holds it."""
    pytest.importorskip("ray", reason=f"no Ray in {sys.prefix}: {GET_RAY}")
    tool = Path(sys.executable).with_name("ray")
    if not tool.exists():
        pytest.skip(f"no program `ray` beside {sys.executable}: {GET_RAY}")
    place = Path(tempfile.mkdtemp(prefix="ray-"))  # short: sockets lie in it
    environment = {**os.environ, **OWN_RAY, "PYTHONPATH": str(ROOT)}
    head = ["--head", "--port=0", "--num-cpus=2", "--include-dashboard=false", "--block"]
    size = ["--object-store-memory=80000000", f"--temp-dir={place}"]
    with subprocess.Popen([tool, "start", *head, *size], env=environment) as process:
        found = place / "ray_current_cluster"
        for _ in range(600):
            if found.exists() or process.poll() is not None:
                break
            time.sleep(0.1)
        yield found.read_text().strip(), process
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    shutil.rmtree(place, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds a worker in /proc")
def test_a_ray_cluster_that_loses_a_worker_makes_the_same_files(tmp_path, cluster):
    address, head = cluster
    settings = ("list.csv", "--set", "size=256")
    here = batch(write(tmp_path), *settings, "--out", "here")
    assert finished(here)[0] == 0
    there = batch(tmp_path, *settings, "--out", "there", "--ray", address)
    while not (busy := [pid for pid in below(head.pid) if title(pid).startswith(b"ray::do")]):
        assert there.poll() is None
        time.sleep(0.05)
    os.kill(busy[0], signal.SIGKILL)
    code, lines, error = finished(there)
    assert code == 0, error
    assert {line["worker"] for line in lines} <= {"ray 1", "ray 2"}
    assert sorted(line["tries"] for line in lines) == [1, 1, 2]
    same(tmp_path / "here", tmp_path / "there")
