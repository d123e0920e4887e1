"""Give inputs of a prompt other values, named as people name them: `Speak.text=Hello`."""

import copy
from collections.abc import Mapping
from typing import Any

from ..errors import InputError
from .records import Prompt, Schemas, title_of
from .to_prompt import inputs_of, is_widget

Place = tuple[str, str]
"""Node id and input name."""
_YES, _NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}


def set_inputs(prompt: Prompt, schemas: Schemas, values: Mapping[str, str]) -> Prompt:
    """The same prompt with some inputs set; a link that stood there is replaced.

    Args:
        values: Texts by `node.input`, where the node is an id, a title or a type (with or without
            `ChatAnything` before it), in any case; or by the input alone where only one node has
            such an input.

    Raises:
        InputError: a name that no input has or several have, or a text that is no number where one
            is wanted.
    """
    changed = copy.deepcopy(prompt)
    for name, text in values.items():
        node, field = find_input(changed, schemas, name)
        kind, _ = inputs_of(schemas[changed[node]["class_type"]])[field]
        changed[node]["inputs"][field] = _value(name, kind, text)
    return changed


def find_input(prompt: Prompt, schemas: Schemas, name: str) -> Place:
    """The one input that a name means; raises as `set_inputs` does."""
    named, _, field = name.rpartition(".")
    places = [
        (node, field)
        for node in prompt
        if not named or named.casefold() in _names(prompt, node)
        if _has(schemas, prompt[node], field, open_only=not named)
    ]
    if len(places) == 1:
        return places[0]
    raise _several(prompt, name, places) if places else _unknown(prompt, schemas, name)


def _names(prompt: Prompt, node: str) -> set[str]:
    kind = str(prompt[node]["class_type"])
    names = {node, title_of(prompt, node), kind, kind.removeprefix("ChatAnything")}
    return {name.casefold() for name in names}


def _has(schemas: Schemas, entry: Mapping[str, Any], field: str, *, open_only: bool) -> bool:
    """Whether a node has a widget of a name; `open_only` passes over those that a link feeds."""
    kind, options = inputs_of(schemas.get(entry["class_type"], {})).get(field, (None, {}))
    if kind is None or not is_widget(kind, options):
        return False
    return not (open_only and isinstance(entry["inputs"].get(field), list))


def _value(name: str, kind: Any, text: str) -> Any:
    if kind == "BOOLEAN" and text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    if kind not in ("INT", "FLOAT", "BOOLEAN"):
        return text
    try:
        return int(text) if kind == "INT" else float(text) if kind == "FLOAT" else _flag(text)
    except ValueError as error:
        wanted = {"INT": "a whole number", "FLOAT": "a number", "BOOLEAN": "true or false"}[kind]
        raise InputError(f"{name} is {text!r}. Give {wanted}.") from error


def _flag(text: str) -> bool:
    raise ValueError(text)


def _several(prompt: Prompt, name: str, places: list[Place]) -> InputError:
    full = ", ".join(f"{node}.{field} ({title_of(prompt, node)})" for node, field in places)
    return InputError(f"{name!r} may mean several inputs: {full}. Name the node by its number.")


def _unknown(prompt: Prompt, schemas: Schemas, name: str) -> InputError:
    known = [
        f"{title_of(prompt, node)}.{field}"
        for node, entry in prompt.items()
        for field in inputs_of(schemas.get(entry["class_type"], {}))
        if _has(schemas, entry, field, open_only=True)
    ]
    return InputError(f"The workflow has no input {name!r}. Choose among: {', '.join(known)}.")
