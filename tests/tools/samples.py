"""Personas, portraits and voices that tests and benchmarks make again and again."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from chatanything import diffusion, voice
from chatanything.diffusion import Expert, Mixture
from chatanything.landmarks import Face, find_face
from chatanything.persona import Emotion, Persona, VoiceTraits, write_persona
from chatanything.voice import Speech


def plain_persona(concept: str) -> Persona:
    """A persona that is nothing but its concept, so that the painter alone is measured."""
    return Persona(concept, concept, "", "", "", "", concept, emotion=Emotion())


def style(name: str) -> Mixture:
    """A mixture of one expert: a style of the sketch painter."""
    return Mixture(((Expert(name, "a style of the sketch painter", "sketch", name), 1.0),), "")


def portrait_of(concept: str) -> tuple[npt.NDArray[np.uint8], Face]:
    """A sketch of the concept at 512 pixels."""
    who = write_persona(concept)
    made = diffusion.paint(diffusion.PaintJob(who, diffusion.choose_expert(who)))
    return made.image, made.face


def spoken(text: str) -> Speech:
    """The text in an ordinary voice."""
    return voice.speak(voice.choose_voice(VoiceTraits(), engine="espeak"), text)


def photograph() -> tuple[npt.NDArray[np.uint8], Face]:
    """A smiling woman at 512 pixels, and her face as MediaPipe finds it.

    The portrait of Eileen Collins by NASA, which is in the public domain, comes with
    scikit-image; that package and mediapipe are needed here only.
    """
    from skimage import data

    head = Image.fromarray(data.astronaut()[:300, 74:374])
    image = np.array(head.resize((512, 512), Image.Resampling.LANCZOS))
    return image, find_face(image, detector="mediapipe")
