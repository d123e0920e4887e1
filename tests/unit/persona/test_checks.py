"""What the persona stage takes and refuses."""

import pytest

from chatanything.errors import InputError
from chatanything.persona import NEUTRAL, Emotion, emotion_of


def test_emotions_are_known_by_name():
    assert emotion_of("") == emotion_of("neutral") == NEUTRAL
    assert emotion_of(" Happy ") == Emotion("happy", 1.0)
    with pytest.raises(InputError, match="Unknown emotion 'hangry'"):
        emotion_of("hangry")
