"""What goes to a server and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Prompt = dict[str, dict[str, Any]]
"""A workflow in API format: `class_type`, `inputs` and `_meta` by node id."""
Schemas = Mapping[str, Mapping[str, Any]]
"""What a server's /object_info says, by node type."""


def title_of(prompt: Prompt, node: str) -> str:
    """What a node is called on the canvas, else its type; its id when the prompt lacks it."""
    entry = prompt.get(node, {})
    return str(entry.get("_meta", {}).get("title") or entry.get("class_type") or node)


@dataclass(frozen=True, eq=False)
class RunFiles:
    """What came of one run of a workflow."""

    prompt_id: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Contents of what was saved, by names made of node titles: `save-video.mp4`."""
    texts: Mapping[str, list[str]] = field(default_factory=dict)
    """What nodes say under themselves, by their titles."""
    previews: int = 0
    """How many files were only shown and not saved."""
