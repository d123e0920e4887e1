"""Ask a language model for data of a given shape, whatever its server can do.

In this order: a schema that the server enforces; any JSON object; plain text. In each form, a wrong
answer is sent back once with what is wrong. Broken JSON is repaired and the repair is noted.
What still does not fit is an error: nothing is ever filled in.
"""

import json
import re
import time
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import EngineError
from ..progress import Tick, no_progress
from .base import Form, LanguageModel, Message, OnText, Question, UnsupportedFormError, ignore_text
from .strict_schema import strict_schema

T = TypeVar("T", bound=BaseModel)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_TRIES = 2
"""In each form: once, and once more with the error."""


_refused: dict[tuple[str, Form], str] = {}
"""Forms that a model's server turned down, so that a chat does not ask for them every turn."""


class BadAnswerError(EngineError):
    """An answer that is not of the shape that was asked for."""


@dataclass(frozen=True)
class Answer(Generic[T]):
    """Valid data and how it was got."""

    value: T
    notes: tuple[str, ...] = ()
    """What had to be asked again or repaired, in order."""


def ask(
    model: LanguageModel,
    messages: tuple[Message, ...],
    shape: type[T],
    *,
    max_tokens: int = 2048,
    seed: int = 0,
    tick: Tick = no_progress,
    on_text: OnText = ignore_text,
) -> Answer[T]:
    """Get data of `shape` from `model`.

    Raises:
        EngineTimeoutError: the model's timeout passed, all tries together.
        EngineError: the server failed, or no answer was valid.
    """
    deadline = time.monotonic() + model.timeout
    schema = strict_schema(shape)
    notes: list[str] = []
    refused: dict[tuple[str, Form], str] = {}
    for form in model.forms:
        question = Question(_told(messages, schema, form), form, schema, max_tokens, seed=seed)
        place = (model.identity, form)
        if place in _refused:
            notes.append(_refused[place])
            continue
        try:
            value = _ask_in_form(model, question, shape, deadline, notes, tick, on_text)
        except UnsupportedFormError as error:
            refused[place] = f"The server does not support the form {form!r}: {error}"
            notes.append(refused[place])
            continue
        if value is not None:
            # Only now is it sure that the form was the fault.
            _refused.update(refused)
            return Answer(value, tuple(notes))
    raise EngineError(f"{model.label} gave no usable answer. {notes[-1]} Try another model.")


def parse(text: str, shape: type[T]) -> Answer[T]:
    """Read data of `shape` out of an answer.

    Raises:
        BadAnswerError: it contains no JSON object, or a value that is not allowed.
    """
    data, notes = _loaded(_THOUGHT.sub("", text))
    if not isinstance(data, dict):
        raise BadAnswerError("The answer contains no JSON object.")
    try:
        return Answer(shape.model_validate(data), notes)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        places = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults[:5])
        raise BadAnswerError(f"The answer does not fit: {'; '.join(places)}.") from error


def _ask_in_form(
    model: LanguageModel,
    question: Question,
    shape: type[T],
    deadline: float,
    notes: list[str],
    tick: Tick,
    on_text: OnText,
) -> T | None:
    """Try twice, the second time with the error; None when both are wrong."""
    messages = question.messages
    for _ in range(_TRIES):
        text = model.answer(replace(question, messages=messages), deadline, tick, on_text)
        try:
            found = parse(text, shape)
        except BadAnswerError as error:
            notes.append(str(error))
            complaint = f"{error} Answer again with one corrected JSON object and nothing else."
            on_text("")
            # A short quotation suffices, and keeps the question inside the model's window.
            messages = (
                *question.messages,
                Message("assistant", text[:400]),
                Message("user", complaint),
            )
            continue
        notes.extend(found.notes)
        return found.value
    return None


def _told(messages: tuple[Message, ...], schema: dict[str, Any], form: Form) -> tuple[Message, ...]:
    """Say the shape in words where the server does not enforce it."""
    if form == "schema":
        return messages
    told = (
        "Answer with one JSON object and nothing else: no code fence, no comment. "
        f"It must fit this JSON schema: {json.dumps(schema, ensure_ascii=False)}"
    )
    head = [message for message in messages if message.role == "system"]
    rest = [message for message in messages if message.role != "system"]
    # Many chat templates allow a single system message, and only in front.
    system = "\n\n".join([*(message.text for message in head), told])
    return (Message("system", system), *rest)


def _loaded(text: str) -> tuple[object, tuple[str, ...]]:
    try:
        return json.loads(text), ()
    except ValueError:
        pass
    from json_repair import repair_json

    begin, end = text.find("{"), text.rfind("}") + 1
    if begin < 0:
        return None, ()
    inner = text[begin:end] if end > begin else text[begin:]
    try:
        return json.loads(inner), ("Text around the JSON was left out.",)
    except ValueError:
        return repair_json(inner, return_objects=True), ("Broken JSON was repaired.",)
