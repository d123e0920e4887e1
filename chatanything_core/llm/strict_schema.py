"""From a pydantic class to the JSON schema that strict servers accept."""

from typing import Any

from pydantic import BaseModel

_KEPT = ("type", "description", "enum", "const", "anyOf", "$ref", "items", "properties", "$defs")


def strict_schema(shape: type[BaseModel]) -> dict[str, Any]:
    """The schema in the subset of OpenAI's strict mode.

    Every property is required and no other is allowed. Limits of numbers and lengths are left
    to pydantic, since servers differ in which of them they accept.
    """
    return _strict(shape.model_json_schema())


def _strict(node: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in node.items() if key in _KEPT}
    for key in ("properties", "$defs"):
        if key in kept:
            kept[key] = {name: _strict(entry) for name, entry in kept[key].items()}
    if "items" in kept:
        kept["items"] = _strict(kept["items"])
    if "anyOf" in kept:
        kept["anyOf"] = [_strict(entry) for entry in kept["anyOf"]]
    if "properties" in kept:
        kept |= {"required": list(kept["properties"]), "additionalProperties": False}
    return kept
