"""From a persona and a pool to the experts that paint it, with reasons."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ...errors import InputError, MissingDependencyError, MissingModelError, UnknownEngineError
from ...llm import models
from ...model_folders import ModelFolders
from ...named_weights import parse_named_weights
from ...persona import Persona, reading_of
from ...progress import Tick, no_progress
from ...runtime import default_runtime
from ...seeding import generator
from ..families import Family, find_family
from ..prompt_template import prompt_for
from ..records import Expert, Mixture
from ..registry import painters
from .expert_files import built_in_experts
from .known_words import left_out, vocabulary_of
from .llm_judge import judge_by_llm
from .matchers import WORDS, matchers
from .model_parts import find_source, is_here
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

    Where the chosen model has a list of the words it knows (`Expert.words`) and the persona is none
    of them, the sketch painter draws it, and the reasons say so.

    Raises:
        InputError: an unknown engine, judge or expert, an empty pool, or an impossible mix.
    """
    _check_judge(judge)
    where = folders or default_runtime().folders
    if override.strip():
        chosen = named_experts(override, engine, pool)
        mixture = mix(persona, chosen, seed=seed, reasons=("chosen by hand",), folders=where)
        return _within_words(persona, mixture, where, seed)
    ready = _ready(_painted_by(engine, pool), folders)
    expert, reasons = _judged(persona, ready, judge, source, where, seed, tick)
    mixture = mix(persona, ((expert, 1.0),), seed=seed, reasons=reasons, folders=where)
    return _within_words(persona, mixture, where, seed)


def known_mixture(
    persona: Persona, family: Family, *, expert: str = "", seed: int = 0, folders: ModelFolders
) -> Mixture:
    """The built-in expert of a family that paints the persona, for samplers that cannot draw.

    Raises:
        InputError: its model does not know what the persona is, or an unknown expert.
        MissingModelError: its model is not here.
    """
    pool = [each for each in built_in_experts() if each.family == family.name]
    find_source(pool[0], folders)
    mixture = choose_expert(
        persona, engine=family.painter, seed=seed, override=expert, pool=pool, folders=folders
    )
    if mixture.family != family.name:
        raise InputError(
            f"{mixture.reasons[0].partition(',')[0]}. Choose something that it knows "
            "(docs/starter.md), or wire the persona into Diffuser Mixer and Portrait, whose sketch "
            "painter draws anything."
        )
    return mixture


def _judged(
    persona: Persona,
    experts: list[Expert],
    judge: str,
    source: str,
    folders: ModelFolders,
    seed: int,
    tick: Tick,
) -> tuple[Expert, tuple[str, ...]]:
    """The expert that the judge takes, and its reasons."""
    matcher = judge if judge in matchers.names() else WORDS
    ranked = _ranked(persona, experts, matcher, source, folders)
    best = _best(*ranked, generator(seed, "expert", persona.concept))
    if judge == matcher or len(experts) == 1:
        return best
    return judge_by_llm(
        persona, experts, best[0], engine=judge, source=source, seed=seed, tick=tick
    )


def _ready(experts: list[Expert], folders: ModelFolders | None) -> list[Expert]:
    """Those whose model is in `folders`, stand-ins only where there is no other; else all."""
    if folders is None:
        return experts
    here = [expert for expert in experts if is_here(expert, folders)]
    return [e for e in here if not find_family(e.family).stands_in] or here or experts


def _within_words(persona: Persona, mixture: Mixture, folders: ModelFolders, seed: int) -> Mixture:
    """The mixture where its model knows what the persona is, else one of the sketch painter."""
    lead = mixture.lead
    known = vocabulary_of(lead, folders)
    if known is None:
        return mixture
    reading = reading_of(persona)
    if not known.noun_of(reading):
        what = f"{reading.noun!r}" if reading.noun else "what this is"
        why = f"{lead.name} was not trained on {what}, so the sketch painter draws it"
        sketch = choose_expert(persona, engine=find_family("sketch").painter, seed=seed)
        return replace(sketch, reasons=(why, *sketch.reasons))
    if unsaid := left_out(persona, known):
        why = f"words that {lead.name} does not know are left out: {', '.join(unsaid)}"
        return replace(mixture, reasons=(*mixture.reasons, why))
    return mixture


def named_experts(
    text: str, engine: str, pool: Sequence[Expert] | None = None
) -> tuple[tuple[Expert, float], ...]:
    """The experts of a name, or of a mix such as `"dreamy: 0.7, crisp: 0.3"`, with their weights.

    Without an `engine` they may be those of any painter.

    Raises:
        InputError: an unknown engine or expert, or experts that cannot be mixed.
    """
    chosen = parse_experts(text, _painted_by(engine, pool) if engine else _pool(pool))
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
    folders: ModelFolders | None = None,
) -> Mixture:
    """Put experts together; the first one's template and negative prompt lead.

    Raises:
        InputError: experts of different families, or more than one sketch style.
    """
    _check_mixable(chosen)
    lead = max(chosen, key=lambda pair: pair[1])[0]
    prompt = prompt_for(lead, persona, folders)
    return Mixture(tuple(chosen), prompt, lead.negative, seed, reasons)


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
    experts = [expert for expert in _pool(pool) if find_family(expert.family).painter == engine]
    if not experts:
        raise InputError(
            f"No expert in the pool is painted by {engine!r}. Describe one in an expert file, or "
            "choose another engine."
        )
    return experts


def _pool(pool: Sequence[Expert] | None) -> Sequence[Expert]:
    return built_in_experts() if pool is None else pool


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
