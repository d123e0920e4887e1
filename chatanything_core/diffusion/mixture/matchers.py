"""Who compares a persona with the experts' descriptions."""

from collections.abc import Sequence
from typing import Protocol

from ...model_folders import ModelFolders
from ...persona import Persona
from ...registry import Registry
from ..records import Expert
from .tfidf import Match, TfIdfMatcher

WORDS, MEANING = "words", "model2vec"


class Matcher(Protocol):
    """Compares a persona with experts."""

    def rank(
        self, persona: Persona, experts: Sequence[Expert], *, model: str, folders: ModelFolders
    ) -> list[Match]:
        """Experts by how well they fit, best first; equal fits keep the pool's order.

        Args:
            model: Name or folder of the matcher's model; empty for the first there is.
            folders: Where models lie.

        Raises:
            MissingModelError: the matcher needs a model and there is none.
        """
        ...


matchers: Registry[Matcher] = Registry("matcher")


def _meaning() -> Matcher:
    from .model2vec import Model2VecMatcher

    return Model2VecMatcher()


matchers.add(WORDS, TfIdfMatcher, about="compares descriptions by their words; needs no model")
matchers.add(
    MEANING,
    _meaning,
    about="compares descriptions by their meaning; needs a model2vec folder in text_encoders",
    package="model2vec",
    modules=("model2vec",),
)
