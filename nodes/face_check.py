"""The Face Check node."""

from typing import Any

import torch
from comfy_api.v0_0_2 import io

from ..chatanything_core.diffusion.drawings import spot_of
from ..chatanything_core.diffusion.drawings.give_face import PAINTS, Paint, give_face
from ..chatanything_core.landmarks import (
    Face,
    FaceGuide,
    describe_face,
    detectors,
    draw_overlay,
    find_face,
    find_faces,
    read_points,
    score_face,
)
from .comfy import types
from .comfy.face_inputs import chosen, faces_in, shown_face, sides
from .comfy.head_inputs import detectors_now
from .comfy.shown import face_line, later
from .comfy.tensors import from_image, to_image


class FaceCheck(io.ComfyNode):
    """Says how well a face can be animated."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingFaceCheck",
            display_name="Face Check",
            category="ChatAnything/portrait",
            description="Finds the face of a picture and says how well it can be animated.",
            inputs=_inputs(),
            outputs=[
                types.Face.Output("face", tooltip="The face, for Talking Head."),
                io.Float.Output(
                    "score",
                    tooltip="Animatability, 0 to 1; above 0.5 is good, and a guessed face stays below 0.3.",
                ),
                io.String.Output("report", tooltip="The score's parts and how the face was found."),
                io.Image.Output("overlay", tooltip="The picture with the landmarks drawn on it."),
                io.Image.Output(
                    "IMAGE",
                    tooltip="The picture itself; with a face where one was painted into it.",
                ),
            ],
            is_output_node=True,
            **later("face detection", "face landmarks", "animatability"),
        )

    @classmethod
    def fingerprint_inputs(cls, **inputs: Any) -> str:
        return detectors_now()

    @classmethod
    def execute(
        cls, image: torch.Tensor, detector: str, face: Face | None = None,
        guide: FaceGuide | None = None, points: str = "", paint: Paint = "never", place: str = "",
        number: int = 1, landmarks: dict[str, Any] | None = None,
    ) -> io.NodeOutput:  # fmt: skip
        picture = to_image(image)
        found = faces_in(landmarks)
        face = face or chosen(found, number)
        if points.strip():
            face = find_face(picture, prior=guide, points=read_points(points, sides(picture)))
        face = face or find_face(picture, prior=guide, detector=detector, number=number)
        found = found or find_faces(picture, prior=guide, detector=detector)
        picture, face = give_face(picture, face, paint, spot_of(place))
        face = score_face(picture, face, guide=guide, detector=detector)
        overlay, image = from_image(draw_overlay(picture, face)), from_image(picture)
        told = shown_face(cls, picture, face.points, found, face_line(face))
        return io.NodeOutput(face, face.score, describe_face(face), overlay, image, ui=told)


def _inputs() -> list[io.Input]:
    return [
        io.Image.Input("image", tooltip="The picture to check."),
        io.Combo.Input(
            "detector",
            options=["none", "auto", *detectors.names()],
            default="auto",
            tooltip="Who looks for the face: `auto` takes the first one that is installed; "
            "without any, the face is taken from the guide or placed.",
        ),
        types.Face.Input(
            "face", optional=True, tooltip="A face to judge instead of looking for one."
        ),
        types.Guide.Input("guide", optional=True, tooltip="Where the face was meant to be."),
        io.String.Input(
            "points",
            multiline=True,
            default="",
            optional=True,
            tooltip="Where the face is, when you know better: drag it on the node, or write JSON of "
            "six points [x, y] in pixels (corners of the left eye, the right eye and the mouth, "
            "from left to right), or all 68. They override everything else.",
        ),
        *_later_inputs(),
    ]


def _later_inputs() -> list[io.Input]:
    """A painted face, and which of several."""
    return [
        io.Combo.Input(
            "paint",
            options=list(PAINTS),
            default="never",
            optional=True,
            tooltip="Whether eyes, nose and mouth are painted into the picture: never, where the "
            "detector finds no face, or always. Wire IMAGE and face into Talking Head then.",
        ),
        io.String.Input(
            "place",
            default="",
            optional=True,
            tooltip="Where the face is painted: x,y,width as shares of the picture, such as "
            "0.5,0.4,0.3. Empty takes what stands out.",
        ),
        io.Int.Input(
            "number",
            default=1,
            min=1,
            max=99,
            optional=True,
            tooltip="Which of several faces, from the largest, 1. A click on the node chooses too.",
        ),
        types.FaceLandmarks.Input(
            "landmarks",
            optional=True,
            tooltip="Faces found by core's Detect Face Landmarks, where ComfyUI has it.",
        ),
    ]
