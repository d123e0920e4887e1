"""What was said, as a video; the character, as a card and as a workflow."""

import json
import tempfile
from pathlib import Path
from typing import Any

from ...character.make_character import perform
from ...errors import InputError
from ...live.roster import Prepared
from ...persona.cards import card_of_persona, save_card_png
from ...talking_head.rig import web_folder
from ...video.files.join import join_videos

MAX_FILMED = 40
"""Replies in one video."""


def film(prepared: Prepared, whole: bool) -> bytes:
    """The last reply, or all of the talk, as an MP4.

    Raises:
        InputError: nothing was said yet, or too much for one video.
        EngineError: an engine failed.
    """
    turns = prepared.conversation.talk.history.turns
    chosen = turns if whole else turns[-1:]
    if not chosen:
        raise InputError("Nothing was said yet. Say something first.")
    if len(chosen) > MAX_FILMED:
        raise InputError(
            f"The talk has {len(chosen)} replies; a video holds at most {MAX_FILMED}. Go back to "
            "an earlier turn, or film the last reply."
        )
    with tempfile.TemporaryDirectory(prefix="chatanything-") as folder:
        parts = [Path(folder) / f"{number}.mp4" for number in range(len(chosen))]
        for turn, part in zip(chosen, parts, strict=True):
            perform(prepared.character, turn.reply, part, emotion=turn.emotion)
        if len(parts) == 1:
            return parts[0].read_bytes()
        joined = Path(folder) / "talk.mp4"
        join_videos(joined, parts)
        return joined.read_bytes()


def card(prepared: Prepared) -> bytes:
    """A PNG that is portrait, character card and, in a checkout, workflow at once."""
    workflow = workflow_of(prepared)
    texts = {"workflow": json.dumps(workflow)} if workflow else {}
    made = card_of_persona(prepared.character.persona)
    with tempfile.TemporaryDirectory(prefix="chatanything-") as folder:
        path = Path(folder) / "card.png"
        portrait = prepared.character.portrait
        save_card_png(made, portrait.image, path, texts, portrait.source_type)
        return path.read_bytes()


def has_workflow() -> bool:
    """Whether the workflows came along, as they do in a checkout."""
    return _template().is_file()


def _template() -> Path:
    return web_folder().parent / "workflows" / "2 The whole chain.json"


def workflow_of(prepared: Prepared) -> dict[str, Any] | None:
    """The template of the whole chain for this concept and seed; None where it did not come along."""
    if not has_workflow():
        return None
    workflow: dict[str, Any] = json.loads(_template().read_text("utf-8"))
    seed = prepared.character.seed
    for node in workflow["nodes"]:
        values = node.get("widgets_values")
        if node["type"] == "ChatAnythingPersona":
            values[0], values[3] = prepared.character.persona.concept, seed
    return workflow
