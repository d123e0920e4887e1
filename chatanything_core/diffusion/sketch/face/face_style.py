"""From moods, traits and a seed to the look of a face."""

from dataclasses import replace

import numpy as np

from ....landmarks.face_model.anatomy import FaceStyle
from ....landmarks.face_model.emotion_shapes import EMOTION_SHAPES, Change, add_shape, apply_emotion
from ....persona import Emotion, Reading
from ..bodies import words_of
from .face_kinds import HUMAN, FaceKind

TRAITS: dict[str, Change] = {
    "grumpy grouchy cranky crabby surly cantankerous curmudgeonly": {
        "brow_weight": 0.35,
        "brow_slant": 0.15,
        "smile": -0.2,
    },
    "sleepy tired drowsy lazy exhausted weary bored sluggish": {
        "eye_open": -0.42,
        "squint": 0.1,
        "brow_lift": 0.25,
        "brow_slant": -0.2,
        "smile": -0.1,
    },
    "old ancient elderly aged antique wrinkled weathered retired venerable prehistoric": {
        "age": 0.85,
        "brow_weight": 0.25,
        "eye_open": -0.08,
        "lips": -0.2,
    },
    "young little tiny baby cute adorable kawaii childish youthful": {
        "eye_size": 0.12,
        "iris_size": 0.12,
        "nose": -0.18,
        "mouth_width": -0.08,
        "blush": 0.25,
        "age": -0.5,
        "brow_weight": -0.25,
    },
    "wise thoughtful pensive philosophical learned sage": {
        "eye_open": -0.10,
        "brow_arch": 0.2,
        "age": 0.35,
        "brow_weight": 0.2,
    },
    "evil wicked sinister villainous menacing scheming diabolical": {
        "brow_slant": 0.75,
        "glare": 0.7,
        "smile": 0.45,
        "brow_arch": 0.5,
        "eye_tilt": 0.6,
    },
    "mischievous naughty cheeky sly cunning sneaky playful": {
        "brow_slant": 0.35,
        "brow_arch": 0.4,
        "smile": 0.35,
        "gaze_x": 0.6,
        "squint": 0.2,
    },
    "proud arrogant vain pompous haughty smug snobbish": {
        "eye_open": -0.28,
        "brow_lift": 0.5,
        "brow_arch": 0.4,
        "smile": -0.15,
        "gaze_y": 0.2,
    },
    "elegant glamorous sultry seductive sexy feminine romantic fancy": {
        "lashes": 0.6,
        "lips": 0.35,
        "eye_tilt": 0.3,
        "brow_arch": 0.4,
        "brow_weight": -0.3,
    },
    "shy bashful timid meek modest": {
        "blush": 0.5,
        "brow_slant": -0.35,
        "gaze_x": -0.45,
        "gaze_y": 0.25,
        "mouth_width": -0.12,
    },
    "silly goofy funny crazy zany wacky": {
        "eye_open": 0.2,
        "smile": 0.3,
        "brow_lift": 0.4,
        "mouth_width": 0.1,
        "gaze_x": 0.2,
    },
    "nervous anxious worried stressed neurotic": {
        "brow_slant": -0.35,
        "eye_open": 0.15,
        "iris_size": -0.1,
    },
    "wild fierce strong tough muscular heroic brave": {
        "brow_weight": 0.45,
        "brow_slant": 0.25,
        "lips": -0.1,
        "nose": 0.1,
    },
    "drunk tipsy woozy dizzy": {"eye_open": -0.3, "blush": 0.7, "smile": 0.2, "gaze_x": 0.3},
    "calm serene peaceful zen relaxed mellow gentle": {"eye_open": -0.18, "smile": 0.25},
    "sarcastic unimpressed skeptical deadpan dry": {
        "eye_open": -0.30,
        "brow_arch": 0.3,
        "smile": -0.15,
        "gaze_x": 0.35,
    },
    "spooky ghostly undead": {"blush": -0.5, "eye_open": 0.2, "iris_size": -0.1},
    "stern serious strict severe solemn humourless bossy": {
        "brow_slant": 0.50,
        "glare": 0.35,
        "smile": -0.45,
        "brow_lift": -0.25,
    },
    "cheerful jolly merry joyful smiling friendly": {"brow_lift": 0.25, "squint": 0.10},
    "freckled farmer": {"freckles": 0.9},
}
"""What single words do, beyond the mood that they stand for."""

IRISES = ("6a4425", "8a5a2b", "3f6d8e", "4f7a4a", "3a2b22", "5b8ba8", "7a6a3a")


def face_style(
    reading: Reading, emotion: Emotion, rng: np.random.Generator, kind: FaceKind = HUMAN
) -> FaceStyle:
    """A face for a reading: its kind's, a little variation from the seed, traits, and mood."""
    total: Change = {}
    for name, spread in (
        ("eye_size", 0.04),
        ("eye_tilt", 0.25),
        ("nose", 0.08),
        ("lips", 0.12),
        ("brow_arch", 0.15),
        ("brow_weight", 0.15),
        ("mouth_width", 0.04),
    ):
        add_shape(total, {name: float(rng.normal(0, spread))}, 1.0)
    add_shape(total, kind.shape, 1.0)
    add_shape(total, EMOTION_SHAPES[emotion.name], emotion.strength)
    words = words_of(reading)
    for names, change in TRAITS.items():
        if words & set(names.split()):
            add_shape(total, change, 1.0)
    iris = str(rng.choice(IRISES))
    return apply_emotion(replace(FaceStyle(), iris=iris), total)
