"""Tooltips of the nodes in other languages.

Translators keep them in tests/contract/snapshots/tooltips/LANGUAGE.json, each under the English
text that it translates, so that a changed text has no translation until somebody writes one.
`python -m tests.tools.comfyui.tooltips` puts them into locales/LANGUAGE/nodeDefs.json, which
ComfyUI reads.
"""

import sys
from typing import Any

from tests.tools.comfyui import schemas

CATALOGUES = schemas.SNAPSHOTS / "tooltips"
FOLDER = schemas.ROOT / "locales"
LANGUAGES = ("de", "es", "fr", "ja", "zh")
SOCKETS = ("inputs", "outputs")


def catalogue(language: str) -> dict[str, str]:
    """Translation by English tooltip."""
    found: dict[str, str] = schemas.read(CATALOGUES / f"{language}.json")
    return found


def tooltips(english: dict[str, Any]) -> list[str]:
    """All different tooltips of a nodeDefs.json, in its order."""
    texts = [
        socket["tooltip"]
        for entry in english.values()
        for part in SOCKETS
        for socket in entry[part].values()
    ]
    return list(dict.fromkeys(texts))


def lacking(english: dict[str, Any], known: dict[str, str]) -> list[str]:
    """English tooltips without a translation."""
    return [text for text in tooltips(english) if not known.get(text, "").strip()]


def stale(english: dict[str, Any], known: dict[str, str]) -> list[str]:
    """Translated texts that no node says any more."""
    return sorted(known.keys() - set(tooltips(english)))


def translated(
    english: dict[str, Any], names: dict[str, Any], known: dict[str, str]
) -> dict[str, Any]:
    """A nodeDefs.json with the titles and socket names of `names` and the tooltips of `known`."""
    return {
        node: {key: names[node][key] for key in ("display_name", "description")}
        | {
            part: {
                socket: {
                    "name": names[node][part][socket]["name"],
                    "tooltip": known[text["tooltip"]],
                }
                for socket, text in entry[part].items()
            }
            for part in SOCKETS
        }
        for node, entry in english.items()
    }


def main() -> None:
    """Write every language, or say which texts have no translation."""
    english = schemas.read(schemas.TEXTS)
    for language in LANGUAGES:
        known = catalogue(language)
        if missing := lacking(english, known):
            sys.exit("\n".join([f"{language} has no translation of:", *missing]))
        path = FOLDER / language / "nodeDefs.json"
        schemas.write(path, translated(english, schemas.read(path), known))


if __name__ == "__main__":
    main()
