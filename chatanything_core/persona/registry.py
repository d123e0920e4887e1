"""The writers that can be chosen; the first needs no model."""

from functools import partial

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


for _name in models.names():
    writers.add(
        _name,
        partial(_modelled, _name),
        about=f"a language model writes ({_name})",
        check=partial(models.require, _name),
    )
