"""Processes that were started ahead speak as those do that are started when they are needed."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from chatanything.persona import VoiceTraits
from chatanything.voice import choose_voice, speak, voices
from chatanything.voice.engines.espeak_data import espeak_data
from chatanything.voice.engines.espeak_processes import SPARE, Workers, workers

TEXTS = ("Oh!", "The kettle boils at 98.6 degrees.", "Guten Abend, mein Freund.")


@pytest.fixture
def kept():
    voices.create("espeak").keep_ready()
    yield workers
    workers.close()


@pytest.mark.parametrize("traits", [VoiceTraits(), VoiceTraits(language="de")])
def test_the_same_bytes_and_times(traits):
    voice = choose_voice(traits)
    cold = [speak(voice, text) for text in TEXTS]
    voices.create("espeak").keep_ready()
    try:
        warm = [speak(voice, text) for text in TEXTS]
    finally:
        workers.close()
    for a, b in zip(cold, warm, strict=True):
        assert np.array_equal(a.samples, b.samples)
        assert a.timeline == b.timeline


def test_every_utterance_has_a_process_of_its_own(kept):
    data = espeak_data()
    seen = [kept.take(data) for _ in range(SPARE + 2)]
    assert len({worker.pid for worker in seen}) == SPARE + 2
    for worker in seen:
        worker.communicate(b"")
        assert worker.returncode == 0  # nobody asked, so it ended


def test_one_that_died_while_it_waited_is_passed_over(kept):
    for worker in kept._spare:
        worker.kill()
        worker.wait()
    voice = choose_voice(VoiceTraits())
    assert speak(voice, "Still here.").seconds > 0.3
    assert len(kept._spare) == SPARE


def test_many_at_once(kept):
    voice = choose_voice(VoiceTraits())
    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(lambda _: speak(voice, "All together now."), range(12)))
    assert all(np.array_equal(said[0].samples, one.samples) for one in said)


def test_closing_ends_them_and_speech_goes_on():
    own = Workers()
    own.keep(espeak_data())
    waiting = list(own._spare)
    own.close()
    assert all(worker.poll() is not None for worker in waiting)
    own.take(espeak_data()).communicate(b"")


def test_none_outlives_its_program(tmp_path):
    from tests.tools.checkout import run_python

    code = (
        "from chatanything.voice.engines.espeak_data import espeak_data\n"
        "from chatanything.voice.engines.espeak_processes import workers\n"
        "import os\n"
        "workers.keep(espeak_data())\n"
        "print(*(w.pid for w in workers._spare), flush=True)\n"
        "os._exit(0)\n"
    )
    done = run_python(code, tmp_path)
    pids = done.stdout.split()
    assert len(pids) == SPARE
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(_alive(pid) for pid in pids):
        time.sleep(0.1)
    assert not any(_alive(pid) for pid in pids)


def _alive(pid):
    if sys.platform == "win32":
        listed = subprocess.run(["tasklist"], capture_output=True, text=True, check=True).stdout
        return pid in listed.split()
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")
