"""From a card to a persona and back, without losing what only the card knows."""

import json
import re
from copy import deepcopy
from dataclasses import replace
from typing import Any

from ...errors import InputError
from ..offline.concept_parser import read_concept
from ..persona_json import persona_from_json, persona_to_json
from ..records import Persona
from .card_versions import Card, as_v3, card_data, card_of_text, checked, lifted
from .field_values import shown_text
from .greetings import greeting_number, places_of, raw_greetings, spoken_greeting
from .macros import ANYTHING, filled
from .read_card import card_language, read_card

OURS = "chatanything"
"""Our key in a card's `extensions`."""
_NOT_OURS = ("card", "name", "greeting", "personality")
"""What the card's own fields hold."""


def persona_of_card(card: Card, *, greeting: int = 0, user: str = "") -> Persona:
    """The persona that a card describes.

    Cards of ours say how it looks and sounds; for others that is read out of the description,
    and the provenance says so. `greeting` is which one it says first: 0 is the card's first,
    from 1 on its alternate ones. `user` is what it calls the user; empty means a friendly word.

    Raises:
        InputError: it is not a card, or has no such greeting.
    """
    newest, notes = lifted(checked(card))
    data = newest["data"]
    text = json.dumps(newest, ensure_ascii=False)
    ours = data["extensions"].get(OURS)
    if isinstance(ours, dict):
        try:
            loaded = persona_from_json({**ours, "name": "", "personality": "", "greeting": ""})
        except InputError as error:
            notes = (f"Its {OURS} extension could not be used: {error}", *notes)
        else:
            noted = replace(loaded.provenance, notes=_joined(loaded.provenance.notes, notes))
            loaded = replace(loaded, card=text, provenance=noted)
            return replace(loaded, **_told(data, loaded.language, greeting, user))
    language = card_language(data)
    told = _told(data, language, greeting, user)
    return replace(read_card(data, language, notes), **told, card=text)


def card_of_persona(persona: Persona, credit: str = "") -> Card:
    """A version 3 card. One that was loaded keeps all that it had; changed fields are updated.

    `credit` says whose drawing its picture shows; it is added to the creator's notes.
    """
    loaded = deepcopy(card_of_text(persona.card))
    card = loaded or _blank(persona)
    data = card["data"]
    if persona.name != shown_text(data["name"]).strip():
        data["name"] = persona.name
    if loaded and not _is_told(persona.personality, [_personality(data)], data):
        data["personality"] = persona.personality
    if loaded and not _is_greeting(persona, data):
        data["first_mes"] = persona.greeting
    if credit and credit not in data["creator_notes"]:
        data["creator_notes"] = f"{data['creator_notes']}\n\n{credit}".strip()
    ours = {k: v for k, v in persona_to_json(persona).items() if k not in _NOT_OURS}
    data["extensions"] = {**data["extensions"], OURS: ours}
    return checked(card)


def is_ours(persona: Persona) -> bool:
    """Whether a card's description is what `card_of_persona` wrote of this very persona."""
    data = card_data(persona.card)
    return bool(data) and data["description"] == _blank(persona)["data"]["description"]


def _told(data: dict[str, Any], language: str, greeting: int, user: str) -> dict[str, Any]:
    """What the card's own fields say of name, character and greeting."""
    places = places_of(data, language, user)
    described = places_of(data, language, user, described=True)
    first = greeting_number(data, greeting)
    return {
        "name": shown_text(data["name"]).strip(),
        "personality": filled(_personality(data), described),
        "greeting": spoken_greeting(first, places, language),
    }


def _personality(data: dict[str, Any]) -> str:
    text: str = data["personality"] if data["personality"].strip() else data["description"]
    return text


def _is_greeting(persona: Persona, data: dict[str, Any]) -> bool:
    places = replace(places_of(data, persona.language), wild=True)
    raw = raw_greetings(data)
    said = [spoken_greeting(text, places, persona.language) for text in raw]
    return _matches(persona.greeting, said)


def _is_told(text: str, raw: list[str], data: dict[str, Any]) -> bool:
    places = replace(places_of(data, ""), wild=True)
    return _matches(text, [filled(line, places) for line in raw])


def _matches(text: str, wild: list[str]) -> bool:
    """Whether it is one of these texts, whatever the user is called and the time was."""
    patterns = (re.escape(line).replace(re.escape(ANYTHING), ".*") for line in wild)
    return any(re.fullmatch(pattern, text, re.DOTALL) for pattern in patterns)


def _joined(notes: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*notes, *more)))


def _blank(persona: Persona) -> Card:
    """A new card."""
    described = f"{persona.personality}\n\n{persona.background}".strip()
    likes = f"Likes: {', '.join(persona.likes)}. Dislikes: {', '.join(persona.dislikes)}."
    data: dict[str, Any] = {
        "name": persona.name,
        "description": f"{described}\n\n{persona.speaking_style}\n\n{likes}",
        "personality": persona.personality,
        "scenario": "",
        "first_mes": persona.greeting,
        "mes_example": "",
        "creator_notes": f"Written by ChatAnything ({persona.provenance.engine}).",
        "tags": [read_concept(persona.concept).kind],
    }
    return as_v3({"spec": "chara_card_v2", "spec_version": "2.0", "data": data})
