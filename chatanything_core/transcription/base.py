"""What an engine that understands speech must do."""

from abc import ABC, abstractmethod

import numpy as np
import numpy.typing as npt

from ..progress import Tick

RATE = 16_000
"""Samples per second of what listeners are given: that of every model in use."""


class Listener(ABC):
    """Writes down what is said."""

    @abstractmethod
    def transcribe(self, samples: npt.NDArray[np.float32], language: str, tick: Tick) -> str:
        """The words in `samples`, mono in [-1, 1] at RATE; empty when nothing is said.

        Args:
            language: A BCP 47 tag, or empty when it is not known.

        Raises:
            EngineError: it could not be understood.
        """
