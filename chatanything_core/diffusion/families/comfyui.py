"""Whatever ComfyUI samples: Flux, SD3.5, Qwen-Image, Z-Image, Chroma, HiDream and what comes next.

Only ComfyUI's own loaders and samplers know these models: Expert Loader loads them, Animatable
Portrait paints with them. Its experts name a diffusion model, its text encoders, a VAE and the type.
"""

from .base import Family

COMFYUI = Family(
    "comfyui",
    title="any of ComfyUI's",
    painter="diffusers",
    networks=None,
    size=1024,
    scheduler="euler",
    steps=20,
    cfg=4.0,
)
