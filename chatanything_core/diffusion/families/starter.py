"""The starter: a small latent diffusion model of our own (`models/diffusers/chatanything-starter`)."""

from ..safetensors_header import text_width
from .base import Family, Networks, TextEncoder

STARTER = Family(
    "starter",
    title="starter",
    painter="diffusers",
    size=256,
    # As it was trained; natively, `normal` leaves ghosts at four steps.
    scheduler="ddim_sgm_uniform",
    steps=4,
    cfg=3.0,
    template="a portrait of {subject}",
    stands_in=True,
    networks=Networks(
        pipeline="StableDiffusionPipeline",
        encoders=(TextEncoder(),),
        recognise=lambda shapes: text_width(shapes) == 192,
        text_prefixes=("cond_stage_model.",),
        config=None,
        download="40 MB",
        options={
            "safety_checker": None,
            "feature_extractor": None,
            "requires_safety_checker": False,
        },
    ),
)
