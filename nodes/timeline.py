"""The Timeline node."""

import json
from typing import Any

from comfy_api.v0_0_2 import io

from ..chatanything_core.voice import timeline_of, timeline_to_json
from .comfy import types
from .comfy.progress import node_tick
from .comfy.shown import later
from .comfy.tensors import to_samples
from .comfy.widgets import text_input


class TimelineOfAudio(io.ComfyNode):
    """Times the sounds of any audio, whoever made it."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingTimeline",
            display_name="Timeline",
            category="ChatAnything/voice",
            description="Finds when each sound falls in any speech, so that a face can move to it.",
            inputs=[
                io.Audio.Input("audio", tooltip="Speech from any node or file."),
                text_input("text", "What is said. When empty, the mouth follows the sound alone."),
                io.String.Input(
                    "language", default="en-US", tooltip="Language tag of the text, such as de."
                ),
            ],
            outputs=[
                types.Timeline.Output(
                    "timeline", tooltip="Words, sounds and mouth shapes with times."
                ),
                io.String.Output("JSON", tooltip="The same, as text."),
            ],
            **later("phonemes", "visemes", "alignment", "lip sync"),
        )

    @classmethod
    def execute(cls, audio: dict[str, Any] | None, text: str, language: str) -> io.NodeOutput:
        samples, rate = to_samples(audio, "Timeline")
        timeline = timeline_of(samples, rate, text=text, language=language, tick=node_tick())
        return io.NodeOutput(timeline, json.dumps(timeline_to_json(timeline), ensure_ascii=False))
