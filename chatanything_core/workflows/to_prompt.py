"""From a workflow as the page saves it to a prompt as a server takes it.

Values of widgets are saved by position, in the order of the node's inputs; the server's
/object_info says which inputs those are.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import InputError
from .graph import Graph, Node, inputs, open_workflow
from .records import Prompt, Schemas

WIDGETS = {"INT", "FLOAT", "STRING", "BOOLEAN", "COMBO"}
SEEDS = {"seed", "noise_seed"}
"""Names that get the page's widget "control after generate" unasked."""
DYNAMIC = "COMFY_DYNAMICCOMBO_V3"
"""A menu each of whose choices has inputs of its own."""
UPLOADS = ("image_upload", "video_upload", "audio_upload", "file_upload", "animated_image_upload")


def to_prompt(workflow: Mapping[str, Any], schemas: Schemas) -> Prompt:
    """Convert; seeds keep the values that they were saved with.

    Raises:
        InputError: a node type that the server does not know, or no node that runs.
    """
    try:
        running = list(open_workflow(workflow).running())
    except (KeyError, TypeError, IndexError, RecursionError) as error:
        raise InputError(f"The workflow is damaged ({error!r}). Save it once more.") from error
    check_types([(path, str(node["type"])) for path, _, node in running], schemas)
    found = {path: _entry(level, node, schemas[node["type"]]) for path, level, node in running}
    return _without_lost(found)


def check_types(nodes: list[tuple[str, str]], schemas: Schemas) -> None:
    """Refuse a workflow that is empty or has nodes that the server lacks.

    Raises:
        InputError: with the ids and types of those nodes.
    """
    if not nodes:
        raise InputError("The workflow has no node that runs. Unmute some, or choose another file.")
    lacking = [f"{kind} (node {path})" for path, kind in nodes if kind not in schemas]
    if lacking:
        raise InputError(
            f"The server does not know {', '.join(lacking)}. Install the missing node packs there."
        )


def _entry(level: Graph, node: Node, schema: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(_values(node, schema))
    for socket in inputs(node):
        source = level.source(socket.get("link"))
        if source is not None:
            linked = [source.node, source.slot]
            values[socket["name"]] = linked if source.node else source.value
    title = node.get("title") or schema.get("display_name") or node["type"]
    return {"inputs": values, "class_type": node["type"], "_meta": {"title": title}}


def _without_lost(prompt: Prompt) -> Prompt:
    """Links to nodes that do not run are left out, as the page leaves them out."""
    for entry in prompt.values():
        kept = entry["inputs"].items()
        entry["inputs"] = {
            name: value for name, value in kept if not is_link(value) or value[0] in prompt
        }
    return prompt


def is_link(value: Any) -> bool:
    """Whether an input's value is an output of another node."""
    return (
        isinstance(value, list)
        and len(value) == 2
        and isinstance(value[0], str)
        and type(value[1]) is int
    )


def _values(node: Node, schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The values of a node's widgets by name."""
    saved = node.get("widgets_values") or []
    own = {item["widget"]["name"] for item in inputs(node) if item.get("widget")}
    if isinstance(saved, dict):
        names = {name for name, _, _ in _inputs(schema)}
        yield from ((name, value) for name, value in saved.items() if name in names)
        return
    rest = iter(saved)
    for name, kind, options in _inputs(schema):
        if is_widget(kind, options) or name in own:
            yield from _taken(rest, name, kind, options)
        elif kind == UPLOADS:
            next(rest, None)


def _taken(
    rest: Iterator[Any], name: str, kind: Any, options: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """The next value, and those that the page's own widgets and the choice's inputs have."""
    missing = object()
    value = next(rest, missing)
    if value is missing:
        return
    yield name, value
    if options.get("control_after_generate", kind == "INT" and name in SEEDS):
        next(rest, None)
    if kind == DYNAMIC:
        choices = {item["key"]: item["inputs"] for item in options.get("options", [])}
        for inner, inner_kind, inner_options in _inputs({"input": choices.get(value, {})}):
            if is_widget(inner_kind, inner_options):
                yield from _taken(rest, f"{name}.{inner}", inner_kind, inner_options)


def is_widget(kind: Any, options: Mapping[str, Any]) -> bool:
    """Whether an input has a value on the node itself."""
    if options.get("forceInput"):
        return False
    return isinstance(kind, list) or kind in WIDGETS or kind == DYNAMIC or "widgetType" in options


def _inputs(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """Name, type and options of every input in order; the page's upload button has `UPLOADS`."""
    parts = schema.get("input") or {}
    for part in ("required", "optional"):
        entries = parts.get(part) or {}
        for name, entry in entries.items():
            yield name, entry[0], entry[1] if len(entry) > 1 else {}
        given = [entry[1] for entry in entries.values() if len(entry) > 1]
        if part == "required" and any(item.get(key) for item in given for key in UPLOADS):
            yield "", UPLOADS, {}


def inputs_of(schema: Mapping[str, Any]) -> dict[str, tuple[Any, Mapping[str, Any]]]:
    """Type and options of every input by name."""
    return {name: (kind, options) for name, kind, options in _inputs(schema) if name}
