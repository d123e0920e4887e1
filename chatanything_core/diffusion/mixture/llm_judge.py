"""Let a language model choose the expert; the matcher takes over when it cannot."""

from collections.abc import Sequence

from ...persona import Persona
from ...persona.llm_casting import choose_by_llm
from ...progress import Tick
from ..records import Expert


def judge_by_llm(
    persona: Persona,
    experts: Sequence[Expert],
    best: Expert,
    *,
    engine: str,
    source: str,
    seed: int,
    tick: Tick,
) -> tuple[Expert, tuple[str, ...]]:
    """The expert of a language model's choice, held to the pool by its schema; and why.

    Args:
        best: The matcher's choice, taken when the model fails; the reasons then say so.
        engine: A registered kind of language model.
        source: A profile's name or a folder.
    """
    choice = choose_by_llm(
        persona,
        {expert.name: expert.description for expert in experts},
        engine=engine,
        source=source,
        fallback=lambda: best.name,
        seed=seed,
        tick=tick,
    )
    chosen = next(expert for expert in experts if expert.name == choice.option)
    return chosen, (f"{chosen.name}: chosen by {choice.by}", *choice.reasons)
