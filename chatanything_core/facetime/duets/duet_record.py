"""The last talk of a character with another one, as a file beside its conversation."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...atomic_write import atomic_write
from ...duet import DuetTurn
from ...live.roster import Prepared

FILE = "duet.json"


def save_duet(
    folder: Path, pair: tuple[Prepared, Prepared], topic: str, turns: Sequence[DuetTurn]
) -> None:
    """Keep it with both of them, below the `folder` of all characters.

    Raises:
        OutputError: a folder cannot be written.
    """
    names = [one.character.persona.name for one in pair]
    said = [{"name": names[turn.speaker], "text": turn.text} for turn in turns]
    for one, other in (pair, pair[::-1]):
        if not (folder / one.id).is_dir():
            continue  # deleted while it talked
        record = {"other": other.id, "topic": topic, "turns": said}
        with atomic_write(folder / one.id / FILE) as part:
            part.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")


def load_duet(folder: Path) -> dict[str, Any] | None:
    """The last one; None when there was none, or its file cannot be read."""
    try:
        record = json.loads((folder / FILE).read_text("utf-8"))
        turns = [{part: str(turn[part]) for part in ("name", "text")} for turn in record["turns"]]
        return {"other": str(record["other"]), "topic": str(record["topic"]), "turns": turns}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
