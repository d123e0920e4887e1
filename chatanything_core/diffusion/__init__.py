"""Mixture of Diffusers: choose experts and paint a portrait whose face can be animated."""

from .base import Painter, PaintJob
from .choosing import choose_expert
from .inverting import invert, reference_of
from .painting import paint, painters
from .pool import built_in_experts, load_experts
from .records import Expert, Lora, Mixture, Portrait
from .report import describe_portrait

__all__ = [
    "Expert",
    "Lora",
    "Mixture",
    "PaintJob",
    "Painter",
    "Portrait",
    "built_in_experts",
    "choose_expert",
    "describe_portrait",
    "invert",
    "load_experts",
    "paint",
    "painters",
    "reference_of",
]
