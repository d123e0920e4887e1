"""Read a workflow file: as the page saves it, or as it exports it for the API."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import InputError
from .records import Prompt, Schemas
from .to_prompt import to_prompt


@dataclass(frozen=True, eq=False)
class Workflow:
    """A workflow of either format."""

    path: Path
    content: dict[str, Any]
    is_prompt: bool
    """True for the API format."""

    def prompt(self, schemas: Schemas) -> Prompt:
        """The workflow in API format; raises as `to_prompt` does."""
        return dict(self.content) if self.is_prompt else to_prompt(self.content, schemas)

    @property
    def drawn(self) -> dict[str, Any] | None:
        """The workflow as the page draws it, for the metadata of what is saved; else None."""
        return None if self.is_prompt else self.content


def read_workflow(path: Path) -> Workflow:
    """Read a file of either format.

    Raises:
        InputError: it cannot be read, is not JSON, or is no workflow.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Cannot read the workflow {path}: {error}.") from error
    except ValueError as error:
        raise InputError(f"{path} is not JSON ({error}). Save the workflow once more.") from error
    if isinstance(content, dict) and isinstance(content.get("nodes"), list):
        return Workflow(path, content, is_prompt=False)
    if isinstance(content, dict) and content and all(map(_is_node, content.values())):
        return Workflow(path, content, is_prompt=True)
    raise InputError(
        f"{path} is JSON but no workflow of ComfyUI. Save one with Workflow > Save or Export (API)."
    )


def _is_node(entry: object) -> bool:
    return isinstance(entry, dict) and "class_type" in entry and "inputs" in entry
