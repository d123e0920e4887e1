"""Prompts for tests: our templates in API format, and ways to change them."""

import copy
import functools
import json
from typing import Any

from tests.tools.comfyui.client import Prompt
from tests.tools.comfyui.server import ROOT


@functools.cache
def _read(name: str) -> Prompt:
    prompt: Prompt = json.loads(
        (ROOT / "workflows" / "api" / f"{name}.json").read_text(encoding="utf-8")
    )
    return prompt


def template(name: str) -> Prompt:
    """A template's prompt, free to change."""
    return copy.deepcopy(_read(name))


def find(prompt: Prompt, kind: str) -> str:
    """Id of the only node of a type, named without our prefix."""
    (found,) = (key for key, node in prompt.items() if node["class_type"] in (kind, PREFIX + kind))
    return found


def change(prompt: Prompt, kind: str, **values: Any) -> Prompt:
    """The same prompt with some inputs of its only node of a type set; None takes one away."""
    changed = copy.deepcopy(prompt)
    inputs = changed[find(changed, kind)]["inputs"]
    inputs.update(values)
    for name in [name for name, value in inputs.items() if value is None]:
        del inputs[name]
    return changed


PREFIX = "ChatAnything"
