"""From a persona and a pool to the experts that paint it, with reasons."""

from collections.abc import Sequence

import numpy as np

from ...errors import InputError, MissingDependencyError, MissingModelError, UnknownEngineError
from ...llm import models
from ...model_folders import ModelFolders
from ...named_weights import parse_named_weights
from ...persona import Persona
from ...progress import Tick, no_progress
from ...runtime import default_runtime
from ...seeding import generator
from ..families import find_family
from ..prompt_template import prompt_for
from ..records import Expert, Mixture
from ..registry import painters
from .expert_files import built_in_experts
from .installed_models import is_here
from .llm_judge import judge_by_llm
from .matchers import WORDS, matchers
from .tfidf import Match, rank_by_words

NEAR = 0.15
"""Experts whose score lies within this part of the best are drawn from by the seed."""


def choose_expert(
    persona: Persona,
    *,
    engine: str = "",
    seed: int = 0,
    override: str = "",
    pool: Sequence[Expert] | None = None,
    judge: str = WORDS,
    source: str = "",
    folders: ModelFolders | None = None,
    tick: Tick = no_progress,
) -> Mixture:
    """Choose the expert that suits the persona best, or take the user's own choice.

    Args:
        engine: The painter whose experts are looked at; empty means the first of `painters`.
        seed: Decides among experts that fit about equally well.
        override: An expert's name, or a mix such as `"dreamy: 0.7, crisp: 0.3"`. Empty to choose.
        pool: Experts to choose from; None for those that come with the package.
        judge: One of `judges()`; a language model is asked only when there is a choice.
        source: Which model: a profile's name, or a folder.
        folders: Where models lie; given, experts whose model is there go before the others.

    Raises:
        InputError: an unknown engine, judge or expert, an empty pool, or an impossible mix.
    """
    _check_judge(judge)
    if override.strip():
        chosen = named_experts(override, engine, pool)
        return mix(persona, chosen, seed=seed, reasons=("chosen by hand",))
    experts = _painted_by(engine, pool)
    ready = [e for e in experts if folders is None or is_here(e, folders)] or experts
    matcher = judge if judge in matchers.names() else WORDS
    ranked = _ranked(persona, ready, matcher, source, folders or default_runtime().folders)
    expert, reasons = _best(*ranked, generator(seed, "expert", persona.concept))
    if judge != matcher and len(ready) > 1:
        expert, reasons = judge_by_llm(
            persona, ready, expert, engine=judge, source=source, seed=seed, tick=tick
        )
    return mix(persona, ((expert, 1.0),), seed=seed, reasons=reasons)


def named_experts(
    text: str, engine: str, pool: Sequence[Expert] | None = None
) -> tuple[tuple[Expert, float], ...]:
    """The experts of a name, or of a mix such as `"dreamy: 0.7, crisp: 0.3"`, with their weights.

    Raises:
        InputError: an unknown engine or expert, or experts that cannot be mixed.
    """
    chosen = parse_experts(text, _painted_by(engine, pool))
    _check_mixable(chosen)
    return chosen


def judges() -> list[str]:
    """Who can choose an expert: the matchers, then the language models."""
    return [*matchers.names(), *models.names()]


def mix(
    persona: Persona,
    chosen: Sequence[tuple[Expert, float]],
    *,
    seed: int = 0,
    reasons: tuple[str, ...] = (),
) -> Mixture:
    """Put experts together; the first one's template and negative prompt lead.

    Raises:
        InputError: experts of different families, or more than one sketch style.
    """
    _check_mixable(chosen)
    lead = max(chosen, key=lambda pair: pair[1])[0]
    return Mixture(tuple(chosen), prompt_for(lead, persona), lead.negative, seed, reasons)


def _check_mixable(chosen: Sequence[tuple[Expert, float]]) -> None:
    families = sorted({expert.family for expert, _ in chosen})
    if len(families) > 1:
        raise InputError(
            f"Experts of different families cannot be mixed: {', '.join(families)}. Their noise "
            "lives in different spaces; choose experts of one family."
        )
    if len(chosen) > 1 and find_family(families[0]).drawn:
        raise InputError("The sketch painter draws in one style at a time. Choose one style.")


def parse_experts(text: str, experts: Sequence[Expert]) -> tuple[tuple[Expert, float], ...]:
    """Read `"name"` or `"name: weight, name: weight"` into experts with weights that sum to 1."""
    by_name = {expert.name: expert for expert in experts}
    pairs = parse_named_weights(text, list(by_name), "expert", more="`chatanything experts list`")
    return tuple((by_name[name], weight) for name, weight in pairs)


def _check_judge(judge: str) -> None:
    if judge not in judges():
        raise UnknownEngineError("judge", judge, judges())


def _painted_by(engine: str, pool: Sequence[Expert] | None) -> list[Expert]:
    engine = painters.resolve(engine)
    painters.status(engine)  # says which there are when there is none of that name
    pool = built_in_experts() if pool is None else pool
    experts = [expert for expert in pool if find_family(expert.family).painter == engine]
    if not experts:
        raise InputError(
            f"No expert in the pool is painted by {engine!r}. Describe one in an expert file, or "
            "choose another engine."
        )
    return experts


def _ranked(
    persona: Persona, experts: Sequence[Expert], judge: str, source: str, folders: ModelFolders
) -> tuple[list[Match], tuple[str, ...]]:
    """Experts by fit, and a note when words had to stand in for a matcher that is not here."""
    try:
        matcher = matchers.create(judge)
        return matcher.rank(persona, experts, model=source, folders=folders), ()
    except (MissingDependencyError, MissingModelError) as error:
        return rank_by_words(persona, experts), (f"compared by words, since: {error}",)


def _best(
    matches: Sequence[Match], notes: tuple[str, ...], rng: np.random.Generator
) -> tuple[Expert, tuple[str, ...]]:
    top = matches[0].score
    near = [match for match in matches if match.score >= (1 - NEAR) * top]
    taken = near[int(rng.integers(len(near)))]
    return taken.expert, (*_reasons(taken, matches, len(near)), *notes)


def _reasons(taken: Match, matches: Sequence[Match], near: int) -> tuple[str, ...]:
    scores = ", ".join(f"{match.expert.name} {match.score:.2f}" for match in matches[:5])
    drawn = (f"drawn by the seed from {near} that fit about equally well",) if near > 1 else ()
    return (f"{taken.expert.name}: {taken.why}", f"fit of each: {scores}", *drawn)
