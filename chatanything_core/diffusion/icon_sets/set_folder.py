"""The sets that this user has: one folder each, with an index and all SVGs in one file.

A set is read in a few milliseconds, however large its drawings are: `set.json` says where each
lies in `icons.svgs`; `words-TAG.json` has the names in one language.
"""

import json
import os
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ...errors import InputError, OutputError
from ...progress import Tick, no_progress
from ...user_folders import config_folder
from ..drawings.load_drawing import drawing_of_svg
from ..drawings.records import Credit, Drawing
from .icon_names import name_of_words
from .records import Icon, IconSet, Name

INDEX, DRAWINGS = "set.json", "icons.svgs"


def drawings_folder() -> Path:
    """Where this user's sets are; CHATANYTHING_DRAWINGS overrides it.

    Raises:
        InputError: this user has no home folder, and no variable names one instead.
    """
    chosen = os.environ.get("CHATANYTHING_DRAWINGS")
    return Path(chosen).expanduser() if chosen else config_folder() / "drawings"


def installed_sets() -> tuple[IconSet, ...]:
    """Every set of the user, coloured ones first, as they were added.

    Raises:
        InputError: the index of one is damaged; says which.
    """
    folder = drawings_folder()
    indexes = list(folder.glob(f"*/{INDEX}")) if folder.is_dir() else []
    sets = [_loaded(path, path.stat().st_mtime_ns) for path in indexes]
    return tuple(sorted(sets, key=lambda each: (_rank(each), each.id)))


def _rank(icons: IconSet) -> int:
    """Order in which sets are asked: the user's own, then those with colours, then silhouettes."""
    known = {"fluent-emoji-flat": 1, "noto": 2, "game-icons": 3}
    return known.get(icons.id, 0)


@lru_cache(maxsize=32)
def _loaded(path: Path, changed: int) -> IconSet:
    del changed  # what makes a set that was added again another one
    try:
        data = json.loads(path.read_text("utf-8"))
        return index_set(path.parent, data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"The set in {path.parent} is damaged ({error}). Remove the folder, and add it again."
        ) from error


def index_set(folder: Path, data: Mapping[str, Any]) -> IconSet:
    """A set with its names sorted for searching, from what its index says."""
    figures = frozenset(data["figures"])
    words = {name: name_of_words(name) for name in (*data["spans"], *data["aliases"])}
    exact: dict[Name, str] = {}
    for name, split in words.items():
        if data["aliases"].get(name, name) not in figures:
            exact.setdefault(split, data["aliases"].get(name, name))
    last: dict[str, list[Name]] = {}
    first: dict[str, list[Name]] = {}
    for split in sorted((split for split in exact if split), key=lambda each: (len(each), each)):
        if len(split) > 1:
            last.setdefault(split[-1], []).append(split)
        if len(split) == 2:
            first.setdefault(split[0], []).append(split)
    return IconSet(
        folder=folder,
        **{key: str(data[key]) for key in ("id", "title", "author", "licence", "page", "version")},
        spans={name: (int(at), int(size)) for name, (at, size) in data["spans"].items()},
        aliases=dict(data["aliases"]),
        figures=figures,
        words=words,
        exact=exact,
        joined={"".join(split): icon for split, icon in exact.items() if len(split) > 1},
        last={word: tuple(names) for word, names in last.items()},
        first={word: tuple(names) for word, names in first.items()},
    )


def words_of_set(icons: IconSet, tag: str) -> dict[Name, str]:
    """Further names of a set in a language, `en` or another tag; empty when it has none."""
    path = icons.folder / f"words-{tag}.json"
    return _words(path, path.stat().st_mtime_ns) if path.is_file() else {}


def languages_of_set(icons: IconSet) -> list[str]:
    """Tags of the languages that a set has names in, sorted."""
    files = icons.folder.glob("words-*.json")
    return sorted(path.stem.removeprefix("words-") for path in files)


@lru_cache(maxsize=64)
def _words(path: Path, changed: int) -> dict[Name, str]:
    del changed
    return {name_of_words(word): icon for word, icon in json.loads(path.read_text("utf-8")).items()}


def svg_of(icons: IconSet, name: str) -> str:
    """The SVG of an icon.

    Raises:
        InputError: the set has no such icon, or its file is damaged.
    """
    name = icons.aliases.get(name, name)
    if name not in icons.spans:
        raise InputError(
            f"The set {icons.id} has no drawing {name!r}. Look for one with: chatanything drawings "
            f'find "{name}"'
        )
    at, size = icons.spans[name]
    try:
        with (icons.folder / DRAWINGS).open("rb") as file:
            file.seek(at)
            return file.read(size).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{icons.folder / DRAWINGS} cannot be read ({error}). Add the set again."
        ) from error


def load_icon(icon: Icon, tick: Tick = no_progress) -> Drawing:
    """The drawing of an icon, with its credit.

    Raises:
        InputError: there is no such set or icon, or it cannot be drawn.
        MissingDependencyError: resvg-py is not installed.
    """
    icons = find_set(icon.set)
    drawing = drawing_of_svg(svg_of(icons, icon.name).encode(), f"{icons.id}:{icon.name}", tick)
    credit = Credit(icon.name, icons.title, icons.author, icons.licence, icons.page)
    return Drawing(
        drawing.pixels, drawing.name, credit, drawing.box, drawing.plain, notes=drawing.notes
    )


def find_set(name: str) -> IconSet:
    """The user's set of an id, or of the only id that begins with `name`.

    Raises:
        InputError: there is none.
    """
    sets = installed_sets()
    found = [each for each in sets if each.id == name] or [
        each for each in sets if each.id.startswith(name)
    ]
    if len(found) != 1:
        here = ", ".join(each.id for each in sets) or "none yet"
        raise InputError(
            f"There is no set of drawings {name!r} (here: {here}). Add one: chatanything drawings get "
            "fluent, or chatanything drawings add FILE."
        )
    return found[0]


def remove_set(name: str) -> Path:
    """Delete a set of the user; the folder that it was in.

    Raises:
        InputError: there is none of this name.
        OutputError: it cannot be deleted.
    """
    icons = find_set(name)
    try:
        shutil.rmtree(icons.folder)
    except OSError as error:
        raise OutputError(f"Cannot remove {icons.folder}: {error.strerror}.") from error
    return icons.folder
