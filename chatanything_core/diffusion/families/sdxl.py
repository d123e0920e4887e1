"""Stable Diffusion XL (Podell et al. 2023, https://arxiv.org/abs/2307.01952)."""

from pathlib import Path

from ..safetensors_header import text_width
from .base import Family, Networks, TextEncoder


def _micro_conditioning(size: tuple[int, int]) -> tuple[int, ...]:
    """Original size, upper left corner of the crop, target size (section 2.2)."""
    width, height = size
    return (height, width, 0, 0, height, width)


SDXL = Family(
    "sdxl",
    title="SDXL",
    painter="diffusers",
    size=1024,
    networks=Networks(
        pipeline="StableDiffusionXLPipeline",
        encoders=(
            TextEncoder(penultimate=True, embedding_key="clip_l"),
            # OpenCLIP pads with token 0, which is "!"; the vocabulary is CLIP's, which pads otherwise.
            TextEncoder("_2", pad_token="!", penultimate=True, pooled=True, embedding_key="clip_g"),
        ),
        recognise=lambda shapes: text_width(shapes) == 2048,
        text_prefixes=("conditioner.",),
        config=Path(__file__).with_name("configs") / "sdxl",
        download="14 GB",
        time_ids=_micro_conditioning,
    ),
)
