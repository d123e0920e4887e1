"""The one verb of a voice engine, and what it can be asked for."""

from typing import Protocol

from ..progress import Tick
from .records import Speech, Voice, VoiceCard


class VoiceEngine(Protocol):
    """Speaks a text with a blend of its voices."""

    @property
    def quick(self) -> bool:
        """Whether a sentence costs so little that choices may be tried out."""
        ...

    @property
    def limit(self) -> int:
        """The most characters that it is given at once."""
        ...

    def catalogue(self) -> tuple[VoiceCard, ...]:
        """Every voice it has, measured or documented."""
        ...

    def unmeasured(self) -> tuple[VoiceCard, ...]:
        """The same before any measurement, as `chatanything voices measure` starts from."""
        ...

    def speak(self, text: str, voice: Voice, tick: Tick) -> Speech:
        """Speak `text`; `timeline.phones` is empty when it knows no times."""
        ...

    def left_to_postprocess(self, voice: Voice) -> Voice:
        """The voice with everything that `speak` has done set to what changes nothing."""
        ...
