"""Make a workflow ready for a server: its values set, its files named."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import InputError
from .read_workflow import Workflow
from .records import Prompt, Schemas
from .set_inputs import find_input, set_inputs
from .to_prompt import check_types

UPLOAD = "@"
"""What a value begins with that is the path of a file here."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """One run that is wanted."""

    prompt: Prompt
    drawn: dict[str, Any] | None = None
    """The workflow as the page draws it; None when that is not what runs."""
    uploads: Mapping[tuple[str, str], Path] = field(default_factory=dict)
    """Files here that inputs are to be, by node id and input name."""
    previews: bool = False
    """Whether files that are only shown are fetched as well."""

    @property
    def job(self) -> Any:
        """All that its result depends on, as JSON."""
        contents = {
            f"{node}.{name}": hashlib.sha256(path.read_bytes()).hexdigest()
            for (node, name), path in self.uploads.items()
        }
        return {"prompt": self.prompt, "uploads": contents, "previews": self.previews}


def prepare(
    workflow: Workflow, schemas: Schemas, values: Mapping[str, str], *, previews: bool = False
) -> Prepared:
    """A workflow with some inputs set; `@path` is a file here that is uploaded.

    Raises:
        InputError: an input or a type that is not known, a value of the wrong kind, no such file.
    """
    prompt = workflow.prompt(schemas)
    check_types([(node, entry["class_type"]) for node, entry in prompt.items()], schemas)
    plain = {name: text for name, text in values.items() if not text.startswith(UPLOAD)}
    uploads = {
        find_input(prompt, schemas, name): _file(name, text.removeprefix(UPLOAD))
        for name, text in values.items()
        if text.startswith(UPLOAD)
    }
    # What the page drew has the old values; without it the page opens the prompt itself.
    drawn = None if values else workflow.drawn
    return Prepared(set_inputs(prompt, schemas, plain), drawn, uploads, previews)


def _file(name: str, text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise InputError(f"{name} is to be the file {text!r}, and there is none. Give its path.")
    return path
