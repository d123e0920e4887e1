"""What docs/voices.md claims of the matcher is measured again here."""

import numpy as np
import pytest

from benchmarks.voice.match import METHODS, rank_correlation, table
from benchmarks.voice.meters import welch_tilt, yin_median

RATE = 22050


@pytest.mark.slow
def test_forty_personas_measure_as_they_asked():
    found = table()
    baseline, _, *engines = (found[name] for name in METHODS)
    for ours in engines:
        assert np.median([row.semitones for row in ours]) <= 0.5
        assert np.median([row.decibels for row in ours]) <= 1.0
        assert rank_correlation(ours) >= 0.95
    assert np.median([row.semitones for row in baseline]) > 2
    assert rank_correlation(baseline) < 0.6


@pytest.mark.parametrize("hertz", [70.0, 123.0, 301.0])
def test_the_pitch_meter_reads_a_known_tone(hertz):
    t = np.arange(RATE) / RATE
    tone = sum(np.sin(2 * np.pi * hertz * k * t) / k for k in range(1, 12))
    assert yin_median((0.2 * tone).astype(np.float32), RATE) == pytest.approx(hertz, rel=0.015)


def test_the_tilt_meter_reads_a_known_balance():
    t = np.arange(RATE) / RATE
    low, high = np.sin(2 * np.pi * 300 * t), 0.1 * np.sin(2 * np.pi * 3000 * t)
    assert welch_tilt((low + high).astype(np.float32), RATE) == pytest.approx(-20, abs=0.5)
