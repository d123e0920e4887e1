"""The Edit History node."""

from comfy_api.v0_0_2 import io

from ..chatanything_core.dialogue import History, edit_history, history_from_json, history_to_json
from .comfy import types
from .comfy.shown import later
from .comfy.widgets import text_input


class EditHistory(io.ComfyNode):
    """Goes back to an earlier turn, and changes what is remembered."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingEditHistory",
            display_name="Edit History",
            category="ChatAnything/chat",
            description="Branches a conversation at an earlier turn and edits what is remembered.",
            inputs=_inputs(),
            outputs=[
                types.History.Output("history", tooltip="The changed conversation."),
                io.String.Output("history_json", tooltip="The same as JSON."),
                io.String.Output(
                    "memory", tooltip="What is remembered about the user, one fact per line."
                ),
                io.String.Output("summary", tooltip="What the oldest turns were about."),
            ],
            **later("conversation", "undo"),
        )

    @classmethod
    def execute(
        cls, keep: int, add: str, forget: str, history_json: str, history: History | None = None
    ) -> io.NodeOutput:
        history = history or history_from_json(history_json)
        edited = edit_history(history, keep=keep, add=add, forget=forget)
        memory = "\n".join(edited.memory)
        return io.NodeOutput(edited, history_to_json(edited), memory, edited.summary)


def _inputs() -> list[io.Input]:
    return [
        io.Int.Input(
            "keep",
            default=-1,
            min=-1,
            max=1_000_000,
            tooltip="Go back to the state after this many turns; -1 keeps all.",
        ),
        text_input("add", "Facts about the user to remember, one per line."),
        text_input(
            "forget", "Words, one per line; remembered facts with any of them are forgotten."
        ),
        text_input("history_json", "The conversation as JSON, used when none is wired."),
        types.History.Input("history", optional=True, tooltip="The conversation."),
    ]
