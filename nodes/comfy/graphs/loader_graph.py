"""An expert's files in ComfyUI's own loaders."""

from importlib import import_module
from typing import Any

from comfy_execution.graph_utils import GraphBuilder

from ....chatanything_core.diffusion.comfyui_plan import ComfyUIPlan
from ....chatanything_core.errors import InputError

CLIP_LOADERS = {
    1: "CLIPLoader",
    2: "DualCLIPLoader",
    3: "TripleCLIPLoader",
    4: "QuadrupleCLIPLoader",
}
"""By the number of text encoders."""


def loaders(graph: GraphBuilder, plan: ComfyUIPlan) -> tuple[Any, Any, Any]:
    """Add the loaders that a plan needs; links to MODEL, CLIP and VAE.

    Raises:
        InputError: a type that this ComfyUI's loader of that many text encoders does not know.
    """
    if not plan.clips:
        loader = graph.node("CheckpointLoaderSimple", ckpt_name=plan.checkpoint)
        vae = graph.node("VAELoader", vae_name=plan.vae).out(0) if plan.vae else loader.out(2)
        return loader.out(0), loader.out(1), vae
    model = graph.node("UNETLoader", unet_name=plan.unet, weight_dtype="default").out(0)
    vae = graph.node("VAELoader", vae_name=plan.vae).out(0)
    return model, _clip(graph, plan), vae


def _clip(graph: GraphBuilder, plan: ComfyUIPlan) -> Any:
    loader = CLIP_LOADERS[len(plan.clips)]
    if len(plan.clips) == 1:
        return graph.node(loader, clip_name=plan.clips[0], **_type(loader, plan)).out(0)
    names = {f"clip_name{number}": file for number, file in enumerate(plan.clips, 1)}
    return graph.node(loader, **names, **_type(loader, plan)).out(0)


def _type(loader: str, plan: ComfyUIPlan) -> dict[str, str]:
    """The type as an input; loaders of three and four encoders have none."""
    known_nodes = import_module("nodes").NODE_CLASS_MAPPINGS  # ComfyUI's, not ours
    inputs = known_nodes[loader].INPUT_TYPES()["required"]
    if "type" not in inputs:
        return {}
    kind, *options = inputs["type"]
    known = kind if isinstance(kind, list) else options[0]["options"]
    # The loader takes any other word for Stable Diffusion, and fails somewhere else.
    if plan.clip_type not in known:
        raise InputError(
            f"{loader} does not know the type {plan.clip_type!r}. Choose one of: {', '.join(known)}."
        )
    return {"type": plan.clip_type}
