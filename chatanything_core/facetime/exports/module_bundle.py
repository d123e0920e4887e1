"""The modules of a page in one script, for a file that opens without a server."""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (async function\*?|function\*?|class|const|let) (\w+)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def module_bundle(entry: Path) -> str:
    """The module at `entry` after all that it imports, each in a scope of its own.

    Our modules only name what they import and export; any other form is an error.
    """
    order: list[Path] = []
    _visit(entry.resolve(), order)
    parts = [_wrapped(path, order) for path in order]
    return "const modules = [];\n" + "".join(parts)


def _visit(path: Path, order: list[Path]) -> None:
    if path in order:
        return
    for _, source in _IMPORT.findall(path.read_text("utf-8")):
        _visit((path.parent / source).resolve(), order)
    order.append(path)


def _wrapped(path: Path, order: list[Path]) -> str:
    """One module as a function that is called at once, and gives what it exports."""
    text = path.read_text("utf-8")

    def taken(match: re.Match[str]) -> str:
        number = order.index((path.parent / match[2]).resolve())
        names = match[1].replace(" as ", ": ")
        return f"const {{{names}}} = modules[{number}];\n"

    text = _IMPORT.sub(taken, text)
    names = [name for _, name in _EXPORT.findall(text)]
    text = _EXPORT.sub(r"\1 \2", text)
    if left := _LEFT.search(text):
        raise ValueError(f"{path.name} has a line that cannot be bundled: {left[0]}")
    given = ", ".join(names)
    return f"// {path.name}\nmodules.push((() => {{\n{text}\nreturn {{ {given} }};\n}})());\n"
