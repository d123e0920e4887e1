"""What is done to the audio of any engine, and to its times."""

from dataclasses import replace

import numpy as np

from ...progress import Tick, no_progress
from ...ranges import ranges_of
from ..records import Shaping, Speech, Voice
from ..timeline import scaled
from .effects import breathed, combed, echoed, levelled, shelved, wavered
from .measure import pitch_track
from .psola import Moves, moved

_PITCH = ranges_of(Shaping)["pitch"]


def postprocess(speech: Speech, rest: Voice, tick: Tick = no_progress) -> Speech:
    """Do to a stretch of audio what its engine did not do for the voice; times follow exactly.

    Order: pitch, formants and tempo; brightness; tremor; breath.
    """
    shaping, rate = rest.shaping, speech.rate
    samples = moved(speech.samples, rate, _moves(speech, rest), tick)
    if shaping.tilt:
        samples = shelved(samples, rate, shaping.tilt)
    if shaping.tremor:
        samples = wavered(samples, rate, shaping.tremor)
    if shaping.breath:
        samples = breathed(samples, rate, shaping.breath)
    timeline = scaled(speech.timeline, len(samples) / max(1, len(speech.samples)))
    return replace(speech, samples=samples, timeline=timeline)


def colour(speech: Speech, rest: Voice) -> Speech:
    """What concerns the whole speech, after its stretches are joined: metal, hall and level."""
    samples, rate = speech.samples, speech.rate
    if rest.shaping.comb:
        samples = combed(samples, rate, rest.shaping.comb)
    if rest.shaping.echo:
        samples = echoed(samples, rate, rest.shaping.echo)
    timeline = replace(speech.timeline, duration=len(samples) / rate)
    return replace(speech, samples=levelled(samples, rate, rest.volume), timeline=timeline)


def _moves(speech: Speech, rest: Voice) -> Moves:
    """The pitch in Hz becomes a factor on what the voice, or else this audio, measures."""
    shaping = rest.shaping
    pitch = shaping.pitch
    if rest.pitch:
        own = rest.card.f0 if rest.card and rest.card.f0 else _median_pitch(speech)
        pitch *= rest.pitch / own if own else 1.0
    return Moves(
        pitch=1.0 if abs(pitch - 1) < 0.01 else _PITCH.limited(pitch),
        formant=1.0 if abs(shaping.formant - 1) < 0.01 else shaping.formant,
        tempo=1.0 if abs(rest.rate * shaping.tempo - 1) < 0.01 else rest.rate * shaping.tempo,
        flatness=shaping.flatness,
        span=rest.pitch_range,
        tremor=shaping.tremor,
        rough=shaping.rough,
    )


def _median_pitch(speech: Speech) -> float:
    f0, _ = pitch_track(speech.samples, speech.rate)
    voiced = f0[f0 > 0]
    return float(np.median(voiced)) if len(voiced) else 0.0
