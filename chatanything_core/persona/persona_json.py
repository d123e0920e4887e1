"""Personas as plain JSON data and back."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..errors import InputError
from .records import Persona


@cache
def _adapter() -> TypeAdapter[Persona]:
    """Built when it is first needed, not while ComfyUI starts."""
    return TypeAdapter(Persona)


def persona_to_json(persona: Persona) -> dict[str, Any]:
    """Plain data that `json.dumps` takes."""
    data: dict[str, Any] = _adapter().dump_python(persona, mode="json")
    return data


def persona_from_json(data: dict[str, Any]) -> Persona:
    """The persona that `persona_to_json` wrote.

    Raises:
        InputError: a field is missing or has a value that a persona cannot have.
    """
    try:
        return _adapter().validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        raise InputError(f"This is not a persona: {where}: {first['msg']}.") from error
