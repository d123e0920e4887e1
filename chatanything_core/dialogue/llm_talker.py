"""The chat engine that asks a language model.

What the model is given always fits its window: who it is, what it remembers, a summary of the
turns that no longer fit, and the latest turns word for word.
"""

import json
from collections import OrderedDict
from dataclasses import asdict, replace
from hashlib import blake2b

from ..errors import EngineError
from ..llm import (
    Answer,
    GivenAnswer,
    LanguageModel,
    Message,
    OnText,
    Question,
    open_model,
    prompt,
)
from ..llm.ask import ask_for, thinking_room
from ..llm.strict_schema import strict_schema
from ..llm.text_length import tokens, within, word_count
from ..persona import Emotion
from ..progress import Tick
from .base import ChatRequest, OnEmotion, ignore_emotion
from .character_prompt import character_prompt
from .memory import MAX_FACTS, learned
from .read_reply import ReplyDraft, ReplyListener, ReplyReader
from .records import History, Reply, Turn
from .summarise import summarised

_MESSAGE_COST = 8
"""Tokens around each message in a chat template, at most."""
_SPARE = 650
"""Tokens set aside for the schema in words and for asking again."""
_PAGE = 32768
"""Tokens of a question that goes to a model of which nothing is known."""
_KEPT = 1000
_answered: "OrderedDict[str, Reply]" = OrderedDict()
"""The latest answers by turn key, so that a graph that is queued again asks no model."""


class ModelTalker:
    """Answers with any language model, through one schema."""

    def __init__(self, engine: str, model: LanguageModel | None = None) -> None:
        self.engine = engine
        """Registered name of the language model, or what the given one is called."""
        self.model = model
        """The model itself where the caller has it; None opens the engine."""

    def reply(
        self,
        said: ChatRequest,
        tick: Tick,
        on_text: OnText,
        on_emotion: OnEmotion = ignore_emotion,
    ) -> Reply:
        """Answer within the model's window, or give the answer that was given before."""
        model = self.model or open_model(self.engine, said.source)
        key = _turn_key(said, f"{self.engine} {model.identity}")
        if key in _answered:
            _answered.move_to_end(key)
            on_emotion(_answered[key].emotion)
            on_text(_answered[key].text)
            return replace(_answered[key], again=True)
        listener = ReplyListener(said, on_text, on_emotion)
        reply = _asked(model, said, key, tick, listener)
        listener.finish(reply.text, reply.emotion)
        _answered[key] = reply
        while len(_answered) > _KEPT:
            _answered.popitem(last=False)
        return reply


def question_of(said: ChatRequest) -> Question:
    """What a model is asked; turns beyond its summary and `_PAGE` are left out, oldest first."""
    model, history = GivenAnswer("", _PAGE), said.history
    bare = replace(said, history=replace(history, summarised=len(history.turns)))
    room, cut = _room(model, bare), len(history.turns)
    while (
        cut > history.summarised and (room := room - _turns_cost(history.turns[cut - 1 : cut])) >= 0
    ):
        cut -= 1
    said = replace(said, history=replace(history, summarised=cut))
    return Question(_messages(model, said), schema=strict_schema(ReplyDraft))


def _asked(
    model: LanguageModel, said: ChatRequest, key: str, tick: Tick, listener: ReplyListener
) -> Reply:
    known = thinking_room(model)
    try:
        return _asked_once(model, said, key, tick, listener)
    except EngineError:
        if thinking_room(model) == known:
            raise
    # It has turned out to be a model that thinks: now its window is shared out anew.
    return _asked_once(model, said, key, tick, listener)


def _asked_once(
    model: LanguageModel, said: ChatRequest, key: str, tick: Tick, listener: ReplyListener
) -> Reply:
    history, notes = _fitted(model, said, tick)
    said = replace(said, history=history)
    notes += character_prompt(model, said, _card_room(model, said)).notes
    room, shape = _reply_room(model, said.limit), strict_schema(ReplyDraft)
    question = Question(_messages(model, said), "text", shape, room, seed=said.seed)
    answer: Answer[ReplyDraft] = ask_for(
        model, question, ReplyReader(said), tick=tick, on_text=listener
    )
    draft = answer.value
    text = within(draft.reply, said.limit, said.persona.voice.language)
    if word_count(draft.reply) > said.limit:
        notes.append(f"The reply had {word_count(draft.reply)} words; whole sentences were kept.")
    facts = learned(history.memory, draft.remember)
    turn = Turn(said.message, text, Emotion(draft.emotion, draft.emotion_strength), facts, key)
    memory = (*history.memory, *facts)[-MAX_FACTS:]
    history = replace(history, turns=(*history.turns, turn), memory=memory)
    return Reply(text, turn.emotion, history, (*notes, *answer.notes))


