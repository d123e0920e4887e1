"""From a card to a persona and back, without losing what only the card knows."""

import json
import re
from dataclasses import replace
from typing import Any

from ...errors import InputError
from ...llm.text_length import within
from ..checks import MAX_CONCEPT
from ..offline.concept_parser import read_concept
from ..offline.offline_writer import OfflineWriter
from ..persona_json import persona_from_json, persona_to_json
from ..records import Persona, Provenance
from .card_versions import Card, as_v3, checked
from .macros import filled

OURS = "chatanything"
"""Our key in a card's `extensions`."""
_SPOKEN_WORDS = 60
"""Longer greetings are written to be read; what is spoken ends after a sentence."""
_NOT_OURS = ("card", "name", "greeting", "personality")
"""What the card's own fields hold."""


def persona_of_card(card: Card) -> Persona:
    """The persona that a card describes.

    Cards of ours say how it looks and sounds; for others that is read out of the description,
    and the provenance says so.

    Raises:
        InputError: it is not a card.
    """
    newest = as_v3(checked(card))
    text = json.dumps(newest, ensure_ascii=False)
    ours = newest["data"]["extensions"].get(OURS)
    if isinstance(ours, dict):
        try:
            return replace(persona_from_json({**ours, **_told(newest), "card": ""}), card=text)
        except InputError as error:
            note = f"Its {OURS} extension could not be used: {error}"
            return replace(_read(newest, (note,)), card=text)
    return replace(_read(newest, ()), card=text)


def card_of_persona(persona: Persona) -> Card:
    """A version 3 card. One that was loaded keeps all that it had; changed fields are updated."""
    card = json.loads(persona.card) if persona.card else _blank(persona)
    loaded = persona_of_card(card) if persona.card else None
    data = card["data"]
    for key, field in (("name", "name"), ("personality", "personality"), ("first_mes", "greeting")):
        if loaded is None or getattr(persona, field) != getattr(loaded, field):
            data[key] = getattr(persona, field)
    ours = {k: v for k, v in persona_to_json(persona).items() if k not in _NOT_OURS}
    data["extensions"] = {**data.get("extensions", {}), OURS: ours}
    return checked(card)


def _told(card: Card) -> dict[str, str]:
    """What the card's own fields say of name, character and greeting."""
    data = card["data"]
    name = data.get("nickname") or data["name"]
    personality = data["personality"] or data["description"]
    return {
        "name": data["name"],
        "personality": filled(personality, name),
        "greeting": _spoken(filled(data["first_mes"], name)),
    }


def _read(card: Card, notes: tuple[str, ...]) -> Persona:
    """A persona of a card that says nothing of looks and voice."""
    data = card["data"]
    name = data.get("nickname") or data["name"]
    described = filled(data["description"] or data["personality"] or name, name)
    concept = _concept(described, data["name"])
    draft = OfflineWriter().write(concept, language="", seed=0, source="", tick=lambda a, b: None)
    told = {key: value for key, value in _told(card).items() if value.strip()}
    note = "Looks, mood and voice were taken from the card's description."
    return replace(
        draft,
        **told,  # type: ignore[arg-type]
        background=filled(data["scenario"], name) or described,
        speaking_style=draft.speaking_style,
        provenance=Provenance("card", "", (*notes, note)),
    )


def _concept(described: str, name: str) -> str:
    """The first sentence of the description, when it says what the character is."""
    first = re.split(r"(?<=[.!?\n])\s", described.strip(), maxsplit=1)[0].strip()
    first = first[:MAX_CONCEPT]
    return first if any(letter.isalnum() for letter in first) and read_concept(first) else name


def _spoken(greeting: str) -> str:
    """A greeting without stage directions between asterisks, short enough to be spoken."""
    said = re.sub(r"\*+[^*]*\*+", " ", greeting)
    said = re.sub(r"\s+", " ", said).strip()
    return within(said or greeting, _SPOKEN_WORDS)


def _blank(persona: Persona) -> dict[str, Any]:
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
