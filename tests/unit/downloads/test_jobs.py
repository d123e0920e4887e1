"""Downloads aside: one at a time, looked at while they run, told when they fail."""

import hashlib
import time
from dataclasses import replace

import numpy as np
import pytest

from chatanything.downloads import Jobs, Model, ModelFile
from tests.tools.servers.file_server import FileServer, serve

CONTENT = np.random.default_rng(4).bytes(1 << 20)


@pytest.fixture
def model(monkeypatch, tmp_path):
    """A model of one file, a home for it, and a network without proxies."""
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path))
    for name in ("CHATANYTHING_OFFLINE", "HF_HUB_OFFLINE", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    digest = hashlib.sha256(CONTENT).hexdigest()
    file = ModelFile("vae", "a.bin", "https://models.invalid/a.bin", len(CONTENT), None, digest)
    return Model("tiny", "is fetched in tests", "MIT", "https://models.invalid", (file,))


def wait(jobs, model, seconds=20.0):
    deadline = time.monotonic() + seconds
    while jobs.look(model).status == "running" and time.monotonic() < deadline:
        time.sleep(0.01)
    return jobs.look(model)


def test_one_download_serves_all_who_ask(model, tmp_path):
    jobs, server = Jobs(), FileServer(CONTENT, pause=0.02)
    assert jobs.look(model).status == "missing"
    with serve(server) as address:
        assert jobs.start(model, address).status == "running"
        assert jobs.start(model, address).status == "running"
        seen = set()
        while (job := jobs.look(model)).status == "running":
            seen.add(job.done)
            assert job.total == len(CONTENT)
        assert wait(jobs, model).status == "here"
    assert len(server.asked) == 1 and len(seen) > 2
    assert (tmp_path / "vae" / "a.bin").read_bytes() == CONTENT
    assert jobs.start(model).status == "here"


def test_models_that_share_a_file_take_turns(model, tmp_path):
    jobs, server = Jobs(), FileServer(CONTENT, pause=0.02)
    twin = replace(model, id="twin")
    with serve(server) as address:
        assert jobs.start(model, address).status == "running"
        assert jobs.start(twin, address).status == "running"
        assert wait(jobs, twin).status == wait(jobs, model).status == "here"
    assert len(server.asked) == 1


def test_a_failure_is_told_and_can_be_tried_again(model):
    jobs = Jobs()
    with serve(FileServer(b"", status=404)) as address:
        jobs.start(model, address)
        failed = wait(jobs, model)
    assert failed.status == "failed" and "answers 404" in failed.error
    with serve(FileServer(CONTENT)) as address:
        assert jobs.start(model, address).status == "running"
        assert wait(jobs, model).status == "here"
