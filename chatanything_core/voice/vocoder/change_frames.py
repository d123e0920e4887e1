"""Change a voice in its parameters: pitch, intonation, length, size, brightness and tremor."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from .hibari_network import Frames

RATE = 24000
HOP = 300
"""Samples of a frame: 12.5 ms."""
WINDOW = 1200
"""Samples of the short-time transform."""
DECIBEL = np.float32(np.log(10) / 20)
"""One decibel as a natural logarithm of an amplitude."""
_FIRM = 75.0
"""Hz; below it, the network glides to nothing at the edges of what is voiced."""
_LOWEST, _HIGHEST = 45.0, 650.0
_ALIVE = 0.15
"""Share of a sentence's own median pitch that stays when the voice's is asked for; whole, one
sentence of a voice lies half a semitone beside the next."""
_ROLL_OFF = np.float32(1.4)
"""Fall per octave above the highest frequency that is known, as a natural logarithm: 12 dB."""
_LOUDER, _HIGHER = np.float32(3.0) * DECIBEL, np.float32(3.0)
"""Level, and semitones of pitch, by which a stressed word stands out."""
_RISE = 5
"""Frames over which it comes and goes."""
_UNVOICED = 200.0
"""Hz, for a stretch that has no pitch at all."""


@dataclass(frozen=True)
class Change:
    """What is done to the frames; the defaults change nothing."""

    pitch: float = 0.0
    """Median f0 in Hz; 0 leaves it."""
    factor: float = 1.0
    """Factor on f0, beside `pitch`."""
    span: float = 1.0
    """Factor on the intonation in semitones around its median."""
    formant: float = 1.0
    """Factor on the spectral envelope; below 1 sounds bigger."""
    stretch: float = 1.0
    """Factor on the length."""
    tilt: float = 0.0
    """High-shelf gain above 1 kHz in dB."""
    tremor: float = 0.0
    """Depth of a waver of about 5 Hz, in [0, 1]."""
    own: float = 0.0
    """Median f0 in Hz of the voice in any sentence; 0 takes this one's."""


@dataclass(frozen=True, eq=False)
class Voiced:
    """Frames whose pitch goes on through what is not voiced."""

    frames: Frames
    voiced: npt.NDArray[np.bool_]
    """Shape (F,)."""
    keeps_phases: bool
    """Whether `frames.noise_phase` still belongs to these frames."""


def stressed(frames: Frames, spans: Iterable[tuple[int, int]]) -> Frames:
    """Frames that are louder and higher in `spans` (first frame and the one after the last)."""
    share = np.zeros(len(frames.f0), np.float32)
    for first, after in spans:
        share[max(first, 0) : max(after, 0)] = 1.0
    window = np.hanning(2 * _RISE + 1).astype(np.float32)
    share = np.convolve(share, window / window.sum(), mode="same").astype(np.float32)
    gain = _LOUDER * share
    return replace(
        frames,
        harmonic=frames.harmonic + gain,
        noise=frames.noise + gain,
        f0=frames.f0 * np.exp2(_HIGHER * share / 12),
    )


def changed(frames: Frames, change: Change) -> Voiced:
    """The frames as another voice, speed or mood would have them."""
    found = _stretched(Voiced(_filled(frames), frames.f0 > 40.0, True), change.stretch)
    if change.formant != 1.0:
        found = _resized(found, change.formant)
    found = _pitched(found, change)
    if change.tilt:
        hertz = np.arange(len(found.frames.harmonic)) * RATE / WINDOW
        shelf = 1 / (1 + np.exp(-4 * np.log2(np.maximum(hertz, 1) / 1000)))
        gain = (change.tilt * DECIBEL * shelf).astype(np.float32)[:, None]
        found = _louder(found, gain)
    return found


def _filled(frames: Frames) -> Frames:
    """Pitch in every frame: gaps are bridged from firm voice to firm voice."""
    voiced = frames.f0 > 40.0
    firm = voiced & (frames.f0 > _FIRM) if (voiced & (frames.f0 > _FIRM)).any() else voiced
    if not voiced.any():
        return replace(frames, f0=np.full_like(frames.f0, _UNVOICED))
    at = np.arange(len(frames.f0))
    f0 = np.interp(at, np.flatnonzero(firm), frames.f0[firm])
    return replace(frames, f0=f0.astype(np.float32))


def _stretched(found: Voiced, factor: float) -> Voiced:
    """Longer or shorter by interpolation: exact, and better understood than the network's speed."""
    if abs(factor - 1) < 0.005:
        return found
    frames = found.frames
    count = len(frames.f0)
    at = np.clip((np.arange(max(1, round(count * factor))) + 0.5) / factor - 0.5, 0, count - 1)

    def between(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        low = np.floor(at).astype(int)
        high, share = np.minimum(low + 1, count - 1), (at - low).astype(np.float32)
        return np.asarray(values[..., low] * (1 - share) + values[..., high] * share, np.float32)

    spectra = {name: between(getattr(frames, name)) for name in ("harmonic", "phase", "noise")}
    longer = replace(frames, f0=between(frames.f0), **spectra)
    return Voiced(longer, found.voiced[np.round(at).astype(int)], False)


def _resized(found: Voiced, factor: float) -> Voiced:
    """The spectral envelopes moved along frequency, as a longer or shorter vocal tract does."""
    frames = found.frames
    bins = len(frames.harmonic)
    at = np.arange(bins) / factor
    low = np.minimum(np.floor(at).astype(int), bins - 1)
    high = np.minimum(low + 1, bins - 1)
    share = (np.minimum(at, bins - 1) - low).astype(np.float32)[:, None]
    beyond = np.log2(np.maximum(at / (bins - 1), 1.0)).astype(np.float32)[:, None]

    def moved(values: npt.NDArray[np.float32], fall: np.float32) -> npt.NDArray[np.float32]:
        return np.asarray(values[low] * (1 - share) + values[high] * share - fall * beyond)

    return Voiced(
        replace(
            frames,
            harmonic=moved(frames.harmonic, _ROLL_OFF),
            phase=moved(frames.phase, np.float32(0)),
            noise=moved(frames.noise, _ROLL_OFF),
        ),
        found.voiced,
        False,
    )


def _pitched(found: Voiced, change: Change) -> Voiced:
    f0 = found.frames.f0.astype(np.float64)
    here = float(np.exp(np.median(np.log(f0[found.voiced])))) if found.voiced.any() else _UNVOICED
    own = here ** (1 - _ALIVE) * (change.own or here) ** _ALIVE
    wanted = (change.pitch or own) * change.factor * (f0 / own) ** change.span
    if change.tremor:
        seconds = np.arange(len(f0)) * HOP / RATE
        # Two slow waves, so that it is no vibrato.
        waver = np.sin(2 * np.pi * 5.2 * seconds) + 0.4 * np.sin(2 * np.pi * 3.1 * seconds + 1)
        wanted = wanted * 2 ** (0.9 * change.tremor * waver / 12)
        found = _louder(found, (0.18 * change.tremor * waver).astype(np.float32))
    wanted = np.clip(wanted, _LOWEST, _HIGHEST)
    # An octave down has twice as many harmonics; the power stays the same.
    level = found.frames.harmonic + (0.5 * np.log(wanted / f0)).astype(np.float32)
    return replace(
        found, frames=replace(found.frames, f0=wanted.astype(np.float32), harmonic=level)
    )


def _louder(found: Voiced, gain: npt.NDArray[np.float32]) -> Voiced:
    frames = found.frames
    louder = replace(frames, harmonic=frames.harmonic + gain, noise=frames.noise + gain)
    return replace(found, frames=louder)
