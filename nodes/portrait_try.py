"""The node that decides whether a try of Animatable Portrait is the last one."""

from typing import Any

import torch
from comfy_api.v0_0_2 import io

from ..chatanything_core.diffusion import describe_portrait
from .comfy import types
from .comfy.graphs.portrait_graph import PortraitTries, try_graph
from .comfy.shown import inner, with_landmarks
from .comfy.tensors import from_image, to_image


class PortraitTry(io.ComfyNode):
    """Keeps the best picture so far, and asks for another try or ends them."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingPortraitTry",
            display_name="Portrait Try",
            category="ChatAnything/portrait",
            description="A part of Animatable Portrait, which adds it by itself.",
            inputs=[
                io.Image.Input("image", tooltip="The picture of this try."),
                types.Tries.Input("tries", tooltip="The tries before, from Animatable Portrait."),
            ],
            outputs=[
                io.Image.Output("IMAGE", tooltip="The best picture."),
                types.Face.Output("face", tooltip="Its face."),
                io.String.Output("report", tooltip="Every try."),
            ],
            enable_expand=True,
            **inner(),
        )

    @classmethod
    def execute(cls, image: torch.Tensor, tries: PortraitTries) -> io.NodeOutput:
        tries = tries.after(to_image(image))
        if not tries.tried.over:
            graph, links = try_graph(tries)
            return io.NodeOutput(*links, expand=graph)
        portrait = tries.portrait()
        told = with_landmarks(cls, portrait.image, portrait.face, tries_line(tries))
        values: tuple[Any, ...] = (from_image(portrait.image), portrait.face)
        return io.NodeOutput(*values, describe_portrait(portrait), ui=told)


def tries_line(tries: PortraitTries) -> str:
    """How many tries there were, and which was kept."""
    told = tries.tried.tries
    if len(told) == 1:
        return "1 try."
    kept = next(
        number
        for number, item in enumerate(told, 1)
        if tries.tried.best and item["seed"] == tries.tried.best.attempt.seed
    )
    return f"{len(told)} tries; number {kept} is kept."
