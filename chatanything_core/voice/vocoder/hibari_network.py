"""hibari's network: from phonemes to spectra, pitch and durations. Nothing is ever downloaded.

The model lies in the wheel of `hibari-tts` (Apache-2.0) and is opened by its path: the package's
own class would fetch other voices.
"""

import json
import threading
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import EngineError
from .onnx_outputs import of_any_size, with_output

Floats = npt.NDArray[np.float32]
TOKEN = 0.025
"""Seconds of one unit of the network's durations: two frames."""
_MODEL = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
"""SHA-256 of hibari.onnx in hibari-tts 0.2."""
_DURATIONS = "/Clip_output_0"
"""The tensor that holds each token's length; the model computes it without giving it out."""
_OUTPUTS = ("lh", "theta", "lr", "phi", "f0", _DURATIONS)
_lock = threading.Lock()


@dataclass(frozen=True, eq=False)
class Frames:
    """What the network says of a sentence, in F frames of 12.5 ms and B = 601 bins of 20 Hz."""

    harmonic: Floats
    """Shape (B, F): natural logarithm of the filter of the voiced part."""
    phase: Floats
    """Shape (B, F): phase of that filter before pi * tanh, which brings it into [-pi, pi]."""
    noise: Floats
    """Shape (B, F): natural logarithm of the level of everything that has no pitch."""
    noise_phase: Floats
    """Shape (B, F): its phases in radians; good for these frames at their own speed only."""
    f0: Floats
    """Shape (F,): pitch in Hz, 0 where nothing is voiced."""
    durations: Floats
    """Shape (T + 2,): length of each token in units of TOKEN, a silence before and after them."""


def frames_of(phonemes: str, slow: Set[int] = frozenset(), factor: float = 1.0) -> Frames:
    """Run the network on phonemes of its `vocabulary`, at most about 500.

    Args:
        slow: which of the phonemes are made `factor` times as long.
    """
    session, known = _loaded()
    ids = np.array([[0, *(known[letter] for letter in phonemes), 0]], np.int64)
    speed = np.ones(len(phonemes) + 2, np.float32)
    speed[[at + 1 for at in slow]] = 1 / factor
    found = session.run(list(_OUTPUTS), {"ids": ids, "speed": speed if slow else speed[:1]})
    *spectra, f0, durations = (np.asarray(value) for value in found)
    harmonic, phase, noise, noise_phase = (spectrum[0] for spectrum in spectra)
    return Frames(harmonic, phase, noise, noise_phase, f0[0], durations.ravel())


def vocabulary() -> frozenset[str]:
    """Every letter that the network knows."""
    return frozenset(_loaded()[1])


def _loaded() -> tuple[Any, dict[str, int]]:
    # Two threads that come first would load it twice.
    with _lock:
        return _load()


@lru_cache(maxsize=1)
def _load() -> tuple[Any, dict[str, int]]:
    import hibari
    import onnxruntime

    assets = Path(hibari.__file__).parent / "assets"
    model = (assets / "hibari.onnx").read_bytes()
    if sha256(model).hexdigest() != _MODEL:
        raise EngineError(
            f"{assets / 'hibari.onnx'} is not the model of hibari-tts 0.2. Reinstall it with: "
            'pip install --no-deps --force-reinstall "hibari-tts==0.2.*"'
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Both keep what the longest sentence needed, for ever.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    session = onnxruntime.InferenceSession(
        of_any_size(with_output(model, _DURATIONS), "speed"),
        options,
        providers=["CPUExecutionProvider"],
    )
    return session, json.loads((assets / "vocab.json").read_text("utf-8"))
