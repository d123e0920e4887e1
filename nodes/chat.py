"""The Chat node."""

from dataclasses import replace
from typing import Any

from comfy_api.v0_0_2 import io

from ..chatanything_core.dialogue import (
    History,
    Reply,
    chat,
    check_message,
    history_from_json,
    history_to_json,
    talkers,
    turn_question,
)
from ..chatanything_core.dialogue.base import ChatRequest
from ..chatanything_core.dialogue.chat import MAX_MESSAGE
from ..chatanything_core.errors import InputError
from ..chatanything_core.persona import Persona
from .comfy import types
from .comfy.llm_profiles import AUTOMATIC, model_source, node_text, profile_input
from .comfy.progress import node_tick
from .comfy.shown import later
from .comfy.text_model import QUESTION, model_inputs, wired_model
from .comfy.widgets import field_input, seed_input, text_input


class Chat(io.ComfyNode):
    """Says something to a persona and gets its answer."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingChat",
            display_name="Chat",
            category="ChatAnything/chat",
            description="Talks with the persona: a message and the conversation so far give a reply.",
            inputs=_inputs(),
            outputs=[
                io.String.Output("reply", tooltip="What the persona says; wire it to Speak."),
                types.History.Output("history", tooltip="The conversation with this turn."),
                io.String.Output("emotion", tooltip="What its face shows: one of seven words."),
                types.Persona.Output(
                    "persona",
                    display_name="persona in this mood",
                    tooltip="The persona with the emotion of the reply; wire it to Talking Head. "
                    "Keep Portrait wired to the first one, so that nothing is painted again.",
                ),
                io.String.Output("history_json", tooltip="The same conversation as JSON."),
                io.String.Output("question", tooltip=QUESTION),
            ],
            hidden=[io.Hidden.unique_id],
            is_output_node=True,
            **later("llm", "roleplay", "conversation", "talk"),
        )

    @classmethod
    def validate_inputs(cls, message: str | None = None) -> bool | str:
        """One input alone: ComfyUI tells the answer at each that is named. A linked one is None."""
        try:
            check_message(message if message is not None else "linked")
        except InputError as error:
            return str(error)
        return True

    @classmethod
    def execute(
        cls,
        persona: Persona,
        message: str,
        engine: str,
        limit: int,
        seed: int,
        history_json: str,
        profile: str = AUTOMATIC,
        history: History | None = None,
        answer: str | None = None,
        clip: Any = None,
    ) -> io.NodeOutput:
        history = history or history_from_json(history_json)
        reply = chat(
            persona,
            message,
            history,
            engine=engine,
            source=model_source(profile),
            limit=limit,
            seed=seed,
            model=wired_model(answer, clip),
            tick=node_tick(),
            on_text=node_text(cls.hidden.unique_id),
        )
        return _told(reply, persona, turn_question(persona, message, history, limit=limit))


def _told(reply: Reply, persona: Persona, question: str) -> io.NodeOutput:
    history, emotion = history_to_json(reply.history), reply.emotion
    shown = {"text": [reply.text], "emotion": [emotion.name], "history": [history]}
    felt = replace(persona, emotion=emotion)
    return io.NodeOutput(reply.text, reply.history, emotion.name, felt, history, question, ui=shown)


def _inputs() -> list[io.Input]:
    return [
        types.Persona.Input("persona", tooltip="Who answers."),
        text_input(
            "message", f"What you say, up to {MAX_MESSAGE} characters.", "Hello! Who are you?"
        ),
        io.Combo.Input(
            "engine",
            options=talkers.names(),
            tooltip="Who writes the answer; offline needs no model and no network.",
        ),
        field_input(
            "limit",
            ChatRequest,
            "Most words in the reply; 50 take about 20 seconds to say.",
        ),
        seed_input("Another seed gives another reply to the same message."),
        text_input(
            "history_json",
            "The conversation so far as JSON; leave empty to begin a new one. A wired "
            "history is used instead.",
        ),
        profile_input(),
        types.History.Input(
            "history", optional=True, tooltip="The conversation so far, from another Chat."
        ),
        *model_inputs(),
    ]
