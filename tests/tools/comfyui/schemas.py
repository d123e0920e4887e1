"""What the nodes look like from outside: snapshots that hold them still, and their texts.

`python -m tests.tools.comfyui.schemas` writes tests/contract/snapshots and locales/en/nodeDefs.json from
a running ComfyUI. It refuses a change that would break saved workflows, unless told `--break`.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.tools.comfyui.client import Client
from tests.tools.comfyui.server import ROOT, comfyui

SNAPSHOTS = ROOT / "tests" / "contract" / "snapshots"
TEXTS = ROOT / "locales" / "en" / "nodeDefs.json"
WIDGETS = {"INT", "FLOAT", "STRING", "BOOLEAN", "COMBO"}
PROSE = {"tooltip", "display_name", "placeholder", "advanced"}
"""What an input says, and whether newer pages fold it away: nothing saved depends on these."""
UPLOADS = {"image_upload", "audio_upload", "video_upload"}
OF_THIS_MACHINE = {
    *("profile", "ckpt_name", "control_net_name", "clip_name", "unet_name", "vae_name"),
    *("audio_encoder_name", "name"),
    *("checkpoint", "lora", "vae", "controlnet", "expert"),
    *("unet", "clip_1", "clip_2", "clip_3", "clip_4"),
}
"""Menus of what a user has: files and profiles."""
OF_THIS_VERSION = {
    ("ChatAnythingAnimatablePortrait", "sampler_name"),
    ("ChatAnythingAnimatablePortrait", "scheduler"),
}
"""Menus of ComfyUI's own, which every version makes longer."""
LATER = {"ChatAnythingPersona": ("clip",), "ChatAnythingChat": ("clip",)}
"""Sockets that a node has only where ComfyUI is new enough for them."""
PREVIEWS = {"ChatAnythingLandmarkGuidance"}
"""Nodes that are roots only where ComfyUI keeps a preview of roots alone."""
DYNAMIC = "COMFY_DYNAMICCOMBO_V3"
"""A menu whose choices bring inputs of their own; our templates take choices that bring none."""


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
            if kind == DYNAMIC:
                kind, options["options"] = "COMBO", [entry["key"] for entry in options["options"]]
            own = name in OF_THIS_MACHINE or (info["name"], name) in OF_THIS_VERSION
            if options.keys() & UPLOADS or own:
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


def on_this_version(name: str, saved: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """A `structure` or `texts` that was saved, without later sockets that `now` lacks."""
    inputs = saved["inputs"]
    if isinstance(inputs, dict):
        lacking = [key for key in LATER.get(name, ()) if key not in now["inputs"]]
        kept: Any = {key: value for key, value in inputs.items() if key not in lacking}
    else:
        ids = {item["id"] for item in now["inputs"]}
        lacking = [key for key in LATER.get(name, ()) if key not in ids]
        kept = [item for item in inputs if item["id"] not in lacking]
    roots = {"output_node": now["output_node"]} if name in PREVIEWS and "output_node" in now else {}
    return saved | {"inputs": kept} | roots


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
        for problem in breaks(on_this_version(name, old, structure(info)), structure(info))
    ]
    if problems and not force:
        sys.exit("Saved workflows would break:\n" + "\n".join(problems))
    known = read(TEXTS)
    for name, info in ours.items():
        path = SNAPSHOTS / f"{name}.json"
        write(path, _with_later(name, structure(info), read(path)))
    for name in used_core_nodes() & core.keys():
        write(SNAPSHOTS / "core" / f"{name}.json", structure(core[name]))
    write(TEXTS, {name: _with_later(name, texts(ours[name]), known.get(name)) for name in ours})


def _with_later(name: str, now: dict[str, Any], saved: dict[str, Any] | None) -> dict[str, Any]:
    """What a newer ComfyUI wrote of later sockets stays when an older one writes."""
    here = on_this_version(name, saved, now)["inputs"] if saved else now["inputs"]
    if not saved or len(here) == len(saved["inputs"]):
        return now
    if isinstance(here, dict):
        lost: Any = {key: value for key, value in saved["inputs"].items() if key not in here}
        return now | {"inputs": now["inputs"] | lost}
    return now | {"inputs": now["inputs"] + [item for item in saved["inputs"] if item not in here]}


if __name__ == "__main__":
    main(force="--break" in sys.argv)
