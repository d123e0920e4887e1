"""What every engine of a stage must do when it is asked as its stage asks it."""

import time
from dataclasses import astuple, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from chatanything.dialogue import History
from chatanything.dialogue.base import ChatRequest
from chatanything.diffusion import Expert, Mixture, ModelFolders, PaintJob, Runtime, mix
from chatanything.landmarks import Face
from chatanything.llm import Message, Question, open_model
from chatanything.persona import EMOTIONS, Persona, VoiceTraits
from chatanything.progress import no_progress
from chatanything.talking_head import idle_motion
from chatanything.voice import Speech, Timeline, choose_voice, known_voices, speak
from tests.tools.speech_checks import check_speech

TEXT = "Hello big world."


@dataclass(frozen=True)
class Given:
    """What engines are tried with."""

    persona: Persona
    image: npt.NDArray[np.uint8]
    face: Face
    experts: tuple[Expert, ...]
    """A pool whose families have a painter each."""
    folders: ModelFolders
    sources: dict[tuple[str, str], str] = field(default_factory=dict)
    """Profile or folder of a language model, by kind of registry and name of engine."""


def check_voice(engine: Any, name: str, given: Given) -> None:
    """It is chosen by traits and speaks, in range and in time."""
    cards = known_voices(name)
    assert len({card.name for card in cards}) == len(cards) > 0
    assert {card.engine for card in cards} == {name}
    check_speech(speak(choose_voice(VoiceTraits(), engine=name), TEXT), TEXT)


def check_listener(engine: Any, name: str, given: Given) -> None:
    """It writes a text of what it is given."""
    samples = np.zeros(16_000, np.float32)
    samples[4000:12_000] = np.sin(np.arange(8000) * 0.1) * 0.2
    assert isinstance(engine.transcribe(samples, "en-US", no_progress), str)


def check_model(engine: Any, name: str, given: Given) -> None:
    """It says of itself what callers rely on, and answers."""
    model = open_model(name, given.sources["language model", name])
    assert model.label and model.identity and model.forms
    assert model.window >= 512
    heard: list[str] = []
    question = Question((Message("user", TEXT),), max_tokens=64)
    answer = model.answer(question, time.monotonic() + model.timeout, no_progress, heard.append)
    assert answer.strip()
    assert "".join(heard).strip() == answer.strip()


def check_writer(engine: Any, name: str, given: Given) -> None:
    """It writes a character of the concept that was given, to the letter."""
    source = given.sources.get(("persona", name), "")
    who = engine.write("red {stapler}", language="", seed=1, source=source, tick=no_progress)
    assert who.concept == "red {stapler}"
    assert who.name and who.personality and who.greeting and who.appearance
    assert who.emotion.name in EMOTIONS
    assert all(-1 <= value <= 1 for value in astuple(who.voice) if not isinstance(value, str))


def check_talker(engine: Any, name: str, given: Given) -> None:
    """Its reply is heard as it comes and ends the conversation."""
    source = given.sources.get(("chat", name), "")
    heard: list[str] = []
    said = ChatRequest(given.persona, TEXT, History(), source=source)
    reply = engine.reply(said, no_progress, heard.append)
    assert reply.text and "".join(heard) == reply.text
    assert reply.emotion.name in EMOTIONS
    assert [(turn.message, turn.reply) for turn in reply.history.turns] == [(TEXT, reply.text)]


def check_matcher(engine: Any, name: str, given: Given) -> None:
    """It ranks every expert once, best first."""
    found = engine.rank(given.persona, given.experts, model="", folders=given.folders)
    assert sorted(match.expert.name for match in found) == sorted(e.name for e in given.experts)
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    assert all(match.why for match in found)


def check_painter(engine: Any, name: str, given: Given) -> None:
    """It paints with the face where it says."""
    from chatanything.diffusion import find_family

    own = next(expert for expert in given.experts if find_family(expert.family).painter == name)
    mixture: Mixture = mix(given.persona, ((own, 1.0),))
    job = PaintJob(
        given.persona, mixture, width=256, height=320, runtime=Runtime(given.folders, "cpu")
    )
    made = engine.paint(job, no_progress)
    assert made.image.shape == (320, 256, 3)
    assert made.image.dtype == np.uint8
    assert made.image.std() > 1
    _check_face(made.face, (256, 320))


def check_head(engine: Any, name: str, given: Given) -> None:
    """It makes one picture of the portrait's size for each row of the motion, heard or silent."""
    motion = idle_motion(1.0, fps=12)
    prepared = engine.prepare(given.image, given.face, Runtime(given.folders, "cpu"))
    frames = list(prepared.frames(motion))
    samples = np.sin(np.arange(8000, dtype=np.float32) / 5)
    heard = list(prepared.frames(motion, Speech(samples, 8000, Timeline(1.0))))
    assert len(frames) == len(heard) == 12
    assert {(frame.shape, frame.dtype.name) for frame in frames} == {(given.image.shape, "uint8")}
    assert not np.array_equal(frames[0], frames[6]), "nothing moves"


def check_detector(engine: Any, name: str, given: Given) -> None:
    """Its faces come largest first."""
    faces = engine.detect(given.image, 0.5)
    assert isinstance(faces, tuple)
    height, width = given.image.shape[:2]
    for face in faces:
        _check_face(face, (width, height))
    areas = [float(np.prod(np.ptp(face.points, axis=0))) for face in faces]
    assert areas == sorted(areas, reverse=True)


def check_annotator(engine: Any, name: str, given: Given) -> None:
    """Its map has the size of the picture."""
    drawn = engine.annotate(given.image)
    assert drawn.shape == given.image.shape
    assert drawn.dtype == np.uint8


def _check_face(face: Face, size: tuple[int, int]) -> None:
    assert face.points.shape == (68, 2)
    assert np.isfinite(face.points).all()
    assert ((face.points > -0.2) & (face.points < 1.2)).all()
    assert face.size == size
