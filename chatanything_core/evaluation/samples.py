"""What is measured: portraits and voices that anyone can make again."""

import numpy as np
import numpy.typing as npt

from .. import diffusion, persona, voice
from ..landmarks import Face
from ..voice import Speech


def portrait_of(concept: str) -> tuple[npt.NDArray[np.uint8], Face]:
    """A sketch of the concept at 512 pixels."""
    who = persona.write_persona(concept)
    made = diffusion.paint(diffusion.PaintJob(who, diffusion.choose_expert(who)))
    return made.image, made.face


def spoken(text: str) -> Speech:
    """The text in an ordinary voice."""
    return voice.speak(voice.choose_voice(persona.VoiceTraits()), text)
