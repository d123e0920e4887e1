"""Personas as plain JSON data and back."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..errors import InputError
from .records import Persona

_ADAPTER = TypeAdapter(Persona)


def persona_to_json(persona: Persona) -> dict[str, Any]:
    """Plain data that `json.dumps` takes."""
    data: dict[str, Any] = _ADAPTER.dump_python(persona, mode="json")
    return data


def persona_from_json(data: dict[str, Any]) -> Persona:
    """The persona that `persona_to_json` wrote.

    Raises:
        InputError: a field is missing or has a value that a persona cannot have.
    """
    try:
        return _ADAPTER.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        raise InputError(f"This is no persona: {where}: {first['msg']}.") from error
