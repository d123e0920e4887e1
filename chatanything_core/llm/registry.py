"""The registry of language models."""

from collections.abc import Callable

from ..registry import Registry
from .base import LanguageModel
from .profiles import find_profile, profiles

Open = Callable[[str], LanguageModel]
"""Opens what a source names: a profile for a server, a folder for local weights."""


def _openai() -> Open:
    from .servers.openai import open_openai

    return open_openai


def _transformers() -> Open:
    from .transformers import open_transformers

    return open_transformers


def _profile_exists() -> None:
    if not profiles():
        find_profile("")


models: Registry[Open] = Registry("language model")
models.add(
    "openai",
    _openai,
    about="any OpenAI-compatible server: OpenAI, Ollama, LM Studio, vLLM, llama.cpp",
    package="openai",
    modules=("openai", "json_repair"),
    check=_profile_exists,
)
models.add(
    "transformers",
    _transformers,
    about="a causal model in a folder of safetensors, on this machine",
    package="transformers",
    modules=("transformers", "torch", "json_repair"),
)


def open_model(engine: str, source: str = "") -> LanguageModel:
    """A language model.

    `source` is a profile's name for `openai` (empty: the only profile), or a folder for
    `transformers`, by its path or its name in `models/LLM`.

    Raises:
        UnknownEngineError: `engine` is not registered.
        MissingDependencyError: its package is not installed.
        InputError: no such profile or folder.
    """
    return models.create(engine)(source)
