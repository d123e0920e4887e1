"""Change pitch, formants and tempo of finished speech, each independently.

Time-domain pitch-synchronous overlap-add (Moulines & Charpentier 1990): two-period grains around
each glottal pulse are laid down again at new places. Cutting them from a resampled copy moves the
formants with the pitch unchanged.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...progress import Tick, no_progress
from ...seeding import generator
from .measure import pitch_track

Samples = npt.NDArray[np.float32]
_TREMOR_HZ = 5.0
_TREMOR_DEPTH = 0.06
"""Share by which a full tremor moves the pitch."""
_JITTER, _SHIMMER = 0.03, 0.15
"""Standard deviations of period and level of a fully hoarse voice, as shares."""
_BREATH_HOP = 0.008
"""Seconds between grains where the sound has no pitch."""
_TRACK = 100.0
"""Values per second of the pitch track."""
_TAPS = 16
_FINE = 4
"""Samples of the source for each sample of the output."""


@dataclass(frozen=True)
class Moves:
    """What is asked for; the defaults change nothing."""

    pitch: float = 1.0
    """Factor on f0."""
    formant: float = 1.0
    """Factor on the spectral envelope."""
    tempo: float = 1.0
    """Factor on speed."""
    flatness: float = 0.0
    """1 makes the pitch constant, 0 leaves it."""
    span: float = 1.0
    """Factor on the excursions of the pitch from its median, in semitones."""
    tremor: float = 0.0
    """Depth of a 5 Hz waver, 0 to 1."""
    rough: float = 0.0
    """Irregularity of the pulses, 0 to 1."""


def moved(samples: Samples, rate: int, moves: Moves, tick: Tick = no_progress) -> Samples:
    """Speech with its pitch, formants and tempo moved; length is len(samples) / tempo."""
    if moves == Moves() or not len(samples):
        return samples
    f0, _ = pitch_track(samples, rate)
    marks = _pulses(samples.astype(np.float64), rate, f0)
    # Finer than a sample, so that grains do not jitter by the rounding of their places.
    source = refined(samples, moves.formant)
    length = round(len(samples) / moves.tempo)
    out = np.zeros(length + rate, np.float64)
    noise = generator(0, "psola breath")
    voiced = f0[f0 > 0]
    median = float(np.median(voiced)) if len(voiced) else 100.0
    at, count = 0.0, 0
    while at < length:
        here = at * moves.tempo
        hertz = f0[min(round(here / rate * _TRACK), len(f0) - 1)]
        if hertz > 0:
            index = int(np.searchsorted(marks, here))
            near = marks[max(0, index - 1) : index + 1]
            centre = float(near[np.abs(near - here).argmin()]) if len(near) else here
            half = rate / hertz
            target = _target(hertz, median, at / rate, moves)
            jitter, shimmer = moves.rough * noise.standard_normal(2)
            step = rate / target * (1 + _JITTER * float(np.clip(jitter, -2, 2)))
            # As many grains more a second make that much more power.
            gain = float(np.sqrt(moves.formant * hertz / target) * (1 + _SHIMMER * shimmer))
        else:
            half = step = rate * _BREATH_HOP
            # A grain repeated as it is would hum; a nearby one does not.
            centre = here + float(noise.uniform(-0.5, 0.5)) * half * (moves.tempo != 1.0)
            step, gain = step / moves.formant, 1.0
        _lay(out, at, source, centre / moves.formant, half / moves.formant, gain)
        at += step
        count += 1
        if count % 4096 == 0:
            tick(round(at), length)
    return out[:length].astype(np.float32)


def refined(samples: Samples, factor: float) -> Samples:
    """Resampled so that value k is the input at k * factor / 4, low-passed against aliasing."""
    taps = np.arange(-_TAPS * _FINE, _TAPS * _FINE + 1) / _FINE
    cutoff = min(1.0, 1.0 / factor)
    kernel = (cutoff * np.sinc(cutoff * taps) * np.hanning(len(taps))).astype(np.float32)
    fine = np.empty(len(samples) * _FINE, np.float32)
    for phase in range(_FINE):
        # Taps that meet input samples when the output lies `phase` quarters after one.
        piece = np.convolve(samples, kernel[phase::_FINE])
        fine[phase::_FINE] = piece[_TAPS : _TAPS + len(samples)]
    if factor == 1.0:
        return fine
    at = np.arange(int(len(fine) / factor)) * factor
    return np.asarray(np.interp(at, np.arange(len(fine)), fine), np.float32)


def _target(hertz: float, median: float, seconds: float, moves: Moves) -> float:
    """Where a pulse of `hertz` is to go."""
    excursion = (hertz / median) ** (moves.span * (1 - moves.flatness))
    waver = 1 + _TREMOR_DEPTH * moves.tremor * np.sin(2 * np.pi * _TREMOR_HZ * seconds)
    return float(median * excursion * moves.pitch * waver)


def _pulses(
    samples: npt.NDArray[np.float64], rate: int, f0: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Places of the glottal pulses of voiced stretches, in fractions of a sample."""
    # Follow the side on which the pulses stand out.
    wave = samples if samples.max(initial=0) >= -samples.min(initial=0) else -samples
    marks: list[float] = []
    at, inside = 0.0, False
    while at < len(wave):
        hertz = f0[min(round(at / rate * _TRACK), len(f0) - 1)]
        if hertz <= 0:
            inside = False
            at += rate / _TRACK
            continue
        period = rate / hertz
        pulse = _next_pulse(wave, marks[-1], at, period) if inside else _peak(wave, at, period)
        if not marks or pulse > marks[-1] + 0.4 * period:
            marks.append(pulse)
            at = pulse
        inside = bool(marks)
        at += period
    return np.array(marks)