def _fitted(model: LanguageModel, said: ChatRequest, tick: Tick) -> tuple[History, list[str]]:
    """Summarise the oldest turns when they no longer fit.

    Raises:
        EngineError: the window is too small for the character itself.
    """
    history = said.history
    notes: list[str] = []
    bare = replace(history, summarised=len(history.turns))
    if (lacking := -_room(model, replace(said, history=bare))) > 0:
        raise EngineError(
            f"The character and the message need {model.window + lacking} tokens, and "
            f"{model.label} takes {model.window}. Shorten them, or raise the profile's window."
        )
    while open_turns := history.turns[history.summarised :]:
        room = _room(model, replace(said, history=history))
        if room >= 0:
            break
        # Half of the space is emptied, so that not every turn has to summarise again.
        space = _turns_cost(open_turns) + room
        kept = 0
        while kept < len(open_turns) - 1 and _turns_cost(open_turns[-kept - 1 :]) <= space // 2:
            kept += 1
        cut = len(history.turns) - kept
        history, said_so = summarised(model, said.persona, history, cut, tick)
        notes += said_so
    return history, notes


def _room(model: LanguageModel, said: ChatRequest) -> int:
    """Tokens of the window that the question and its answer leave free."""
    question = sum(tokens(message.text) + _MESSAGE_COST for message in _messages(model, said))
    return model.window - question - _reply_room(model, said.limit) - _spare(model)


def _messages(model: LanguageModel, said: ChatRequest) -> tuple[Message, ...]:
    history = said.history
    told = character_prompt(model, said, _card_room(model, said))
    messages = [Message("system", told.system)]
    for turn in history.turns[history.summarised :]:
        messages += [Message("user", turn.message), Message("assistant", _as_json(turn))]
    # Told once: an older interruption is past.
    broke_in = prompt("interrupted") if history.turns and history.turns[-1].interrupted else ""
    message = "\n\n".join(filter(None, (broke_in, said.message, told.note)))
    return (*messages, Message("user", message))


def _card_room(model: LanguageModel, said: ChatRequest) -> int:
    """Tokens for the texts of a card: most of what all the rest leaves free, but for the turns."""
    if not said.persona.card:
        return 0
    bare = character_prompt(model, said, 0).system
    rest = tokens(bare) + tokens(said.message) + 2 * _MESSAGE_COST
    thoughts = min(thinking_room(model), model.window // 3)
    free = model.window - rest - _reply_room(model, said.limit) - thoughts - _spare(model)
    return max(0, free * 3 // 4)


def _as_json(turn: Turn) -> str:
    """An earlier reply in the form that is asked for: models copy what they see."""
    data = {
        "emotion": turn.emotion.name,
        "emotion_strength": turn.emotion.strength,
        "reply": turn.reply,
        "remember": list(turn.learned),
    }
    return json.dumps(data, ensure_ascii=False)


def _turns_cost(turns: tuple[Turn, ...]) -> int:
    return sum(tokens(t.message) + tokens(_as_json(t)) + 2 * _MESSAGE_COST for t in turns)


def _reply_room(model: LanguageModel, limit: int) -> int:
    """Tokens for the reply and the JSON around it."""
    return min(4 * limit + 120, model.window // 3)


def _spare(model: LanguageModel) -> int:
    """Tokens for the schema in words, for asking again, and for thoughts where there are any."""
    return min(_SPARE, model.window // 3) + min(thinking_room(model), model.window // 3)


def _turn_key(said: ChatRequest, identity: str) -> str:
    """Hash of everything that the answer depends on."""
    data = [asdict(said.persona), asdict(said.history), said.message, said.limit, said.seed]
    data += [said.user] if said.user else []
    text = json.dumps([identity, *data], ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
