"""A character, and a server with a profile for it."""

import pytest

from chatanything.llm import profiles
from chatanything.persona import write_persona
from tests.tools.servers import llm_server


@pytest.fixture(scope="session")
def teapot():
    return write_persona("grumpy teapot")


@pytest.fixture
def server(tmp_path, monkeypatch):
    pytest.importorskip("openai")
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path / "config"))
    with llm_server.running() as running:
        profiles.add_profile(
            profiles.Profile("lab", running.url, tmp_path.name, window=2000, timeout=20)
        )
        yield running
