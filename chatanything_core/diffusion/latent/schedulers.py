"""Samplers by their common names."""

import re
from typing import Any

import diffusers

from ...errors import InputError

SCHEDULERS: dict[str, tuple[str, dict[str, Any]]] = {
    "ddim": ("DDIMScheduler", {}),
    "ddpm": ("DDPMScheduler", {}),
    "euler": ("EulerDiscreteScheduler", {}),
    "euler_karras": ("EulerDiscreteScheduler", {"use_karras_sigmas": True}),
    "euler_a": ("EulerAncestralDiscreteScheduler", {}),
    "heun": ("HeunDiscreteScheduler", {}),
    "dpm_2": ("KDPM2DiscreteScheduler", {}),
    "dpmpp_2m": ("DPMSolverMultistepScheduler", {}),
    "dpmpp_2m_karras": ("DPMSolverMultistepScheduler", {"use_karras_sigmas": True}),
    "dpmpp_2m_sde": ("DPMSolverMultistepScheduler", {"algorithm_type": "sde-dpmsolver++"}),
    "dpmpp_2m_sde_karras": (
        "DPMSolverMultistepScheduler",
        {"algorithm_type": "sde-dpmsolver++", "use_karras_sigmas": True},
    ),
    "unipc": ("UniPCMultistepScheduler", {}),
    "deis": ("DEISMultistepScheduler", {}),
    "lcm": ("LCMScheduler", {}),
}
"""diffusers class and settings by name."""

ALIASES = {
    "euler_ancestral": "euler_a",
    "dpm++2m": "dpmpp_2m",
    "uni_pc": "unipc",
    "dpmpp_2m_sde_gpu": "dpmpp_2m_sde",
    "dpm2": "dpm_2",
}


def make_scheduler(name: str, config: Any) -> Any:
    """A fresh scheduler; noise schedule and prediction type come from the model's own `config`.

    Raises:
        InputError: a name that is not known.
    """
    key = re.sub(r"[\s-]+", "_", name.strip().lower()).replace("++", "pp")
    key = ALIASES.get(key, key)
    if key not in SCHEDULERS:
        raise InputError(f"Unknown scheduler {name!r}. Choose one of: {', '.join(SCHEDULERS)}.")
    kind, settings = SCHEDULERS[key]
    # Settings of the model's own scheduler class that this one does not share are dropped there.
    return getattr(diffusers, kind).from_config(config, **settings)
