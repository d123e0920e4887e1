"""Personas that several tests look at."""

import pytest

from benchmarks.greetings import concepts
from chatanything.persona import write_persona


@pytest.fixture(scope="session")
def five_hundred():
    return [write_persona(concept) for concept in concepts()]
