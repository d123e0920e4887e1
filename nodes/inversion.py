"""The Inversion node."""

from typing import Any, get_args

import torch
from comfy_api.v0_0_2 import io
from comfy_execution.graph import ExecutionBlocker
from comfy_execution.graph_utils import GraphBuilder

from ..chatanything_core.diffusion import Mixture, PaintJob, invert, reference_of, sampler
from ..chatanything_core.inversion import Method, Start
from ..chatanything_core.landmarks import FaceGuide
from .comfy import types
from .comfy.graphs.inversion_graph import inversion_graph
from .comfy.runtime import comfy_runtime
from .comfy.shown import later
from .comfy.tensors import to_image
from .comfy.widgets import RARE, field_input, sampler_outputs, seed_input, text_input

NO_LATENT = (
    "This start has no latents: the sketch painter draws with shapes, at strength 0 or 1 there is "
    "nothing to start from, and a model of ComfyUI's own makes them when `model` and `vae` are "
    "wired. Wire `start` into Portrait or Animatable Portrait instead, or change that."
)


class Inversion(io.ComfyNode):
    """Makes a reference picture the start of a painting."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingInversion",
            display_name="Inversion",
            category="ChatAnything/portrait",
            description="Starts the painting from a reference picture instead of from nothing.",
            inputs=[*_way(), *_ddim(), *_sources()],
            outputs=[
                types.Start.Output("start", tooltip="Where Portrait continues from."),
                io.Latent.Output(
                    "LATENT",
                    tooltip="The same start for KSampler (Advanced) with add_noise off. Not for "
                    "sketch experts.",
                ),
                io.Int.Output("start_at_step", tooltip="The step at which LATENT joins in."),
                io.Int.Output("steps", tooltip="Length of the schedule that the step counts in."),
                *sampler_outputs(),
            ],
            enable_expand=True,
            **later("ddim inversion", "img2img", "start image"),
        )

    @classmethod
    def execute(
        cls,
        expert: Mixture,
        width: int,
        height: int,
        reference: torch.Tensor | None = None,
        guide: FaceGuide | None = None,
        model: Any = None,
        vae: Any = None,
        positive: Any = None,
        **options: Any,
    ) -> io.NodeOutput:
        picture = reference_of(guide) if reference is None else to_image(reference)
        native = model is not None and vae is not None
        runtime, tick = comfy_runtime()
        options |= {"size": (width, height), "runtime": runtime, "external": native}
        start = invert(expert, picture, tick=tick, **options)
        names = sampler(expert.lead.scheduler).comfyui
        if not native:
            return io.NodeOutput(start, _latent(start), start.step, start.steps, *names)
        graph = GraphBuilder()
        latent = inversion_graph(graph, start, names[1], model, vae, positive)
        told = (start, latent, start.step, start.steps, *names)
        return io.NodeOutput(*told, expand=graph.finalize())


def _latent(start: Start) -> dict[str, Any] | ExecutionBlocker:
    # A blocker does no harm while the socket is unused, and tells whoever uses it why.
    if start.latents is None:
        return ExecutionBlocker(NO_LATENT)
    # ComfyUI's latents are unscaled and variance exploding: x0 + sigma noise.
    return {"samples": torch.from_numpy(start.latents) / start.alpha**0.5 / start.scale}


def _way() -> list[io.Input]:
    """How the start is made."""
    return [
        types.Mixture.Input("expert", tooltip="The experts that will paint from here."),
        field_input(
            "strength",
            Start,
            "How far the painter may leave the reference: 0 gives the reference "
            "back, 1 ignores it.",
            default=0.85,
            step=0.01,
        ),
        io.Combo.Input(
            "method",
            options=list(get_args(Method)),
            default="noise",
            tooltip="`noise` adds noise to the reference (SDEdit). `ddim` finds the noise "
            "that the model would paint it from; slower, but keeps more. `flow` is the same for models "
            "that flow in straight lines: Flux, SD3.5, Qwen-Image, Z-Image ...",
        ),
        seed_input("Seed of the noise that is added to the reference."),
        field_input("width", PaintJob, "Width of the portrait in pixels; the same as in Portrait."),
        field_input(
            "height", PaintJob, "Height of the portrait in pixels; the same as in Portrait."
        ),
    ]


def _ddim() -> list[io.Input]:
    """What only `ddim` reads."""
    return [
        text_input(
            "prompt",
            "What the reference shows; only `ddim` and `flow` read it. Empty is fine.",
            optional=True,
            **RARE,
        ),
        field_input(
            "fresh",
            Start,
            "Share of the inverted noise that is replaced by fresh noise: more "
            "freedom for the painter. Only `ddim` and `flow` read it.",
            optional=True,
            **RARE,
        ),
        field_input(
            "corrections",
            Start,
            "More corrections per step, which reproduce the reference more "
            "exactly; each costs one more pass. Only `ddim` and `flow` read it.",
            optional=True,
            **RARE,
        ),
    ]


def _sources() -> list[io.Input]:
    """What it is made from, and by what."""
    return [
        io.Image.Input(
            "reference",
            optional=True,
            tooltip="Any picture, with or without a face. When unwired, the picture that the "
            "guide was taken from.",
        ),
        types.Guide.Input(
            "guide",
            optional=True,
            tooltip="Whose reference picture is used when none is wired in.",
        ),
        io.Model.Input(
            "model",
            optional=True,
            tooltip="With `vae`: ComfyUI's own nodes make LATENT, for its own samplers.",
        ),
        io.Vae.Input("vae", optional=True, tooltip="Encodes the reference for `model`."),
        io.Conditioning.Input(
            "positive",
            optional=True,
            tooltip="What the reference shows, for `ddim` or `flow` with `model`.",
        ),
    ]
