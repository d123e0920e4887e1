"""Keep a set of icons in the user's folder."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ...errors import InputError, OutputError
from .read_icons import read_icons
from .records import IconSet, IconSource
from .set_folder import DRAWINGS, INDEX, drawings_folder, find_set


def add_set(path: Path, words: Mapping[str, Mapping[str, str]] | None = None) -> IconSet:
    """Add the icons of a file or folder to the user's sets; one of the same id is replaced.

    `words` are further names by language tag, each to the name of an icon.

    Raises:
        InputError: the file holds no icons.
        OutputError: the user's folder cannot be written.
    """
    source = read_icons(path)
    home = drawings_folder()
    if path.expanduser().resolve() == (home / source.id).resolve():
        raise InputError(f"{path} is the folder that sets are kept in. It is there already.")
    try:
        home.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".adding-", dir=home))
        try:
            _write(source, words or {}, staging)
            place = home / source.id
            if place.exists():
                shutil.rmtree(place)
            staging.rename(place)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"Cannot write to {home}: {error.strerror}. Set CHATANYTHING_DRAWINGS to another folder."
        ) from error
    return find_set(source.id)


def _write(source: IconSource, words: Mapping[str, Mapping[str, str]], folder: Path) -> None:
    spans: dict[str, tuple[int, int]] = {}
    at = 0
    with (folder / DRAWINGS).open("wb") as file:
        for name, svg in source.icons.items():
            data = svg.encode("utf-8", "replace")
            spans[name] = (at, len(data))
            at += file.write(data)
    index = {
        **{
            key: getattr(source, key)
            for key in ("id", "title", "author", "licence", "page", "version")
        },
        "spans": spans,
        "aliases": source.aliases,
        "figures": sorted(source.figures),
    }
    _dump(folder / INDEX, index)
    for tag in {*source.words, *words}:
        named = {**words.get(tag, {}), **source.words.get(tag, {})}
        usable = {
            word: icon
            for word, icon in named.items()
            if icon in spans and icon not in source.figures
        }
        _dump(folder / f"words-{tag}.json", usable)


def _dump(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
