"""Characters that other programs export in a form of their own, as cards of version 2.

Each program is one row: which keys give it away, and which of its keys is which field of a card.
Whatever has no such field is kept under `extensions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..field_values import text_of

Found = dict[str, Any]


@dataclass(frozen=True)
class Program:
    """How one program writes a character."""

    name: str
    """Key of the rest in `extensions`."""
    signs: frozenset[str]
    """Keys that no other form has together."""
    fields: Mapping[str, str]
    """Its key by the card's field."""
    inside: str = ""
    """Key of the object that holds the character; empty when it is the document itself."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Its placeholders, and what they are in a card."""


_BACKYARD = {"{character}": "{{char}}", "{user}": "{{user}}"}
_PYGMALION = {
    "name": "char_name", "description": "char_persona", "scenario": "world_scenario",
    "first_mes": "char_greeting", "mes_example": "example_dialogue",
}  # fmt: skip
_FARADAY = {
    "name": "aiName", "nickname": "aiDisplayName", "description": "aiPersona",
    "scenario": "scenario", "first_mes": "firstMessage", "mes_example": "customDialogue",
    "system_prompt": "basePrompt", "character_book": "loreItems",
}  # fmt: skip
_AGNAI = {
    "name": "name", "description": "persona", "scenario": "scenario", "first_mes": "greeting",
    "mes_example": "sampleChat", "system_prompt": "systemPrompt",
    "post_history_instructions": "postHistoryInstructions", "creator_notes": "description",
    "alternate_greetings": "alternateGreetings", "character_book": "characterBook",
    "tags": "tags", "creator": "creator", "character_version": "characterVersion",
}  # fmt: skip
_RISU = {
    "name": "name", "description": "desc", "personality": "personality", "scenario": "scenario",
    "first_mes": "firstMessage", "mes_example": "exampleMessage", "system_prompt": "systemPrompt",
    "post_history_instructions": "replaceGlobalNote", "creator_notes": "creatorNotes",
    "alternate_greetings": "alternateGreetings", "character_book": "globalLore", "tags": "tags",
    "nickname": "nickname",
}  # fmt: skip
_CHUB = {
    "name": "name", "description": "personality", "scenario": "scenario",
    "first_mes": "first_message", "mes_example": "example_dialogs",
    "system_prompt": "system_prompt", "post_history_instructions": "post_history_instructions",
    "creator_notes": "description", "alternate_greetings": "alternate_greetings",
    "character_book": "embedded_lorebook",
}  # fmt: skip
_C_AI = {
    "name": "name", "description": "description", "first_mes": "greeting",
    "mes_example": "definition", "creator_notes": "title",
}  # fmt: skip
_WEBUI = {"name": "name", "description": "context", "first_mes": "greeting"}

PROGRAMS = (
    Program("pygmalion", frozenset({"char_name"}), _PYGMALION),
    Program("backyard", frozenset({"aiName"}), _FARADAY, "character", _BACKYARD),
    Program("backyard", frozenset({"aiName"}), _FARADAY, "", _BACKYARD),
    Program("agnai", frozenset({"name", "persona", "greeting", "sampleChat"}), _AGNAI),
    Program("risuai", frozenset({"name", "firstMessage", "desc"}), _RISU),
    Program("chub", frozenset({"name", "first_message"}), _CHUB, "definition"),
    Program("chub", frozenset({"name", "first_message"}), _CHUB),
    Program("character_ai", frozenset({"name", "greeting", "definition"}), _C_AI, "character"),
    Program("character_ai", frozenset({"name", "greeting", "definition"}), _C_AI),
    Program("webui", frozenset({"name", "greeting", "context"}), _WEBUI),
)


def as_card(document: Any) -> Any:
    """The card that a program's export is; anything else comes back as it is."""
    if not isinstance(document, dict) or "spec" in document:
        return document
    node = document.get("node")
    document = node if isinstance(node, dict) else document
    for program in PROGRAMS:
        found = document.get(program.inside) if program.inside else document
        if isinstance(found, dict) and program.signs <= found.keys():
            return _converted(program, found)
    return document


def _converted(program: Program, found: Found) -> Found:
    data: Found = {key: found[theirs] for key, theirs in program.fields.items() if theirs in found}
    if isinstance(data.get("description"), dict):
        data["description"] = _attributes(data["description"])
    for places, ours in program.places.items():
        data = {k: v.replace(places, ours) if isinstance(v, str) else v for k, v in data.items()}
    rest = {key: value for key, value in found.items() if key not in program.fields.values()}
    data["extensions"] = {program.name: rest}
    return {"spec": "chara_card_v2", "spec_version": "2.0", "data": data}


def _attributes(persona: Found) -> str:
    """Agnai's personas: one text, or lists of words by attribute."""
    attributes = persona.get("attributes")
    if not isinstance(attributes, dict):
        return text_of(persona)
    lines = []
    for key, value in attributes.items():
        words = value if isinstance(value, list) else [value]
        told = ", ".join(text_of(word) for word in words)
        lines.append(told if key == "text" else f"{key}: {told}")
    return "\n".join(lines)


def of_backyard_archive(character: Any, scenarios: list[Any]) -> Any:
    """The card in a Backyard archive (`.byaf`): its character, and its scenarios in order."""
    if not isinstance(character, dict):
        return character
    plays = [play for play in scenarios if isinstance(play, dict)] or [{}]
    greetings = [text for play in plays for text in _texts_in(play.get("firstMessages"))]
    examples = _texts_in(plays[0].get("exampleMessages"))
    flat = {
        **character,
        "aiName": character.get("displayName") or character.get("name"),
        "aiPersona": character.get("persona"),
        "scenario": plays[0].get("narrative"),
        "firstMessage": greetings[0] if greetings else "",
        "customDialogue": "\n".join(f"<START>\n{text}" for text in examples),
        "basePrompt": plays[0].get("formattingInstructions"),
    }
    card = as_card(flat)
    card["data"]["alternate_greetings"] = [
        text.replace("{character}", "{{char}}").replace("{user}", "{{user}}")
        for text in greetings[1:]
    ]
    return card


def _texts_in(messages: Any) -> list[str]:
    rows = messages if isinstance(messages, list) else []
    return [text_of(row.get("text")) for row in rows if isinstance(row, dict) and row.get("text")]
