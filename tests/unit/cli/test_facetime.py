"""`chatanything facetime` listens, says where, and ends without a trace."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
import pytest

from chatanything.persona.cards import card_of_persona, save_card_png
from tests.tools.samples import portrait_of

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@pytest.fixture
def start(tmp_path):
    """Start the command with some words; gives the process and the address of its page."""
    begun = []

    def started(*words):
        process = subprocess.Popen(
            [sys.executable, "-m", "chatanything_core", "facetime", "--no-browser", *words],
            cwd=ROOT,
            env={**os.environ, "CHATANYTHING_DATA": str(tmp_path), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        begun.append(process)
        told = ""
        for line in process.stdout:
            told += line
            if found := re.search(r"http://\S+", line):
                return process, found[0]
        return process, told

    yield started
    for process in begun:
        process.kill()
        process.wait()
        process.stdout.close()


def characters(address):
    root = address.partition("#")[0].rstrip("/")
    with urllib.request.urlopen(f"{root}/chatanything/facetime/characters") as answer:
        return json.load(answer)


@pytest.mark.parametrize("ended", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_leaves_no_process(start, ended):
    process, address = start("grumpy teapot", "--port", "0")
    (made,) = characters(address)
    assert address.endswith(f"#{made['id']}")
    children = subprocess.run(
        ["ps", "--ppid", str(process.pid), "-o", "pid="], capture_output=True, text=True
    ).stdout.split()
    process.send_signal(ended)
    assert process.wait(10) == 0
    assert "Traceback" not in process.stdout.read()
    deadline = time.monotonic() + 5
    alive = children
    while alive and time.monotonic() < deadline:
        alive = [pid for pid in children if Path(f"/proc/{pid}").exists()]
        time.sleep(0.1)
    assert not alive


def test_a_port_that_is_taken_is_named(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process, told = start("--port", str(port))
    assert process.wait(10) == 2
    assert f"port {port}" in " ".join(told.split())
    assert "--port" in told


def test_a_card_comes_with_its_own_picture(start, teapot_card):
    _, address = start(str(teapot_card), "--port", "0")
    (made,) = characters(address)
    root = address.partition("#")[0].rstrip("/")
    with urllib.request.urlopen(
        f"{root}/chatanything/facetime/characters/{made['id']}/portrait.png"
    ) as answer:
        from io import BytesIO

        from PIL import Image

        seen = np.asarray(Image.open(BytesIO(answer.read())))
    assert np.array_equal(seen, np.asarray(Image.open(teapot_card).convert("RGB")))


def test_another_host_gets_a_token(start):
    _, address = start("--host", "0.0.0.0", "--port", "0")
    assert re.search(r"\?token=[\w-]{20,}$", address)
    with pytest.raises(urllib.error.HTTPError):
        characters(address.partition("?")[0].replace("0.0.0.0", "127.0.0.1"))


@pytest.fixture
def teapot_card(tmp_path):
    from chatanything.persona import write_persona

    image, _ = portrait_of("grumpy teapot")
    path = tmp_path / "teapot.png"
    save_card_png(card_of_persona(write_persona("grumpy teapot")), image, path)
    return path
