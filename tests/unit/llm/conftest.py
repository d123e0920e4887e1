"""A server, a profile with a key that must never be seen again, and a character to answer with."""

import pytest

from chatanything.llm import profiles
from tests.tools.servers import llm_server

CANARY = "sk-canary-7f3a9d51c0ffee42"


@pytest.fixture
def canary(monkeypatch):
    monkeypatch.setenv("CANARY_KEY", CANARY)
    return CANARY


@pytest.fixture
def server(tmp_path, monkeypatch, canary):
    pytest.importorskip("openai")
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path / "config"))
    # What a user may well have set for another program; none of it is ours to send.
    monkeypatch.setenv("OPENAI_API_KEY", "sk-somebody-elses-key")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    with llm_server.running() as running:
        yield running


@pytest.fixture
def profile(server):
    made = profiles.Profile(
        "lab", server.url, "tiny", key="environment", variable="CANARY_KEY", timeout=8
    )
    profiles.add_profile(made)
    return made
