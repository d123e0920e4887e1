"""The Evaluate node."""

from typing import Any

import torch
from comfy_api.v0_0_2 import io

from ..chatanything_core.landmarks import Face, FaceGuide, detectors
from .comfy import types
from .comfy.head_inputs import detectors_now
from .comfy.progress import node_tick
from .comfy.shown import later, text_of
from .comfy.tensors import to_image
from .comfy.video_files import file_of

AUTO = "auto"


class Evaluate(io.ComfyNode):
    """Measures portraits and a film, as `chatanything evaluate` does."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingEvaluate",
            display_name="Evaluate",
            category="ChatAnything/portrait",
            description="Measures portraits and a talking film: faces found, landmarks, lip sync, identity.",
            inputs=_inputs(),
            outputs=[
                io.Float.Output(
                    "found",
                    tooltip="Share of the pictures on which the judge finds a face, 0 to 1.",
                ),
                io.Float.Output(
                    "animatability", tooltip="Mean, 0 to 1; a picture without a face counts 0."
                ),
                io.String.Output(
                    "report", tooltip="Every figure as JSON; null is what could not be measured."
                ),
            ],
            is_output_node=True,
            **later("benchmark", "metrics", "face detection rate", "lip sync", "quality"),
        )

    @classmethod
    def fingerprint_inputs(cls, **inputs: Any) -> str:
        return detectors_now()

    @classmethod
    def execute(
        cls,
        image: torch.Tensor,
        judge: str,
        face: Face | None = None,
        guide: FaceGuide | None = None,
        video: Any = None,
    ) -> io.NodeOutput:
        # Studies load what no other node needs.
        from ..chatanything_core.evaluation import measures, ready_judges

        (name,) = ready_judges(() if judge == AUTO else (judge,))
        pictures = [to_image(one[None]) for one in image]
        film = None if video is None else file_of(video)
        wanted: dict[str, Any] = {"face": face, "guide": guide, "film": film}
        seen = measures.measure_batch(pictures, name, **wanted, tick=node_tick())
        figures = (seen.found.value, seen.animatability, measures.batch_json(seen))
        return io.NodeOutput(*figures, ui=text_of(*measures.batch_lines(seen)))


def _inputs() -> list[io.Input]:
    return [
        io.Image.Input("image", tooltip="The portraits; of any origin, in a batch of any length."),
        io.Combo.Input(
            "judge",
            options=[AUTO, *detectors.names()],
            default=AUTO,
            tooltip="Who looks for faces: `auto` takes the first of mediapipe, blazeface and "
            "face-alignment that is installed.",
        ),
        types.Face.Input(
            "face",
            optional=True,
            tooltip="Where the painter says that the face of the first picture is, from Portrait.",
        ),
        types.Guide.Input(
            "guide", optional=True, tooltip="Where the face was wanted, from Landmark Guidance."
        ),
        io.Video.Input(
            "video",
            optional=True,
            tooltip="A film in which the first picture talks; its first 20 seconds are measured.",
        ),
    ]
