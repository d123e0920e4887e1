"""Measured cards of the voices, shipped as data and renewed on the user's machine."""

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from .records import VoiceCard

_SHIPPED = Path(__file__).parent / "data"


@lru_cache(maxsize=8)
def cards_of(engine: str) -> tuple[VoiceCard, ...]:
    """The shipped cards of an engine; none when it has not been measured."""
    path = _SHIPPED / f"{engine}.json"
    if not path.exists():
        return ()
    return tuple(VoiceCard(**card) for card in json.loads(path.read_text("utf-8"))["cards"])


def cards_to_json(cards: tuple[VoiceCard, ...]) -> str:
    """Cards as they are stored, one a line so that a change shows in a diff."""
    lines = ",\n".join(json.dumps(asdict(card), ensure_ascii=False) for card in cards)
    return f'{{"cards": [\n{lines}\n]}}\n'
