"""Stable Diffusion 1.5 (Rombach et al. 2022, https://arxiv.org/abs/2112.10752) and its derivatives."""

from pathlib import Path

from ..safetensors_header import text_width
from .base import Family, Networks, TextEncoder

SD15 = Family(
    "sd15",
    title="SD1.5",
    painter="diffusers",
    networks=Networks(
        pipeline="StableDiffusionPipeline",
        encoders=(TextEncoder(),),
        recognise=lambda shapes: text_width(shapes) == 768,
        text_prefixes=("cond_stage_model.",),
        config=Path(__file__).with_name("configs") / "sd15",
        download="4 GB",
        options={
            "safety_checker": None,
            "feature_extractor": None,
            "requires_safety_checker": False,
        },
    ),
)
