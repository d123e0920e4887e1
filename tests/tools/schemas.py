"""What the nodes look like from outside: snapshots that hold them still, and their texts.

`python -m tests.tools.schemas` writes tests/contract/snapshots and locales/en/nodeDefs.json from
a running ComfyUI. It refuses a change that would break saved workflows, unless told `--break`.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.tools.client import Client
from tests.tools.comfyui import ROOT, comfyui

SNAPSHOTS = ROOT / "tests" / "contract" / "snapshots"
TEXTS = ROOT / "locales" / "en" / "nodeDefs.json"
WIDGETS = {"INT", "FLOAT", "STRING", "BOOLEAN", "COMBO"}
PROSE = {"tooltip", "display_name", "placeholder"}
UPLOADS = {"image_upload", "audio_upload", "video_upload"}
OF_THIS_MACHINE = {
    *("profile", "ckpt_name", "control_net_name"),
    *("checkpoint", "lora", "vae", "controlnet", "expert"),
}
"""Menus of what a user has: files and profiles."""


def our_nodes(server: Client) -> dict[str, Any]:
    """/object_info of this pack's nodes, by node id."""
    everything = server.get("/object_info")
    return {
        name: info
        for name, info in everything.items()
        if info["python_module"] == "custom_nodes.ChatAnything"
    }


def inputs(info: dict[str, Any]) -> list[tuple[str, str, dict[str, Any], bool]]:
    """Id, type, options and whether it is required, in the order that widgets are saved in."""
    found = []
    for group in ("required", "optional"):
        for name in info["input_order"].get(group, []):
            kind, *rest = info["input"][group][name]
            options = dict(rest[0]) if rest else {}
            if isinstance(kind, list):
                kind, options = "COMBO", options | {"options": kind}
            if options.keys() & UPLOADS or name in OF_THIS_MACHINE:
                options.pop("options", None)
            found.append((name, kind, options, group == "required"))
    return found


def structure(info: dict[str, Any]) -> dict[str, Any]:
    """All that a saved workflow or an API client depends on; no prose."""
    return {
        "category": info["category"],
        "output_node": info["output_node"],
        "inputs": [
            {"id": name, "type": kind, "required": required}
            | {key: value for key, value in sorted(options.items()) if key not in PROSE}
            for name, kind, options, required in inputs(info)
        ],
        "outputs": [
            {"name": name, "type": kind}
            for name, kind in zip(info["output_name"], info["output"], strict=True)
        ],
    }


def breaks(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Why workflows or prompts saved with `old` would not work with `new`.

    Values of widgets and links from outputs are saved by position, links to inputs by name, and
    a prompt knows only the inputs of its day.
    """
    found = []
    kinds = {item["id"]: item["type"] for item in new["inputs"]}
    known = {item["id"] for item in old["inputs"]}
    for item in old["inputs"]:
        if kinds.get(item["id"]) != item["type"]:
            found.append(f"the input {item['id']} was {item['type']}: never rename or retype")
    for item in new["inputs"]:
        if item["id"] not in known and item["required"]:
            found.append(f"the new input {item['id']} is required: make it optional")
    for part, places in (("widgets", _widgets), ("outputs", _outputs)):
        before, after = places(old), places(new)
        if after[: len(before)] != before:
            found.append(f"{part} were {before} and became {after}: only append")
    return found + _lost_choices(old, new)


def _widgets(side: dict[str, Any]) -> list[str]:
    return [item["id"] for item in side["inputs"] if is_widget(item)]


def _outputs(side: dict[str, Any]) -> list[str]:
    return [item["type"] for item in side["outputs"]]


def _lost_choices(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    now = {item["id"]: set(item.get("options") or []) for item in new["inputs"]}
    lost = {
        item["id"]: set(item.get("options") or []) - now.get(item["id"], set())
        for item in old["inputs"]
    }
    return [f"{name} no longer offers {sorted(gone)}" for name, gone in lost.items() if gone]


def is_widget(item: dict[str, Any]) -> bool:
    """Whether an input of a `structure` is set on the node itself."""
    return item["type"] in WIDGETS and not item.get("forceInput")


def texts(info: dict[str, Any]) -> dict[str, Any]:
    """A node's entry in nodeDefs.json, which translators copy."""
    tooltips = info["output_tooltips"]
    return {
        "display_name": info["display_name"],
        "description": info["description"],
        "inputs": {
            name: {
                "name": options.get("display_name") or name.replace("_", " "),
                "tooltip": options.get("tooltip"),
            }
            for name, _, options, _ in inputs(info)
        },
        "outputs": {
            str(slot): {"name": name, "tooltip": tooltips[slot]}
            for slot, name in enumerate(info["output_name"])
        },
    }


def read(path: Path) -> Any:
    """The JSON of a file; {} when there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write(path: Path, value: Any) -> None:
    """Write JSON as all files here are written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def used_core_nodes() -> set[str]:
    """Types of ComfyUI's own nodes in our templates."""
    used = set()
    for path in (ROOT / "workflows" / "api").glob("*.json"):
        used |= {node["class_type"] for node in read(path).values()}
    return {name for name in used if not name.startswith("ChatAnything")}


def main(force: bool) -> None:
    """Write everything, or say what would break."""
    with tempfile.TemporaryDirectory() as base, comfyui(Path(base)) as server:
        ours, core = our_nodes(server), server.get("/object_info")
    problems = [
        f"{name}: {problem}"
        for name, info in ours.items()
        if (old := read(SNAPSHOTS / f"{name}.json"))
        for problem in breaks(old, structure(info))
    ]
    if problems and not force:
        sys.exit("Saved workflows would break:\n" + "\n".join(problems))
    for name, info in ours.items():
        write(SNAPSHOTS / f"{name}.json", structure(info))
    for name in used_core_nodes():
        write(SNAPSHOTS / "core" / f"{name}.json", structure(core[name]))
    write(TEXTS, {name: texts(info) for name, info in ours.items()})


if __name__ == "__main__":
    main(force="--break" in sys.argv)
