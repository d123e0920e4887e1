"""Closed, full and foreign streams, and signals before anything has begun, are no tracebacks."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
posix = pytest.mark.skipif(os.name == "nt", reason="a shell's redirections")


def shell(words, folder, **environment):
    """Run the command line with a shell's redirections."""
    line = f'"{sys.executable}" -m chatanything_core {words}'
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@posix
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("chat teapot --user Ann <&-", 0),
        ("engines >&-", 0),
        ("engines 2>&-", 0),
        ("engines >/dev/full", 74),
        ("create teapot --size 99 2>&-", 2),
    ],
)
def test_streams_that_are_closed_or_full(words, code, tmp_path):
    done = shell(words, tmp_path, CHATANYTHING_CONFIG_DIR=str(tmp_path / "config"))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_what_cannot_be_shown_is_escaped(tmp_path):
    words = "create 猫 --size 256 --text Hi. --voice espeak --out out"
    done = shell(words, tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "video.mp4").exists() and "Traceback" not in done.stderr


@posix
def test_whoever_reads_may_go_away(tmp_path):
    done = shell("engines | head -1", tmp_path)
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert done.stdout.count("\n") == 1


@posix
@pytest.mark.parametrize("moment", [0.15, 0.4])
def test_an_early_ctrl_c_is_no_traceback(moment, tmp_path):
    """Before our first line Python itself ends by the signal, as every program does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chatanything_core", "create", "teapot", "--size", "256"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=120)[1]
    assert process.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in said
