"""Mixture of Diffusers: choose experts and paint a portrait whose face can be animated."""

from .base import Keeper, Painter, PaintJob, Runtime
from .choosing import choose_expert, mix
from .folders import ModelFolders, default_folders
from .inverting import invert, reference_of
from .matchers import WORDS, matchers
from .native import NativePlan, native_plan
from .painting import paint, painters
from .pool import built_in_experts, check_expert, find_experts, load_experts, user_folder
from .records import Expert, Lora, Mixture, Portrait
from .report import describe_portrait
from .samplers import SAMPLERS, sampler

__all__ = [
    "SAMPLERS",
    "WORDS",
    "Expert",
    "Keeper",
    "Lora",
    "Mixture",
    "ModelFolders",
    "NativePlan",
    "PaintJob",
    "Painter",
    "Portrait",
    "Runtime",
    "built_in_experts",
    "check_expert",
    "choose_expert",
    "default_folders",
    "describe_portrait",
    "find_experts",
    "invert",
    "load_experts",
    "matchers",
    "mix",
    "native_plan",
    "paint",
    "painters",
    "reference_of",
    "sampler",
    "user_folder",
]
