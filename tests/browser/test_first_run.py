"""A new user's first minute: three clicks and one sentence from the templates to a playing film."""

import pytest

from .conftest import driven
from .test_page import PICTURES

pytestmark = [pytest.mark.browser, pytest.mark.comfyui]
TEMPLATE = "1 Concept to talking video"


@pytest.fixture(scope="module")
def seen(node, server):
    PICTURES.mkdir(parents=True, exist_ok=True)
    return driven(node, "first_run.mjs", server.url, TEMPLATE, str(PICTURES), "shy lighthouse")


def test_the_film_plays_after_three_clicks_and_one_sentence(seen):
    assert seen["clicked"] == ["ChatAnything", TEMPLATE, "Run"]
    assert seen["asked"] == ["shy lighthouse"]
    assert seen["seconds"] > 2


def test_a_newcomer_sees_few_knobs(seen):
    assert seen["knobs"] <= 5
