"""Measured cards of the voices: shipped as data, and measured again on the user's machine."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from ..atomic_write import atomic_write
from ..errors import InputError
from ..user_folders import cache_folder
from .records import VoiceCard
from .registry import voices

_SHIPPED = Path(__file__).parent / "data"


def known_voices(engine: str) -> tuple[VoiceCard, ...]:
    """Every voice of an engine: as measured where that was done, else as the engine lists them."""
    name = voices.resolve(engine)
    speaker = voices.create(name)
    return cards_of(name) or speaker.catalogue()


def cards_of(engine: str) -> tuple[VoiceCard, ...]:
    """The cards that were measured here, else the shipped ones; none when there are neither.

    Raises:
        InputError: the file of cards in the user's cache is broken.
    """
    own = own_bank(engine)
    path = own if own.exists() else _SHIPPED / f"{engine}.json"
    return _read(path, path.stat().st_mtime_ns) if path.exists() else ()


def own_bank(engine: str) -> Path:
    """Where this user's measured cards of an engine are."""
    return cache_folder() / "voices" / f"{engine}.json"


def keep_cards(engine: str, cards: Sequence[VoiceCard]) -> Path:
    """Store measured cards in the user's cache, where `cards_of` prefers them."""
    path = own_bank(engine)
    with atomic_write(path) as part:
        part.write_text(cards_to_json(cards), encoding="utf-8")
    return path


def cards_to_json(cards: Sequence[VoiceCard]) -> str:
    """Cards as they are stored, one per line so that a change shows in a diff."""
    lines = ",\n".join(json.dumps(asdict(card), ensure_ascii=False) for card in cards)
    return f'{{"cards": [\n{lines}\n]}}\n'


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> tuple[VoiceCard, ...]:
    try:
        return tuple(VoiceCard(**card) for card in json.loads(path.read_text("utf-8"))["cards"])
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"The measured voices in {path} cannot be read. Delete the file, or measure again with "
            "`chatanything voices measure`."
        ) from error
