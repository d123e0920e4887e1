"""A character that was put together elsewhere, left where a roster finds it."""

import json
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path

from ..character.make_character import Character
from ..dialogue import History, history_to_json
from ..landmarks import face_to_json
from ..persona import persona_to_json
from .character_files import CHARACTER, save_character, save_talk
from .conversation import Talk


def lend_character(folder: Path, character: Character, history: History | None = None) -> str:
    """Leave a character in `folder`, the `lent` one of rosters; gives its id.

    The same character is left once, and whoever has met it goes on with their own conversation.

    Args:
        history: What was said with it before; it comes along for those who meet it anew.

    Raises:
        OutputError: the folder cannot be written.
    """
    history = history or History()
    found = _id_of(character, history)
    if not (folder / found / CHARACTER).is_file():
        if history.turns or history.memory:
            save_talk(folder / found, Talk(history))
        save_character(folder / found, character, 0)
    return found


def _id_of(character: Character, history: History) -> str:
    portrait = character.portrait
    told = {
        "persona": persona_to_json(character.persona),
        "voice": asdict(character.voice),
        "face": face_to_json(portrait.face),
        "shape": portrait.image.shape,
        "head": character.head,
        "seed": character.seed,
        "history": history_to_json(history),
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    whole = text.encode("utf-8", "surrogatepass") + portrait.image.tobytes()
    return blake2b(whole, digest_size=8).hexdigest()
