"""What a card tells a language model of its character, cut to the room that there is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from ...llm.text_length import tokens, within_tokens
from ..records import Persona
from .card_versions import card_data
from .convert import is_ours
from .field_values import text_of
from .greetings import raw_greetings, spoken_greeting, words_of
from .macros import Places, filled

_SMALL = 8
"""Short fields get at most this part of the room each, so that none crowds out another."""


@dataclass(frozen=True)
class ToldCard:
    """A card's texts with their placeholders filled; empty where the card says nothing."""

    system: str = ""
    """What replaces the usual rules; {{original}} stands for them."""
    note: str = ""
    """What comes after the conversation."""
    personality: str = ""
    scenario: str = ""
    greeting: str = ""
    """How it opened the conversation, stage directions included."""
    description: str = ""
    examples: str = ""
    """Dialogue that shows how it speaks and never took place."""
    ours: bool = False
    """Whether the description only repeats what the persona's own fields say."""
    shortened: tuple[str, ...] = ()
    """Which of the texts are not whole."""


def told_card(persona: Persona, places: Places, rules: str, room: int) -> ToldCard | None:
    """The texts of the persona's card in at most `room` tokens; None without a card.

    `rules` is what {{original}} stands for. The description gets what the short fields leave,
    and the examples what the description leaves.
    """
    data = card_data(persona.card)
    if not data:
        return None
    whole = replace(places, original=rules)
    cut, left, shortened = {}, room, []
    for name, text in _texts(persona, data, places, whole):
        large = name in ("description", "examples")
        cut[name] = within_tokens(text, left if large else min(left, room // _SMALL))
        left = max(0, left - tokens(cut[name]))
        if cut[name] != text:
            shortened.append(name)
    return ToldCard(**cut, ours=is_ours(persona), shortened=tuple(shortened))


def example_lines(persona: Persona, places: Places) -> list[str]:
    """What the character says in its card's examples, without stage directions."""
    examples = filled(card_data(persona.card).get("mes_example", ""), places)
    said = re.findall(rf"^{re.escape(places.name)}:(.*)$", examples, re.MULTILINE)
    plain = (re.sub(r"\*[^*]*\*", " ", line) for line in said)
    return [" ".join(line.split()) for line in plain if any(sign.isalnum() for sign in line)]


def _texts(
    persona: Persona, data: dict[str, Any], places: Places, whole: Places
) -> Iterator[tuple[str, str]]:
    """Every text by its field in ToldCard, in the order in which they get room."""
    named = {
        "system": filled(data["system_prompt"], whole),
        "note": _note(data, places),
        "personality": filled(data["personality"], places),
        "scenario": filled(data["scenario"], places),
        "greeting": _greeting(persona, data, places),
        "description": filled(data["description"], places),
        "examples": filled(data["mes_example"], places),
    }
    for field in fields(ToldCard):
        if field.name in named:
            yield field.name, named[field.name].strip()


def _note(data: dict[str, Any], places: Places) -> str:
    """Instructions after the conversation, and SillyTavern's character note."""
    depth = data["extensions"].get("depth_prompt")
    note = text_of(depth.get("prompt")) if isinstance(depth, dict) else ""
    texts = (data["post_history_instructions"], note)
    return "\n".join(text for raw in texts if (text := filled(raw, places).strip()))


def _greeting(persona: Persona, data: dict[str, Any], places: Places) -> str:
    """The greeting that the persona's spoken one was made of."""
    called = words_of(persona.language)
    if places.user == called["described"]:
        places = replace(places, user=called["user"])
    # Loaded personas were greeted before there was a chat to draw lots for.
    places = replace(places, chat="", turn="")
    for raw in raw_greetings(data):
        if raw.strip() and spoken_greeting(raw, places, persona.language) == persona.greeting:
            return filled(raw, places)
    return persona.greeting
