"""What the speech of every voice engine must be."""

from itertools import pairwise

import numpy as np

from chatanything.voice import VISEMES, mouth_track


def check_speech(speech, text):
    """Raise AssertionError unless it is whole, audible, in range, and timed in order."""
    samples, line = speech.samples, speech.timeline
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert np.isfinite(samples).all()
    assert 0.05 < np.abs(samples).max() <= 1.0
    assert 8000 <= speech.rate <= 48000
    assert line.duration == speech.seconds
    assert line.text == text
    assert line.visemes
    assert {viseme.name for viseme in line.visemes} <= set(VISEMES)
    for events in (line.words, line.phones, line.visemes):
        assert all(0 <= event.start <= event.end <= line.duration + 1e-6 for event in events)
        assert all(a.end <= b.start + 1e-6 for a, b in pairwise(events))
    track = mouth_track(line, 25)
    assert len(track.jaw) == int(np.ceil(line.duration * 25 - 1e-6))
    assert track.jaw.max() > 0.3