def _peak(wave: npt.NDArray[np.float64], at: float, period: float) -> float:
    """The highest sample within a period of `at`."""
    first = max(0, int(at - period / 2))
    return float(first + wave[first : int(at + period / 2) + 1].argmax())


def _next_pulse(wave: npt.NDArray[np.float64], previous: float, at: float, period: float) -> float:
    """Where the wave near `at` is most like it was around the previous pulse."""
    half, reach, last = int(period / 2), max(2, int(0.15 * period)), round(previous)
    centre = round(at)
    first = centre - reach - half
    if last < half or first < 0 or centre + reach + half >= len(wave):
        return at
    likeness = np.correlate(
        wave[first : centre + reach + half], wave[last - half : last + half], "valid"
    )
    best = int(likeness[1:-1].argmax()) + 1
    before, here, after = likeness[best - 1 : best + 2]
    bend = before - 2 * here + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(centre - reach + best + np.clip(shift, -0.5, 0.5) + previous - last)


def _lay(
    out: npt.NDArray[np.float64],
    at: float,
    source: Samples,
    centre: float,
    half: float,
    gain: float,
) -> None:
    """Add a Hann-windowed grain of the finer source to the output, to a quarter of a sample."""
    size = max(2, round(half))
    place = round(at) - size
    begin = round((centre - at + round(at)) * _FINE) - size * _FINE
    skip = max(0, -(begin // _FINE), -place)
    stop = min(2 * size, (len(source) - begin - 1) // _FINE, len(out) - place)
    if stop > skip:
        grain = source[begin + skip * _FINE : begin + stop * _FINE : _FINE]
        out[place + skip : place + stop] += gain * _window(size)[skip:stop] * grain


_windows: dict[int, npt.NDArray[np.float64]] = {}


def _window(size: int) -> npt.NDArray[np.float64]:
    """Periodic Hann of length 2 * size, which sums to 1 at a hop of `size`."""
    if size not in _windows:
        _windows[size] = 0.5 - 0.5 * np.cos(np.pi * np.arange(2 * size) / size)
    return _windows[size]
