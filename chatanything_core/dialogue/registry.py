"""The chat engines; the first needs no model."""

from ..llm import models
from ..registry import Registry
from .base import Talker


def _offline() -> Talker:
    from .offline.offline_talker import OfflineTalker

    return OfflineTalker()


def _modelled(engine: str) -> Talker:
    from .llm_talker import ModelTalker

    return ModelTalker(engine)


talkers: Registry[Talker] = Registry("chat")
talkers.add("offline", _offline, about="patterns and the persona's own words; always works")
talkers.follow(models, _modelled, about="a language model answers ({name})")
