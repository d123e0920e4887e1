"""Where the files for browsers are: beside the core in a checkout, inside the package in a wheel."""

from pathlib import Path

CORE = Path(__file__).resolve().parents[2]


def web_folder() -> Path:
    """The folder that has `lib/`, the modules that draw a face.

    A checkout has it at its root, where ComfyUI serves it too (`*.mjs` are not loaded by themselves
    there, as every `*.js` is); an installed package carries it along.
    """
    carried = CORE / "web"
    return carried if carried.is_dir() else CORE.parent / "web"
