"""Let a language model choose the expert, held to the pool by its schema."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field, create_model

from ..llm import Message, ask, open_model, prompt
from ..persona import Persona
from ..progress import Tick
from .records import Expert

Chosen = tuple[tuple[tuple[Expert, float], ...], tuple[str, ...]]
"""Experts with weights that sum to 1, and the reasons."""


def judge_by_model(
    persona: Persona,
    experts: Sequence[Expert],
    *,
    engine: str,
    source: str,
    seed: int,
    tick: Tick,
) -> Chosen:
    """Ask a language model which expert paints the persona best.

    Raises:
        EngineError: the server failed, or no answer names an expert of the pool.
    """
    model = open_model(engine, source)
    pool = "\n".join(f"- {e.name}: {e.description}" for e in experts)
    asked = f"{persona.concept}\n\n{persona.appearance}\n\n{persona.personality}"
    messages = (Message("system", prompt("expert", pool=pool)), Message("user", asked))
    answer = ask(model, messages, _shape(experts), max_tokens=300, seed=seed, tick=tick)
    choice: Any = answer.value
    by_name = {expert.name: expert for expert in experts}
    why = f"{choice.expert}: {choice.reason} (chosen by {model.label})"
    return ((by_name[choice.expert], 1.0),), (why, *answer.notes)


def _shape(experts: Sequence[Expert]) -> type[BaseModel]:
    """A schema that allows the names of this pool and no others."""
    names = tuple(expert.name for expert in experts)
    return create_model(
        "ExpertChoice",
        reason=(str, Field(min_length=1, max_length=400)),
        expert=(Literal[names], ...),  # type: ignore[arg-type]
    )
