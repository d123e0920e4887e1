"""Our PSOLA against WORLD, the kept library for moving voices. Writes a table in docs/voices.md.

pip install pyworld-prebuilt
python -m benchmarks.voice.psola_against_world docs/voices.md
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from chatanything.errors import MissingDependencyError
from chatanything.voice import speak
from chatanything.voice.mixture.choose_voice import plain_voice
from chatanything.voice.signal.measure import pitch_track
from chatanything.voice.signal.psola import Moves, moved
from chatanything.voice.signal.short_time import frames_of

from ..tables import replace_table

Samples = npt.NDArray[np.float32]
Mover = Callable[[Samples, int, Moves], Samples]
VOICES = ("default", "f3")
TEXT = (
    "The old lighthouse keeper poured a cup of tea, while seven small boats came home before the "
    "rain."
)
MOVES = (
    Moves(pitch=1.5),
    Moves(pitch=1.9, formant=1.3),
    Moves(pitch=2.4),
    Moves(pitch=0.65, formant=0.78, tempo=0.9),
    Moves(formant=1.5),
    Moves(formant=0.8),
    Moves(tempo=0.6),
    Moves(tempo=1.8),
)
NEARLY = Moves(tempo=1.0001)
"""Goes through everything and changes nothing."""


@dataclass(frozen=True)
class Row:
    """What one way of moving did to one voice with one setting."""

    pitch: float
    """Error of the median f0 in percent."""
    envelope: float
    """Correlation of the mean log spectral envelope with the wanted one."""
    length: float
    """Error in percent."""
    speed: float
    """Processor seconds for a second of speech."""


def psola(samples: Samples, rate: int, moves: Moves) -> Samples:
    """Ours."""
    return moved(samples, rate, moves)


def world(samples: Samples, rate: int, moves: Moves, *, harvest: bool = False) -> Samples:
    """WORLD (Morise et al. 2016) with DIO or Harvest for the pitch."""
    import pyworld

    wave = samples.astype(np.float64)
    track = pyworld.harvest if harvest else pyworld.dio
    rough, at = track(wave, rate, f0_floor=55, f0_ceil=600)
    f0 = pyworld.stonemask(wave, rough, at, rate)
    spectrum = pyworld.cheaptrick(wave, f0, at, rate)
    noise = pyworld.d4c(wave, f0, at, rate)
    bins = np.arange(spectrum.shape[1])
    source = np.clip(bins / moves.formant, 0, bins[-1])
    spectrum, noise = (
        np.ascontiguousarray([np.interp(source, bins, row) for row in rows])
        for rows in (np.log(spectrum), noise)
    )
    made = pyworld.synthesize(
        f0 * moves.pitch, np.exp(spectrum), noise, rate, frame_period=5.0 / moves.tempo
    )
    return np.asarray(made, np.float32)


def world_harvest(samples: Samples, rate: int, moves: Moves) -> Samples:
    """WORLD with its better and slower pitch tracker."""
    return world(samples, rate, moves, harvest=True)


WAYS: dict[str, Mover] = {
    "PSOLA, ours": psola,
    "WORLD, DIO": world,
    "WORLD, Harvest": world_harvest,
}


def judge(way: Mover, samples: Samples, rate: int, moves: Moves) -> Row:
    """Move one voice once and measure it."""
    began = time.process_time()
    result = way(samples, rate, moves)
    spent = time.process_time() - began
    wanted = len(samples) / moves.tempo
    pitch = _median(result, rate) / (_median(samples, rate) * moves.pitch)
    return Row(
        pitch=100 * abs(pitch - 1),
        envelope=_likeness(samples, result, rate, moves.formant),
        length=100 * abs(len(result) / wanted - 1),
        speed=spent / (len(samples) / rate),
    )


def harmonicity(samples: Samples, rate: int) -> float:
    """Median harmonics-to-noise ratio of voiced frames in dB."""
    f0, periodic = pitch_track(samples, rate)
    r = np.clip(periodic[f0 > 0], 1e-3, 0.9995)
    return float(np.median(10 * np.log10(r / (1 - r))))


def as_markdown() -> str:
    """The table of the documentation."""
    spoken = [speak(plain_voice(name), TEXT) for name in VOICES]
    lines = [
        f"{len(VOICES)} voices, {len(MOVES)} settings each: pitch 0.65 to 2.4, formants 0.78 to "
        "1.5, tempo 0.6 to 1.8.",
        "",
        "| | processor seconds a second: mean | envelope, correlation: mean (worst) | "
        "f0 error: mean (worst) | length error: worst | HNR lost by passing through |",
        "|---|---|---|---|---|---|",
    ]
    for name, way in WAYS.items():
        rows = [judge(way, s.samples, s.rate, moves) for s in spoken for moves in MOVES]
        lost = [
            harmonicity(s.samples, s.rate) - harmonicity(way(s.samples, s.rate, NEARLY), s.rate)
            for s in spoken
        ]
        lines.append(f"| {name} | {_figures(rows)} | {np.mean(lost):+.1f} dB |")
    return "\n".join(lines)


def _figures(rows: list[Row]) -> str:
    def every(name: str) -> Any:
        return np.array([getattr(row, name) for row in rows])

    envelope, pitch = every("envelope"), every("pitch")
    return (
        f"{every('speed').mean():.3f} | {envelope.mean():.3f} ({envelope.min():.3f}) | "
        f"{pitch.mean():.1f} % ({pitch.max():.1f} %) | {every('length').max():.2f} %"
    )


def _median(samples: Samples, rate: int) -> float:
    f0, _ = pitch_track(samples, rate)
    return float(np.median(f0[f0 > 0]))


def _likeness(before: Samples, after: Samples, rate: int, factor: float) -> float:
    """How well the envelope went where it should, from 200 Hz to 4.8 kHz."""
    at = np.geomspace(200, 4800, 300)
    inside = at / factor < 5000
    wanted = np.interp(at[inside] / factor, *_envelope(before, rate))
    found = np.interp(at[inside], *_envelope(after, rate))
    return float(np.corrcoef(wanted, found)[0, 1])


def _envelope(
    samples: Samples, rate: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Frequencies in Hz, and the mean log power there, smoothed by the cepstrum."""
    frames = frames_of(samples, rate, 0.032, 0.016)
    power = np.abs(np.fft.rfft(frames * np.hanning(frames.shape[1]), 1024, axis=1)) ** 2
    loud = power.sum(1)
    mean = np.log(power[loud > 0.01 * np.percentile(loud, 95)] + 1e-9).mean(0)
    cepstrum = np.fft.irfft(mean)
    cepstrum[40:-40] = 0
    smooth: npt.NDArray[np.float64] = np.fft.rfft(cepstrum).real.astype(np.float64)
    hertz: npt.NDArray[np.float64] = np.arange(len(smooth), dtype=np.float64) * (rate / 1024)
    return hertz, smooth


def main(path: Path) -> None:
    """Measure, and replace the table in the document.

    Raises:
        MissingDependencyError: pyworld is not installed.
    """
    if find_spec("pyworld") is None:
        raise MissingDependencyError("WORLD", "pyworld-prebuilt")
    replace_table(path, "shaping", as_markdown())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
