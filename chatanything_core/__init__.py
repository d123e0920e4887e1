"""From a concept to a persona that talks back as a video. Plain Python; knows no ComfyUI."""

from importlib import import_module
from typing import Any

_HOMES = {
    "LanguageModel": "llm",
    "Speech": "voice",
    "Timeline": "voice",
    "VoiceCard": "voice",
    "VoiceEngine": "voice",
    "VoiceTraits": "persona",
    "annotators": "landmarks",
    "choose_voice": "voice",
    "detectors": "landmarks",
    "heads": "talking_head",
    "matchers": "diffusion",
    "models": "llm",
    "painters": "diffusion",
    "speak": "voice",
    "talkers": "dialogue",
    "voices": "voice",
    "writers": "persona",
}
"""What is offered here, and the stage that it is imported from when it is asked for."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
