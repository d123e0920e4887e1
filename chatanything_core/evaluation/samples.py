"""What is measured: portraits and voices that anyone can make again."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from .. import diffusion, persona, voice
from ..landmarks import Face, find_face
from ..voice import Speech


def portrait_of(concept: str) -> tuple[npt.NDArray[np.uint8], Face]:
    """A sketch of the concept at 512 pixels."""
    who = persona.write_persona(concept)
    made = diffusion.paint(diffusion.PaintJob(who, diffusion.choose_expert(who)))
    return made.image, made.face


def spoken(text: str) -> Speech:
    """The text in an ordinary voice."""
    return voice.speak(voice.choose_voice(persona.VoiceTraits()), text)


def photograph() -> tuple[npt.NDArray[np.uint8], Face]:
    """A smiling woman at 512 pixels, and her face as MediaPipe finds it.

    The portrait of Eileen Collins by NASA, which is in the public domain, comes with
    scikit-image; that package and mediapipe are needed here only.
    """
    from skimage import data

    head = Image.fromarray(data.astronaut()[:300, 74:374])
    image = np.array(head.resize((512, 512), Image.Resampling.LANCZOS))
    return image, find_face(image, detector="mediapipe")
