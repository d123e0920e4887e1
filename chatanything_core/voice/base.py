"""What a voice engine is: voices to choose from, and a way to speak with them."""

from abc import ABC, abstractmethod
from dataclasses import replace

from ..progress import Tick
from .records import Speech, Voice, VoiceCard


class VoiceEngine(ABC):
    """Speaks a text with a blend of its voices. `catalogue` and `speak` are enough."""

    quick: bool = False
    """Whether a sentence costs so little that choices may be tried out."""
    limit: int = 2000
    """The most characters that it is given at once."""
    sounds: bool = False
    """Whether it says "Hmph" and "Shh" as sounds; else they are respelled for it."""
    stresses: bool = False
    """Whether it speaks stressed words otherwise, and is given them between asterisks."""
    natural: tuple[str, ...] = ()
    """Languages (BCP-47 primary tags) that it speaks as a person would, on this machine and without
    a network; `auto` takes it for them."""
    speeds: tuple[float, float] = (1.0, 1.0)
    """Slowest and fastest that it can be asked to speak, as factors of its normal speed."""

    @abstractmethod
    def catalogue(self) -> tuple[VoiceCard, ...]:
        """Every voice that it has, as far as the engine knows.

        `chatanything voices measure` starts from these cards; measured ones go before them.
        """

    @abstractmethod
    def speak(self, text: str, voice: Voice, tick: Tick) -> Speech:
        """Speak `text`; `timeline.phones` is empty when it knows no times."""

    def keep_ready(self) -> None:  # noqa: B027  most engines have nothing to prepare
        """Prepare to speak soon and often, as in a live talk; unless overridden, nothing is."""

    def speaks(self, language: str) -> bool:
        """Whether its voices that name no language of their own speak this one (a BCP-47 tag).

        Unless overridden, they are taken to speak all.
        """
        return True

    def lends(self, language: str) -> bool:
        """Whether its voices of other languages can say this one, where it has none of its own.

        Unless overridden, they cannot.
        """
        return False

    def speed(self, voice: Voice) -> float:
        """The factor of its normal speed that `speak` asks for, within `speeds`."""
        slowest, fastest = self.speeds
        return min(max(voice.rate * voice.shaping.tempo, slowest), fastest)

    def left_to_postprocess(self, voice: Voice) -> Voice:
        """The voice with everything that `speak` has done set to what changes nothing.

        Unless overridden, `speak` has done the `speed` and nothing else.
        """
        tempo = voice.rate * voice.shaping.tempo / self.speed(voice)
        return replace(voice, rate=1.0, shaping=replace(voice.shaping, tempo=tempo))
