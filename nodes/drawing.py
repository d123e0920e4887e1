"""The Drawing node."""

from typing import Any

import torch
from comfy_api.v0_0_2 import io, ui

from ..chatanything_core.diffusion.drawings import Drawing, FaceSpot, load_drawing, spot_of
from ..chatanything_core.diffusion.icon_sets import drawing_of_name
from ..chatanything_core.errors import InputError
from ..chatanything_core.landmarks import opaque
from .comfy import types
from .comfy.progress import node_tick
from .comfy.shown import later
from .comfy.tensors import from_image, to_cutout


class DrawingNode(io.ComfyNode):
    """Makes a drawing the body of a portrait."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingDrawing",
            display_name="Drawing",
            category="ChatAnything/portrait",
            description="Makes a logo, a mascot, an icon or a cut-out picture the body that Portrait paints.",
            inputs=_inputs(),
            outputs=[
                types.Drawing.Output("drawing", tooltip="The body, for Portrait."),
                io.String.Output(
                    "credit",
                    tooltip="Whose drawing it is, for Save Character Card; empty for your own.",
                ),
            ],
            hidden=[io.Hidden.unique_id],
            **later("svg", "logo", "mascot", "icon", "silhouette", keeps=True),
        )

    @classmethod
    def execute(
        cls,
        svg: str = "",
        image: torch.Tensor | None = None,
        mask: torch.Tensor | None = None,
        face: str = "",
    ) -> io.NodeOutput:
        drawing = _drawing(svg.strip(), image, mask, spot_of(face))
        credit = drawing.credit.line if drawing.credit else ""
        told = [*drawing.notes, *filter(None, [credit])]
        return io.NodeOutput(drawing, credit, ui={**_shown(cls, drawing), "text": told})


def _shown(node: type[io.ComfyNode], drawing: Drawing) -> dict[str, Any]:
    """What the page shows for a click: the drawing, and its box in the whole of it."""
    preview = ui.PreviewImage(from_image(opaque(drawing.pixels)), cls=node).as_dict()
    return {"drawing": [{**preview["images"][0], "box": list(drawing.box)}]}


def _drawing(
    svg: str, image: torch.Tensor | None, mask: torch.Tensor | None, spot: FaceSpot | None
) -> Drawing:
    """What is drawn; files are read by Load Image only, so that no workflow names others."""
    if bool(svg) == (image is not None):
        both = "Both were given" if svg else "Neither was given"
        raise InputError(f"A Drawing is an svg or an image. {both}: give one of them.")
    if image is not None:
        return load_drawing(to_cutout(image, mask, clear=True), spot)
    if svg.lstrip("\ufeff").startswith("<"):
        return load_drawing(svg, spot, node_tick())
    return drawing_of_name(svg, spot, node_tick())


def _inputs() -> list[io.Input]:
    return [
        io.String.Input(
            "svg",
            multiline=True,
            default="",
            tooltip="The text of an SVG, or a drawing of your sets as SET:NAME, such as noto:harp.",
        ),
        io.Image.Input(
            "image", optional=True, tooltip="Instead of an SVG: a picture of one thing, cut out."
        ),
        io.Mask.Input(
            "mask",
            optional=True,
            tooltip="Transparent where it is 1, as Load Image gives it; without it, a plain background "
            "is cut away.",
        ),
        io.String.Input(
            "face",
            default="",
            optional=True,
            tooltip="Where the face goes: x,y,width as shares of the drawing, such as 0.5,0.4,0.3. "
            "Empty leaves it to the painter; after a run, a click on the drawing sets it.",
        ),
    ]
