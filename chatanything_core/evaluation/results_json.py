"""Studies and results as plain JSON data and back."""

from dataclasses import asdict
from typing import Any

from ..errors import InputError
from .records import FilmLook, Look, Plain, Prompt, Result, Run, Study, VoiceLook

_WRONG = (TypeError, LookupError, ValueError, AttributeError)


def study_to_json(study: Study) -> Plain:
    """Plain data that `json.dumps` takes."""
    return asdict(study)


def study_from_json(data: Any) -> Study:
    """Undo `study_to_json`.

    Raises:
        InputError: not such data.
    """
    try:
        words = dict(data)
        words["prompts"] = tuple(Prompt(**one) for one in data["prompts"])
        words["runs"] = tuple(Run(**one) for one in data["runs"])
        words["judges"] = tuple(data["judges"])
        return Study(**words)
    except _WRONG as error:
        raise InputError(f"This is no study ({error}). Give another folder with --out.") from error


def result_to_json(result: Result) -> Plain:
    """Plain data; numbers to four digits, so that files stay small."""
    plain: Plain = _rounded(asdict(result))
    return plain


def result_from_json(data: Any) -> Result:
    """Undo `result_to_json`.

    Raises:
        InputError: not such data.
    """
    try:
        words = dict(data)
        words["looks"] = {name: Look(**look) for name, look in data["looks"].items()}
        words["film"] = None if data["film"] is None else FilmLook(**data["film"])
        words["voice"] = None if data["voice"] is None else VoiceLook(**data["voice"])
        return Result(**words)
    except _WRONG as error:
        raise InputError(f"This is no result of a study ({error}). Delete its file.") from error


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return round(value, 4) if isinstance(value, float) else value
