"""Tries of a portrait in ComfyUI's own nodes: each is a sampler, a decoder and a node that decides.

The nodes of a try are added to the graph only when the one before it has decided, so that a good
first picture costs one.
"""

from dataclasses import dataclass, replace
from typing import Any

import torch
from comfy_execution.graph_utils import GraphBuilder

from ....chatanything_core.diffusion.records import Portrait
from ....chatanything_core.diffusion.resize import resize_to_fill
from ....chatanything_core.diffusion.retry import Attempt, RetryPlan, Tried
from ....chatanything_core.inversion import Start
from ....chatanything_core.landmarks import FaceGuide, find_face, ready_detectors
from ....chatanything_core.landmarks.maps.face_picture import face_picture
from ..tensors import from_image
from .inversion_graph import inversion_graph
from .sampling_form import check_method

DECIDES = "ChatAnythingPortraitTry"


@dataclass(frozen=True, eq=False)
class Canvas:
    """What all tries of a portrait have in common; the models are ComfyUI's own objects."""

    model: Any
    positive: Any
    negative: Any
    vae: Any
    size: tuple[int, int]
    """Width and height in pixels."""
    steps: int
    cfg: float
    sampler_name: str
    scheduler: str
    control_net: Any = None
    guide: FaceGuide | None = None
    start: Start | None = None
    """A picture to start from, at `size`; of a guide that no ControlNet follows, its face."""


@dataclass(frozen=True, eq=False)
class PortraitTries:
    """A portrait under way: what is painted on, and how far the tries are."""

    canvas: Canvas
    tried: Tried

    def after(self, image: Any) -> "PortraitTries":
        """With the face of the next picture, RGB uint8 (H, W, 3), found and judged."""
        face = find_face(image, prior=self.canvas.guide)
        return replace(self, tried=self.tried.after(image, face))

    def portrait(self) -> Portrait:
        """The best of all tries; raises EngineError as `Tried.result` does."""
        result, canvas = self.tried.result(), self.canvas
        recipe: dict[str, Any] = {
            "engine": "ComfyUI",
            "sampler": f"{canvas.sampler_name}, {canvas.scheduler}",
            "steps": canvas.steps,
            "cfg": canvas.cfg,
            "seed": result.attempt.seed,
            "guided by": _guided_by(canvas),
        }
        return Portrait(result.image, result.face, recipe | {"tries": list(result.tries)})


def first_try(
    canvas: Canvas,
    *,
    seed: int,
    tries: int,
    window: tuple[float, float],
    strict: bool,
    guide_strength: float,
) -> PortraitTries:
    """A portrait before its first try.

    Without a detector nothing can tell a good try from a bad one: then there is one.

    Args:
        guide_strength: How far the picture leaves the guide's face when that is its start.

    Raises:
        InputError: a start that was inverted in a way that is wrong for the model.
    """
    start, faced = _start(canvas, guide_strength)
    judged = bool(ready_detectors())
    followed = canvas.control_net is not None and canvas.guide is not None
    plan = RetryPlan(
        seed,
        tries if judged else 1,
        strict,
        canvas.guide.strength if canvas.guide and followed else 0.0,
        window,
        start.strength if start else None,
        faced=faced,
        followed=followed,
    )
    return PortraitTries(replace(canvas, start=start), Tried(plan))


def _start(canvas: Canvas, guide_strength: float) -> tuple[Start | None, bool]:
    """What is started from, at the portrait's size, and whether it shows a face."""
    start = canvas.start
    if start is None and canvas.guide is not None and canvas.control_net is None:
        return Start(face_picture(canvas.guide, canvas.size), guide_strength), True
    if start is None:
        return None, False
    check_method(canvas.model, start.method)
    start = replace(start, reference=resize_to_fill(start.reference, canvas.size))
    return start, find_face(start.reference).origin == "detected"


def try_graph(state: PortraitTries) -> tuple[dict[str, Any], tuple[Any, Any, Any]]:
    """The nodes of the next try, and links to image, face and report of whoever ends the tries."""
    canvas, attempt, graph = state.canvas, state.tried.attempt, GraphBuilder()
    positive, negative = _controlled(graph, canvas, attempt)
    latent = _sampled(graph, canvas, attempt, positive, negative)
    image = graph.node("VAEDecode", samples=latent, vae=canvas.vae).out(0)
    decides = graph.node(DECIDES, image=image, tries=state)
    return graph.finalize(), (decides.out(0), decides.out(1), decides.out(2))


def _controlled(graph: GraphBuilder, canvas: Canvas, attempt: Attempt) -> tuple[Any, Any]:
    if canvas.control_net is None or canvas.guide is None or attempt.scale == 0.0:
        return canvas.positive, canvas.negative
    applied = graph.node(
        "ControlNetApplyAdvanced",
        positive=canvas.positive,
        negative=canvas.negative,
        control_net=canvas.control_net,
        image=from_image(canvas.guide.control),
        strength=attempt.scale,
        start_percent=attempt.window[0],
        end_percent=attempt.window[1],
        vae=canvas.vae,
    )
    return applied.out(0), applied.out(1)


def _sampled(
    graph: GraphBuilder, canvas: Canvas, attempt: Attempt, positive: Any, negative: Any
) -> Any:
    shared = {
        "model": canvas.model,
        "steps": canvas.steps,
        "cfg": canvas.cfg,
        "sampler_name": canvas.sampler_name,
        "scheduler": canvas.scheduler,
        "positive": positive,
        "negative": negative,
    }
    start = canvas.start
    if start is None or start.strength == 1.0:
        inputs = {"latent_image": empty_latent(canvas), "seed": attempt.seed, "denoise": 1.0}
        return graph.node("KSampler", **shared, **inputs).out(0)
    strength = start.strength if attempt.strength is None else attempt.strength
    if start.method == "noise":
        clean = graph.node("VAEEncode", pixels=from_image(start.reference), vae=canvas.vae).out(0)
        inputs = {"latent_image": clean, "seed": attempt.seed, "denoise": strength}
        return graph.node("KSampler", **shared, **inputs).out(0)
    run = max(round(canvas.steps * strength), 1)
    step = canvas.steps - run
    planned = replace(start, strength=strength, step=step, steps=canvas.steps, seed=attempt.seed)
    latent = inversion_graph(
        graph, planned, canvas.scheduler, canvas.model, canvas.vae, canvas.positive
    )
    inputs = {"latent_image": latent, "noise_seed": attempt.seed, "add_noise": "disable"}
    inputs |= {"start_at_step": step, "end_at_step": canvas.steps}
    leave = {"return_with_leftover_noise": "disable"}
    return graph.node("KSamplerAdvanced", **shared, **inputs, **leave).out(0)


def empty_latent(canvas: Canvas) -> dict[str, torch.Tensor]:
    """Zeros of the model's own channels; samplers give them the other dimensions they need."""
    form = canvas.model.get_model_object("latent_format")
    ratio = int(canvas.vae.spacial_compression_encode())
    width, height = canvas.size
    shape = (1, form.latent_channels, height // ratio, width // ratio)
    return {"samples": torch.zeros(shape)}


def _guided_by(canvas: Canvas) -> str:
    if canvas.guide is not None and canvas.control_net is not None:
        return f"a ControlNet that is shown {canvas.guide.style}"
    if canvas.start is None:
        return "nothing"
    kind = "the guide's face" if canvas.guide is not None else "a reference"
    return f"{kind} as its start ({canvas.start.method})"
