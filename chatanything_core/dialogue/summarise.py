"""Turn the oldest turns of a conversation into a summary and facts."""

from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, Field

from ..llm import Answer, BadAnswerError, LanguageModel, Message, Question, prompt
from ..llm.ask import ask_for, objects_in
from ..llm.printable import printable
from ..llm.strict_schema import strict_schema
from ..llm.text_length import tokens, within, word_count
from ..llm.thoughts import without_thoughts
from ..persona import Persona
from ..progress import Tick
from .memory import MAX_FACTS, learned
from .records import History, Turn


class SummaryDraft(BaseModel):
    """A summary as a language model gives it."""

    summary: Annotated[str, Field(min_length=1, max_length=8000)]
    remember: list[Annotated[str, Field(max_length=300)]] = Field(
        description="facts about the user, each a short sentence"
    )


def summarised(
    model: LanguageModel, persona: Persona, history: History, cut: int, tick: Tick
) -> tuple[History, list[str]]:
    """The history with its first `cut` turns in the summary, and notes of what was done.

    The turns are read in portions that fit the window, each with the summary so far.
    """
    limit = max(40, min(150, model.window // 25))
    notes = [f"Turns {history.summarised + 1} to {cut} went into the summary."]
    while history.summarised < cut:
        portion = _portion(history.turns[history.summarised : cut], model.window // 3)
        told = _told(persona, history.summary, portion)
        question = (
            Message("system", prompt("summary", name=persona.name, limit=str(limit))),
            Message("user", told),
        )
        asked = Question(question, "text", strict_schema(SummaryDraft), 4 * limit + 150)
        answer = ask_for(model, asked, _read, tick=tick)
        summary = within(answer.value.summary, limit)
        if word_count(answer.value.summary) > limit:
            notes.append(f"The summary had {word_count(answer.value.summary)} words and was cut.")
        facts = learned(history.memory, answer.value.remember)
        history = replace(
            history,
            summary=summary,
            summarised=history.summarised + len(portion),
            memory=(*history.memory, *facts)[-MAX_FACTS:],
        )
    return history, notes


def _read(text: str, cut: bool) -> Answer[SummaryDraft]:
    """The summary in an answer, in JSON or in bare prose; what it forgets is not remembered.

    Raises:
        BadAnswerError: there is none.
    """
    prose = without_thoughts(text)
    found, notes = next(objects_in(text), ({"summary": "" if "{" in prose else prose}, ()))
    summary, facts = found.get("summary"), found.get("remember")
    if not isinstance(summary, str) or not printable(summary).strip():
        raise BadAnswerError("The summary is empty.")
    entries = facts if isinstance(facts, list) else []
    kept = [printable(fact) for fact in entries if isinstance(fact, str)]
    draft = SummaryDraft(
        summary=printable(summary).strip()[:8000],
        remember=[fact for fact in kept if len(fact) <= 300],
    )
    return Answer(draft, notes)


def _portion(turns: tuple[Turn, ...], room: int) -> tuple[Turn, ...]:
    """As many of the oldest turns as fit; at least one."""
    count, left = 0, room
    for turn in turns:
        left -= tokens(turn.message) + tokens(turn.reply) + 8
        if left < 0:
            break
        count += 1
    return turns[: max(1, count)]


def _told(persona: Persona, summary: str, turns: tuple[Turn, ...]) -> str:
    lines = [f"User: {turn.message}\n{persona.name}: {turn.reply}" for turn in turns]
    return prompt("turns", summary=summary or prompt("nothing-yet"), turns="\n".join(lines))
