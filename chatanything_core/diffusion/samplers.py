"""Samplers by their common names, and what diffusers and ComfyUI call them."""

import re
from dataclasses import dataclass, field
from typing import Any

from ..errors import InputError


@dataclass(frozen=True)
class Sampler:
    """One way to walk from noise to a picture."""

    scheduler: str
    """Class in diffusers."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Settings of that class that differ from the model's own."""
    comfyui: tuple[str, str] = ("", "")
    """`sampler_name` and `scheduler` of ComfyUI's KSampler; empty when it has no such sampler."""


_KARRAS = {"use_karras_sigmas": True}
_SDE = {"algorithm_type": "sde-dpmsolver++"}
_TRAILING = {"timestep_spacing": "trailing"}
_EULER, _DPM = "EulerDiscreteScheduler", "DPMSolverMultistepScheduler"

SAMPLERS = {
    "ddim": Sampler("DDIMScheduler", {}, ("ddim", "normal")),
    "ddpm": Sampler("DDPMScheduler", {}, ("ddpm", "normal")),
    "euler": Sampler(_EULER, {}, ("euler", "normal")),
    "euler_karras": Sampler(_EULER, _KARRAS, ("euler", "karras")),
    "euler_a": Sampler("EulerAncestralDiscreteScheduler", {}, ("euler_ancestral", "normal")),
    "heun": Sampler("HeunDiscreteScheduler", {}, ("heun", "normal")),
    "dpm_2": Sampler("KDPM2DiscreteScheduler", {}, ("dpm_2", "normal")),
    "dpmpp_2m": Sampler(_DPM, {}, ("dpmpp_2m", "normal")),
    "dpmpp_2m_karras": Sampler(_DPM, _KARRAS, ("dpmpp_2m", "karras")),
    "dpmpp_2m_sde": Sampler(_DPM, _SDE, ("dpmpp_2m_sde", "normal")),
    "dpmpp_2m_sde_karras": Sampler(_DPM, _SDE | _KARRAS, ("dpmpp_2m_sde", "karras")),
    "unipc": Sampler("UniPCMultistepScheduler", {}, ("uni_pc", "normal")),
    "deis": Sampler("DEISMultistepScheduler", {}, ("deis", "normal")),
    "ddim_sgm_uniform": Sampler("DDIMScheduler", _TRAILING, ("ddim", "sgm_uniform")),
    "euler_sgm_uniform": Sampler(_EULER, _TRAILING, ("euler", "sgm_uniform")),
    "lcm": Sampler("LCMScheduler", {}, ("lcm", "sgm_uniform")),
}

ALIASES = {
    "euler_ancestral": "euler_a",
    "uni_pc": "unipc",
    "dpmpp_2m_sde_gpu": "dpmpp_2m_sde",
    "dpm2": "dpm_2",
}


def sampler(name: str) -> Sampler:
    """The sampler of a name, in the spelling of any program.

    Raises:
        InputError: a name that is not known.

    >>> sampler("DPM++ 2M Karras").comfyui
    ('dpmpp_2m', 'karras')
    """
    key = re.sub(r"[\s-]+", "_", name.strip().lower()).replace("++", "pp")
    key = ALIASES.get(key, key)
    if key not in SAMPLERS:
        raise InputError(f"Unknown scheduler {name!r}. Choose one of: {', '.join(SAMPLERS)}.")
    return SAMPLERS[key]
