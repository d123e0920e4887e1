"""What a language model is told of who it is.

A persona that was written here is told by its fields, one that came with a card by the card's
own words: nothing that was made up stands beside them.
"""

import re
from dataclasses import dataclass, replace

from ..llm import LanguageModel, prompt
from ..persona import Persona
from ..persona.cards.card_versions import card_data
from ..persona.cards.greetings import places_of
from ..persona.cards.lorebook import told_lore
from ..persona.cards.macros import Places
from ..persona.cards.told_card import ToldCard, told_card
from .base import ChatRequest
from .memory import named_user, recalled

_LORE = 7
"""Lore and memory get this part of the window each."""


@dataclass(frozen=True)
class CharacterPrompt:
    """The texts that make a model a character."""

    system: str
    note: str = ""
    """What is said once more after the conversation; empty for most."""
    notes: tuple[str, ...] = ()
    """What of the card did not fit."""


def character_prompt(model: LanguageModel, said: ChatRequest, room: int) -> CharacterPrompt:
    """Who it is, what it knows and remembers, and how it is to answer.

    A card's own texts get `room` tokens together.
    """
    persona, history = said.persona, said.history
    places = _places(said)
    card = told_card(persona, places, _rules(persona), room)
    log = [text for turn in history.turns for text in (turn.message, turn.reply)]
    share = model.window // _LORE
    lore = told_lore(persona, [*log, said.message], len(history.turns), share, places)
    facts = recalled(history.memory, said.message, share)
    nothing = prompt("nothing-yet")
    system = prompt(
        "character",
        name=persona.name,
        rules=(card.system if card else "") or _rules(persona),
        before="\n".join(lore.before),
        told=_told(persona, card),
        greeting=card.greeting if card else persona.greeting,
        lore="\n".join(["What you know:", *lore.after]) if lore.after else "",
        memory="\n".join(f"- {fact}" for fact in facts) or nothing,
        summary=history.summary or nothing,
        limit=str(said.limit),
    )
    return CharacterPrompt(re.sub(r"\n{3,}", "\n\n", system), *_closing(persona, card))


def _closing(persona: Persona, card: ToldCard | None) -> tuple[str, tuple[str, ...]]:
    if not card:
        return "", ()
    note = prompt("card-note", note=card.note, name=persona.name) if card.note else ""
    cut = ", ".join(card.shortened)
    return note, (f"The window has no room for all of the card's {cut}.",) if cut else ()


def _rules(persona: Persona) -> str:
    return prompt("character-rules", name=persona.name)


def _places(said: ChatRequest) -> Places:
    user = said.user or named_user(said.history.memory)
    data = card_data(said.persona.card)
    if not data:
        return Places(said.persona.name)
    chat, turn = f"{said.seed} {said.persona.seed}", str(len(said.history.turns))
    places = places_of(data, said.persona.language, user, described=True)
    return replace(places, chat=chat, turn=turn)


def _told(persona: Persona, card: ToldCard | None) -> str:
    if not card or card.ours:
        own = prompt("character-told", **_fields(persona))
        return "\n\n".join([own, *_parts(card, ("scenario", "examples"))])
    names = ("description", "personality", "scenario", "examples")
    language = prompt("character-language", language=persona.language)
    return "\n\n".join([*_parts(card, names), language])


def _parts(card: ToldCard | None, names: tuple[str, ...]) -> list[str]:
    """The card's texts under their headings; those that are empty have none."""
    texts = ((name, getattr(card, name)) for name in names if card)
    return [prompt(f"card-{name}", text=text) for name, text in texts if text]


def _fields(persona: Persona) -> dict[str, str]:
    return {
        "concept": persona.concept,
        "personality": persona.personality,
        "speaking_style": persona.speaking_style,
        "background": persona.background,
        "likes": ", ".join(persona.likes),
        "dislikes": ", ".join(persona.dislikes),
        "mood": f"{persona.emotion.name} ({persona.emotion.strength:.1f} of 1)",
        "language": prompt("character-language", language=persona.language),
    }
