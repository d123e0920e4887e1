"""Mixture of Diffusers: choose experts and paint a portrait whose face can be animated."""

from ..model_folders import ModelFolders
from ..runtime import MemoryManager, Runtime, default_runtime
from .base import SIDE, Painter, PaintJob
from .comfyui_plan import ComfyUIPlan, comfyui_plan
from .families import FAMILIES, Family, find_family
from .invert import invert, reference_of
from .mixture.choose_expert import choose_expert, judges, known_mixture, mix, named_experts
from .mixture.expert_files import (
    built_in_experts,
    check_expert,
    find_experts,
    load_experts,
    user_folder,
)
from .mixture.matchers import WORDS, matchers
from .mixture.model_parts import missing_parts
from .paint import paint
from .recipe_text import describe_portrait
from .records import Expert, Lora, Mixture, Portrait
from .registry import painters
from .samplers import SAMPLERS, sampler

__all__ = [
    "FAMILIES",
    "SAMPLERS",
    "SIDE",
    "WORDS",
    "ComfyUIPlan",
    "Expert",
    "Family",
    "Lora",
    "MemoryManager",
    "Mixture",
    "ModelFolders",
    "PaintJob",
    "Painter",
    "Portrait",
    "Runtime",
    "built_in_experts",
    "check_expert",
    "choose_expert",
    "comfyui_plan",
    "default_runtime",
    "describe_portrait",
    "find_experts",
    "find_family",
    "invert",
    "judges",
    "known_mixture",
    "load_experts",
    "matchers",
    "missing_parts",
    "mix",
    "named_experts",
    "paint",
    "painters",
    "reference_of",
    "sampler",
    "user_folder",
]
