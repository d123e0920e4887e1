"""Results appear in one step, and what killed runs left goes away."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chatanything import atomic_write as module
from chatanything.atomic_write import atomic_write, move_in, remove_abandoned, staging_folder
from chatanything.errors import OutputError

ROOT = Path(__file__).resolve().parents[3]
posix = pytest.mark.skipif(os.name == "nt", reason="Windows knows neither /proc nor these signals")


def write(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)


def held(folder):
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(params=["exchange", "two renames"])
def way(request, monkeypatch):
    """Both ways of putting a folder in another's place."""
    if request.param == "two renames":
        monkeypatch.setattr(module.sys, "platform", "other")


@pytest.mark.usefixtures("way")
def test_a_folder_is_replaced_whole_and_keeps_what_else_is_in_it(tmp_path):
    out = tmp_path / "out"
    write(out, a="old", b="old", notes="mine")
    write(out / "sub", deep="mine")
    with staging_folder(out) as staging:
        write(staging, a="new", b="new")
        move_in(staging, out)
    assert held(out) == {"a": "new", "b": "new", "notes": "mine"}
    assert held(out / "sub") == {"deep": "mine"}
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_in_the_place_of_a_file_is_refused_before_anything_moves(tmp_path):
    out = tmp_path / "out"
    write(out, a="old")
    (out / "b").mkdir()
    with staging_folder(out) as staging, pytest.raises(OutputError, match="b is a folder"):
        write(staging, a="new", b="new")
        move_in(staging, out)
    assert held(out) == {"a": "old"} and list(tmp_path.iterdir()) == [out]


def test_the_current_folder_stays_the_current_folder(tmp_path, monkeypatch):
    write(tmp_path / "here", a="old")
    monkeypatch.chdir(tmp_path / "here")
    with staging_folder(Path()) as staging:
        assert staging.parent == Path.cwd(), "what is above may be somebody else's"
        write(staging, a="new")
        move_in(staging, Path())
    assert Path("a").read_text() == "new" and Path.cwd().stat().st_ino == (
        (tmp_path / "here").stat().st_ino
    )


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    write(tmp_path / "real", a="old")
    link = tmp_path / "link"
    try:
        link.symlink_to(tmp_path / "real", target_is_directory=True)
    except OSError:
        pytest.skip("no links for this user")
    with staging_folder(link) as staging:
        write(staging, a="new")
        move_in(staging, link)
    assert link.is_symlink() and held(tmp_path / "real") == {"a": "new"}


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import conftest
from chatanything import atomic_write as module
if sys.argv[4] == "plain":
    module.sys.platform = "other"
left = int(sys.argv[3])

def count(event, args):
    global left
    if event in ("os.rename", "os.link", "os.remove", "shutil.rmtree", "ctypes.dlsym", "os.rmdir"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

out = Path(sys.argv[2])
with module.staging_folder(out) as staging:
    for name in ("a", "b", "c"):
        (staging / name).write_text("new")
    sys.addaudithook(count)
    module.move_in(staging, out)
"""


@posix
@pytest.mark.parametrize("kind", ["linux", "plain"])
def test_a_kill_at_any_step_leaves_the_old_or_the_new(kind, tmp_path):
    """Every call that changes a folder is the last one once."""
    for step in range(40):
        out = tmp_path / str(step) / "out"
        write(out, a="old", b="old", c="old", notes="mine")
        words = [str(ROOT / "tests"), str(out), str(step), kind]
        done = subprocess.run([sys.executable, "-c", KILLED, *words], check=False)
        if out.exists():
            texts = held(out)
            assert texts.pop("notes") == "mine", step
            assert set(texts) == {"a", "b", "c"} and len(set(texts.values())) == 1, step
        else:
            assert kind == "plain"
        with staging_folder(out):
            pass
        assert list(out.parent.iterdir()) == [out], step
        assert held(out)["notes"] == "mine", step
        if not done.returncode:
            break
    else:
        raise AssertionError("it never came to its end")
    assert step >= 2


@posix
def test_what_a_dead_process_left_is_removed_and_a_living_ones_is_not(tmp_path):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    theirs = f".making-{dead.pid}-{module._host()}abcdef"
    write(tmp_path / theirs, video="half")
    (tmp_path / f".film-{dead.pid}-{module._host()}abcdef.mp4").write_text("half")
    (tmp_path / ".hidden").write_text("mine")
    with staging_folder(tmp_path / "x") as staging:
        remove_abandoned(tmp_path)
        assert sorted(p.name for p in tmp_path.iterdir()) == sorted([".hidden", staging.name])


def test_another_machines_work_is_left_alone_for_a_day(tmp_path):
    other = tmp_path / ".making-999999999-0000abcdef"
    assert module._host() != "0000", socket.gethostname()
    write(other, video="half")
    remove_abandoned(tmp_path)
    assert other.exists()
    long_ago = time.time() - 2 * module.ABANDONED
    os.utime(other, (long_ago, long_ago))
    remove_abandoned(tmp_path)
    assert not other.exists()


def test_a_failed_file_leaves_the_old_one(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic_write(path) as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == [path] and path.read_text() == "old"


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_clean_up(number, tmp_path):
    words = "We go on and on and on about the sea. " * 80
    command = ["create", "sleepy lighthouse", "--text", words, "--size", "256"]
    process = subprocess.Popen(
        [sys.executable, "-m", "chatanything_core", *command, "--out", str(tmp_path / "out")],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        # What started the tests may ignore it, as nohup does; children would, too.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob(".making-*/.video-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number, said
    assert "Stopped" in said and "Traceback" not in said
    assert list(tmp_path.iterdir()) == []
