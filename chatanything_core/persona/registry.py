"""The writers; the first needs no model."""

from ..llm import models
from ..registry import Registry
from .base import Writer


def _modelled(engine: str) -> Writer:
    from .llm_writer import ModelWriter

    return ModelWriter(engine)


def _offline() -> Writer:
    from .offline.offline_writer import OfflineWriter

    return OfflineWriter()


writers: Registry[Writer] = Registry("persona")
writers.add("offline", _offline, about="lexicons and templates; needs no model, always works")
writers.follow(models, _modelled, about="a language model writes ({name})")
