"""Mixture of Diffusers: choose experts and paint a portrait whose face can be animated."""

from .records import Expert, Lora, Mixture, Portrait

__all__ = ["Expert", "Lora", "Mixture", "Portrait"]
