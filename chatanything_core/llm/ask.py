"""Ask a language model for data of a given shape, whatever its server can do.

In this order: a schema that the server enforces; any JSON object; plain text. The shape is said in
words in every form, since many servers silently ignore options that they do not know. A wrong
answer is sent back with what is wrong. Broken JSON is repaired and the repair is noted. Models that
think get tokens for it on top of their answer's.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import EngineError
from ..progress import Tick, no_progress
from .base import (
    CutShortError,
    Form,
    LanguageModel,
    Message,
    OnText,
    Question,
    UnsupportedFormError,
    ignore_text,
)
from .strict_schema import strict_schema
from .text_length import tokens
from .thoughts import is_thinking, json_in, without_thoughts

T = TypeVar("T")
Shape = TypeVar("Shape", bound=BaseModel)
_TRIES = 2
"""In the first form: once, and once more with the error. Then once more in plain text."""
_ROOMS = (2048, 8192)
"""Tokens for thoughts at the second and the third try, as far as the window has them."""
_MESSAGE_COST = 8
_LONGEST = 200_000
"""Characters of an answer that are worth repairing."""
_passed_over: dict[tuple[str, Form], str] = {}
"""Forms that a model's server turned down or got wrong, so that a chat does not begin with them
every turn."""
_thoughts: dict[str, int] = {}
"""Tokens that a model needs for its thoughts."""


class BadAnswerError(EngineError):
    """An answer that is not of the shape that was asked for."""

    def __init__(self, wrong: str, answer: str = "") -> None:
        super().__init__(wrong)
        self.answer = answer
        """The whole of it."""


@dataclass(frozen=True)
class Answer(Generic[T]):
    """Valid data and how it was got."""

    value: T
    notes: tuple[str, ...] = ()
    """What had to be asked again or repaired, in order."""


Read = Callable[[str, bool], Answer[T]]
"""Reads an answer; told whether it is cut short. Raises BadAnswerError."""


def ask(
    model: LanguageModel,
    messages: tuple[Message, ...],
    shape: type[Shape],
    *,
    max_tokens: int = 2048,
    seed: int = 0,
    tick: Tick = no_progress,
    on_text: OnText = ignore_text,
) -> Answer[Shape]:
    """Get data of `shape` from `model`. `max_tokens` is the answer's; thoughts come on top.

    Raises:
        EngineTimeoutError: the model's timeout passed, all tries together.
        EngineError: the server failed, or no answer was valid.
    """

    def read(text: str, cut: bool) -> Answer[Shape]:
        return parse(text, shape, repair=not cut)

    question = Question(messages, "text", strict_schema(shape), max_tokens, seed=seed)
    return ask_for(model, question, read, tick=tick, on_text=on_text)


def ask_for(
    model: LanguageModel,
    question: Question,
    read: Read[T],
    *,
    tick: Tick = no_progress,
    on_text: OnText = ignore_text,
) -> Answer[T]:
    """As `ask`, with a reader of one's own for what the model answers.

    Raises:
        EngineTimeoutError: the model's timeout passed, all tries together.
        EngineError: the server failed, or `read` took no answer.
    """
    deadline = time.monotonic() + model.timeout
    return _Asking(model, question, read, deadline, tick, on_text).answer()


def thinking_room(model: LanguageModel) -> int:
    """Tokens that are set aside for the model's thoughts; 0 as long as it has shown none."""
    return _thoughts.get(model.identity, 0)


def parse(text: str, shape: type[Shape], *, repair: bool = True) -> Answer[Shape]:
    """Read data of `shape` out of an answer; `repair` takes broken JSON for what it seems to be.

    Raises:
        BadAnswerError: it contains no JSON object, or a value that is not allowed.
    """
    wrong = ""
    for data, notes in objects_in(text, repair=repair):
        try:
            return Answer(shape.model_validate(data), notes)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False, include_context=False)
            places = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults[:5])
            wrong = wrong or f"The answer does not fit: {'; '.join(places)}."
    raise BadAnswerError(wrong or "The answer contains no JSON object.")


def objects_in(
    text: str, *, repair: bool = True
) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """JSON objects in an answer, likeliest first, each with how it was found."""
    told = without_thoughts(text)
    inner = told[begin : told.rfind("}") + 1] if (begin := told.find("{")) >= 0 else ""
    around = ("Text around the JSON was left out.",)
    tries = ((text, ()), (told, ()), (inner, around), (json_in(told), around))
    for found, notes in tries:
        if isinstance(data := _loaded(found), dict):
            yield data, notes
    broken = told[begin : begin + _LONGEST] if repair and begin >= 0 else ""
    if broken and isinstance(data := _repaired(broken), dict):
        yield data, ("Broken JSON was repaired.",)
    if isinstance(data := _loaded(json_in(text)), dict):
        yield data, ("The answer stood among the thoughts.",)


