"""The Animatable Portrait node."""

from typing import Any

import comfy.samplers
from comfy_api.v0_0_2 import io

from ..chatanything_core.diffusion import PaintJob
from ..chatanything_core.inversion import Start
from ..chatanything_core.landmarks import FaceGuide
from ..chatanything_core.ranges import WHOLE
from .comfy import types
from .comfy.graphs.portrait_graph import Canvas, first_try, try_graph
from .comfy.shown import later
from .comfy.widgets import RARE, field_input, number_input, seed_input

SIZE = 1024
"""Native size of most families, pixels."""


class AnimatablePortrait(io.ComfyNode):
    """Paints with any model that ComfyUI samples until there is a face that can be animated."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingAnimatablePortrait",
            display_name="Animatable Portrait",
            category="ChatAnything/portrait",
            description="Samples any model again and again until a face is found that can talk.",
            inputs=[*_models(), *_sampling(), *_limits(), *_guidance()],
            outputs=[
                io.Image.Output("IMAGE", tooltip="The best picture of all tries."),
                types.Face.Output("face", tooltip="Where its face is, for Talking Head."),
                io.String.Output("report", tooltip="How it was painted, with every try."),
            ],
            enable_expand=True,
            **later("flux", "qwen image", "z-image", "sd3", "face", "ksampler", "portrait"),
        )

    @classmethod
    def execute(
        cls,
        width: int,
        height: int,
        seed: int,
        tries: int = 4,
        guide_end: float = 0.8,
        guide_strength: float = 0.8,
        strict: bool = False,
        guide: FaceGuide | None = None,
        start: Start | None = None,
        **painting: Any,
    ) -> io.NodeOutput:
        canvas = Canvas(size=(width, height), guide=guide, start=start, **painting)
        limits: dict[str, Any] = {"seed": seed, "tries": tries, "window": (0.0, guide_end)}
        limits |= {"strict": strict, "guide_strength": guide_strength}
        graph, links = try_graph(first_try(canvas, **limits))
        return io.NodeOutput(*links, expand=graph)


def _models() -> list[io.Input]:
    """What paints."""
    return [
        io.Model.Input("model", tooltip="Any model that KSampler samples, of any family."),
        io.Conditioning.Input("positive", tooltip="What to paint."),
        io.Conditioning.Input("negative", tooltip="What not to paint."),
        io.Vae.Input("vae", tooltip="The model's VAE."),
    ]


def _sampling() -> list[io.Input]:
    """How a try is sampled; as in KSampler."""
    side = {"default": SIZE, "min": 64, "max": 4096, "step": 8}
    return [
        io.Int.Input("width", **side, tooltip="Width of the portrait in pixels."),
        io.Int.Input("height", **side, tooltip="Height of the portrait in pixels."),
        seed_input("The same seed paints the same picture again; each try has one of its own."),
        io.Int.Input("steps", default=20, min=1, max=1000, tooltip="Sampling steps of a try."),
        io.Float.Input(
            "cfg",
            default=4.0,
            min=0.0,
            max=100.0,
            step=0.1,
            tooltip="How firmly it follows the prompt; 1 for distilled models such as Flux.",
        ),
        io.Combo.Input(
            "sampler_name",
            options=comfy.samplers.KSampler.SAMPLERS,
            default="euler",
            tooltip="The sampler.",
        ),
        io.Combo.Input(
            "scheduler",
            options=comfy.samplers.KSampler.SCHEDULERS,
            default="simple",
            tooltip="The schedule of noise levels.",
        ),
    ]


def _limits() -> list[io.Input]:
    """When to stop."""
    return [
        field_input(
            "tries",
            PaintJob,
            "How often it may be sampled again, guided more firmly each time, until a face is "
            "found. Without a face detector there is one try.",
            default=4,
            optional=True,
        ),
        number_input(
            "guide_end",
            0.8,
            WHOLE,
            "Share of the steps in which the ControlNet follows the guide.",
            optional=True,
            **RARE,
        ),
        number_input(
            "guide_strength",
            0.8,
            WHOLE,
            "Without a ControlNet the guide's face is the start: how far the picture leaves it. "
            "Lower keeps the face's place more firmly.",
            optional=True,
            **RARE,
        ),
        io.Boolean.Input(
            "strict",
            optional=True,
            default=False,
            tooltip="Fail when no try shows a face, instead of keeping the best.",
            **RARE,
        ),
    ]


def _guidance() -> list[io.Input]:
    """What the picture follows or starts from."""
    return [
        io.ControlNet.Input(
            "control_net",
            optional=True,
            tooltip="Follows the guide's map. Without one, the guide's face is what the picture "
            "starts from.",
        ),
        types.Guide.Input(
            "guide", optional=True, tooltip="Where the face should be, from Landmark Guidance."
        ),
        types.Start.Input(
            "start",
            optional=True,
            tooltip="A reference to start from, from Inversion; it goes before the guide's face.",
        ),
    ]
