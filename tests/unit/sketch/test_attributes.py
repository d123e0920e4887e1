"""Twelve long prompts: what they say of looks is drawn, and the note names the rest."""

import pytest

from chatanything.diffusion.sketch.design import design
from chatanything.diffusion.sketch.painter import _notes
from chatanything.persona import write_persona
from tests.tools.long_prompts import PROMPTS


@pytest.fixture(scope="module")
def results():
    """Prompt to its design and to what of it is honoured."""
    plans = {prompt: design(write_persona(prompt, seed=0), 0) for prompt in PROMPTS}
    return {
        prompt: (plan, {name: shown(plan) for name, shown in PROMPTS[prompt].items()})
        for prompt, plan in plans.items()
    }


def test_the_prompts_are_long_and_say_much():
    assert len(PROMPTS) == 12 and all(37 <= len(prompt.split()) <= 44 for prompt in PROMPTS)
    assert sum(map(len, PROMPTS.values())) >= 75


def test_nearly_everything_is_drawn(results):
    shown = {(p[:30], name): ok for p, (_, found) in results.items() for name, ok in found.items()}
    lost = [name for name, ok in shown.items() if not ok]
    assert sum(shown.values()) >= 0.85 * len(shown), lost


def test_what_is_not_drawn_is_said(results):
    for prompt, (plan, found) in results.items():
        note = " ".join(_notes(plan))
        for name, ok in found.items():
            assert ok or any(word in note for word in name.split()), (prompt, name, note)
