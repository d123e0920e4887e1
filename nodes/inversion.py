"""The Inversion node."""

from typing import Any, get_args

import torch
from comfy_api.v0_0_2 import io
from comfy_execution.graph import ExecutionBlocker

from ..chatanything_core.diffusion import invert, reference_of
from ..chatanything_core.inversion import Method, Start
from . import types
from .media import to_image
from .running import node_tick

NO_LATENT = (
    "This start has no latents: the sketch painter draws with shapes, not noise. "
    "Wire `start` into Portrait instead, or choose an expert of a diffusion model."
)


class Inversion(io.ComfyNode):
    """Makes a reference picture the start of a painting."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingInversion",
            display_name="Inversion",
            category="ChatAnything",
            description="Starts the painting from a reference picture instead of from nothing.",
            inputs=[
                types.Expert.Input("expert", tooltip="The experts that will go on painting."),
                io.Float.Input(
                    "strength",
                    default=0.85,
                    min=0.0,
                    max=1.0,
                    step=0.01,
                    tooltip="How far the painter may leave the reference: 0 gives the reference "
                    "back, 1 ignores it.",
                ),
                io.Combo.Input(
                    "method",
                    options=list(get_args(Method)),
                    default="noise",
                    tooltip="`noise` puts noise on the reference (SDEdit). `ddim` finds the noise "
                    "that the model would paint it from; slower, keeps more.",
                ),
                io.Int.Input(
                    "seed",
                    default=0,
                    min=0,
                    max=2**63 - 1,
                    control_after_generate=True,
                    tooltip="Of the noise that is put on the reference.",
                ),
                _side("width", "Width"),
                _side("height", "Height"),
                io.Image.Input(
                    "reference",
                    optional=True,
                    tooltip="Any picture, with a face or without. Empty: the picture that the "
                    "guide was taken from.",
                ),
                types.Guide.Input(
                    "guide",
                    optional=True,
                    tooltip="Whose reference picture is used when none is wired in.",
                ),
            ],
            outputs=[
                types.Start.Output("start", tooltip="Where Portrait goes on from."),
                io.Latent.Output(
                    "LATENT",
                    tooltip="The same start for ComfyUI's own samplers. Not for sketch experts.",
                ),
            ],
        )

    @classmethod
    def execute(
        cls, expert, strength, method, seed, width, height, reference=None, guide=None
    ) -> io.NodeOutput:
        picture = reference_of(guide) if reference is None else to_image(reference)
        start = invert(
            expert,
            picture,
            strength=strength,
            method=method,
            seed=seed,
            size=(width, height),
            tick=node_tick(),
        )
        return io.NodeOutput(start, _latent(start))


def _side(name: str, word: str) -> io.Int.Input:
    return io.Int.Input(
        name,
        default=512,
        min=256,
        max=1024,
        step=8,
        tooltip=f"{word} of the portrait in pixels; the same as in Portrait.",
    )


def _latent(start: Start) -> dict[str, Any] | ExecutionBlocker:
    # A blocker harms nobody who leaves the socket alone, and tells why to whoever uses it.
    if start.latents is None:
        return ExecutionBlocker(NO_LATENT)
    return {"samples": torch.from_numpy(start.latents)}