@dataclass
class _Asking(Generic[T]):
    """One question, and what has come of it so far."""

    model: LanguageModel
    question: Question
    read: Read[T]
    deadline: float
    tick: Tick
    on_text: OnText
    notes: list[str] = field(default_factory=list)
    complaint: tuple[Message, ...] = ()
    """The latest wrong answer, and what is wrong with it."""
    passed_over: dict[tuple[str, Form], str] = field(default_factory=dict)
    extra: int = 0
    """Tokens beyond the answer's, for thoughts or because it is longer than expected."""

    def answer(self) -> Answer[T]:
        last = self.model.forms[-1]
        for form in self.model.forms:
            place = (self.model.identity, form)
            if place in _passed_over:
                self.notes.append(_passed_over[place])
            elif (form == last or not self.complaint) and (found := self._in_form(form)):
                # Only now is it sure that the form was the fault.
                _passed_over.update(self.passed_over)
                return Answer(found.value, (*self.notes, *found.notes))
        why = " ".join(dict.fromkeys(self.notes))[-600:]
        raise EngineError(f"{self.model.label} gave no usable answer. {why} {self.model.remedy}")

    def _in_form(self, form: Form) -> Answer[T] | None:
        """The answer in one form; None when the server refuses it, or all tries are wrong."""
        place = (self.model.identity, form)
        told = with_shape(self.question.messages, self.question.schema or {})
        for _ in range(1 if self.complaint else _TRIES):
            question = replace(self.question, messages=(*told, *self.complaint), form=form)
            try:
                return self._read_whole(question)
            except UnsupportedFormError as error:
                self.passed_over[place] = f"The server does not support the form {form!r}: {error}"
                self.notes.append(self.passed_over[place])
                return None
            except BadAnswerError as error:
                self.on_text("")
                self.notes.append(str(error))
                self.complaint = _complained(error)
        self.passed_over[place] = f"The model's answers in the form {form!r} were wrong."
        return None

    def _read_whole(self, question: Question) -> Answer[T]:
        """An answer that had room enough.

        Raises:
            BadAnswerError: it is wrong.
            EngineError: the window has no room for the thoughts.
        """
        room = self._room(question)
        self.extra = min(max(self.extra, thinking_room(self.model)), room)
        while True:
            asked = replace(question, max_tokens=question.max_tokens + self.extra)
            try:
                text = self.model.answer(asked, self.deadline, self.tick, self.on_text)
                if self.extra and is_thinking(text):
                    _thoughts[self.model.identity] = self.extra
                return self._read(text, cut=False)
            except CutShortError as error:
                more = next((step for step in _ROOMS if step > self.extra), self.extra)
                if error.thinking:
                    _thoughts[self.model.identity] = more
                last = min(more, room) <= self.extra
                if (last or not error.thinking) and (came := self._read_cut(error, last)):
                    return came
                self.extra = min(more, room)
            self.on_text("")

    def _read_cut(self, error: CutShortError, last: bool) -> Answer[T] | None:
        """What can be made of the beginning of an answer; None to ask for more of it."""
        try:
            return self._read(error.text, cut=True)
        except BadAnswerError:
            if not last:
                return None
            if not error.thinking:
                raise
        raise EngineError(
            f"{self.model.label} thought until its window was full, and gave no answer. Let it "
            "think less (the option --effort of its profile), or raise the profile's --window."
        )

    def _read(self, text: str, cut: bool) -> Answer[T]:
        try:
            if not without_thoughts(text).strip() and not json_in(text):
                raise BadAnswerError("The answer is empty.")
            return self.read(text, cut)
        except BadAnswerError as error:
            raise BadAnswerError(str(error), text) from error.__cause__

    def _room(self, question: Question) -> int:
        """Tokens of the window that question and answer leave."""
        asked = sum(tokens(message.text) + _MESSAGE_COST for message in question.messages)
        return max(0, self.model.window - asked - question.max_tokens)


def _complained(error: "BadAnswerError") -> tuple[Message, ...]:
    """The wrong answer and what is wrong with it; a short quotation keeps inside the window."""
    told = without_thoughts(error.answer).strip()[:400]
    words = f"{error} Answer again with one corrected JSON object and nothing else."
    return (Message("assistant", told or "(nothing)"), Message("user", words))


def with_shape(messages: tuple[Message, ...], schema: dict[str, Any]) -> tuple[Message, ...]:
    """The messages with the shape in words."""
    told = (
        "Answer with one JSON object and nothing else: no code fence, no comment. "
        f"It must fit this JSON schema: {json.dumps(schema, ensure_ascii=False)}"
    )
    head = [message for message in messages if message.role == "system"]
    rest = [message for message in messages if message.role != "system"]
    # Many chat templates allow a single system message, and only in front.
    system = "\n\n".join([*(message.text for message in head), told])
    return (Message("system", system), *rest)


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _repaired(text: str) -> object:
    from json_repair import repair_json

    try:
        return repair_json(text, return_objects=True)
    except (ValueError, RecursionError):
        return None
