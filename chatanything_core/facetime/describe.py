"""What a page is told of characters and of what can be chosen."""

from typing import Any

from .. import diffusion
from ..dialogue import Turn
from ..live.conversation import Talk
from ..live.roster import Listed, Prepared
from ..persona import Emotion
from ..talking_head import heads
from ..voice import PRESETS
from .wire import emotion_json

DRAWN = {"warp", "auto"}
"""The head that a page draws by itself, which `auto` is for a live face; others are sent as films."""


def character_json(prepared: Prepared) -> dict[str, Any]:
    """A character, its conversation and what is remembered."""
    persona, portrait = prepared.character.persona, prepared.character.portrait
    height, width = portrait.image.shape[:2]
    return {
        "id": prepared.id,
        "look": prepared.look,
        "name": persona.name,
        "concept": persona.concept,
        "language": persona.language,
        "about": persona.personality,
        "greeting": persona.greeting,
        "emotion": emotion_json(shown_emotion(prepared)),
        "size": [width, height],
        "drawn": heads.resolve(prepared.character.head) in DRAWN,
        "voice": list(prepared.character.voice.reasons),
        "painted": str(portrait.recipe.get("engine", "")),
        **talk_json(prepared.conversation.talk),
    }


def shown_emotion(prepared: Prepared) -> Emotion:
    """What its face shows now."""
    turns = prepared.conversation.talk.history.turns
    return turns[-1].emotion if turns else prepared.character.persona.emotion


def talk_json(talk: Talk) -> dict[str, Any]:
    """The turns, the facts, and other ways that the conversation took."""
    return {
        "turns": [_turn_json(turn) for turn in talk.history.turns],
        "memory": list(talk.history.memory),
        "branches": [
            {
                "turns": len(branch.turns),
                "last": branch.turns[-1].message if branch.turns else "",
            }
            for branch in talk.branches
        ],
    }


def _turn_json(turn: Turn) -> dict[str, Any]:
    return {
        "id": turn.id,
        "message": turn.message,
        "reply": turn.reply,
        "interrupted": turn.interrupted,
        "emotion": turn.emotion.name,
    }


def listed_json(listed: Listed) -> dict[str, Any]:
    """A character in the list of all."""
    return {"id": listed.id, "name": listed.name, "concept": listed.concept}


def choices_json() -> dict[str, Any]:
    """Styles and voices that a character can be given."""
    experts = [expert.name for expert in diffusion.built_in_experts() if expert.family == "sketch"]
    return {"presets": list(PRESETS), "styles": experts}
