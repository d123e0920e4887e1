"""Piper's VITS voices, one file each. Optional; GPL-3.0-or-later, installed by the user."""

import itertools
import time
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ...background import run_cancellable
from ...downloads import holder_of
from ...errors import EngineError, InputError
from ...progress import Tick
from ...runtime import default_runtime
from ..base import VoiceEngine
from ..records import STRESS_MARKS, Phone, Speech, Timeline, Voice, VoiceCard

SECONDS = 300.0
"""For one chunk of text."""


class PiperVoice(VoiceEngine):
    """The voices whose .onnx and .onnx.json files are in models/TTS/piper."""

    limit = 1500
    speeds = (0.5, 2.0)

    def catalogue(self) -> tuple[VoiceCard, ...]:
        """A card for each file; `en_US-amy-medium` says its language."""
        return tuple(
            VoiceCard(
                "piper",
                path.stem,
                path.stem.partition("-")[0].replace("_", "-"),
                licence="see the voice's model card",
                source="the file's name",
            )
            for path in default_runtime().folders.files("piper", "*.onnx")
        )

    def speak(self, text: str, voice: Voice, tick: Tick) -> Speech:
        """Speak with the heaviest voice; phone times are there when the model can align."""
        from piper.config import SynthesisConfig

        name = max(voice.mix, key=lambda part: part[1])[0]
        file = f"{name}.onnx"
        folders = default_runtime().folders
        model = _loaded(folders.first("piper", file, get=holder_of("piper", file)))
        # Without noise the same words come out the same.
        settings = SynthesisConfig(
            length_scale=1 / self.speed(voice), noise_scale=0.0, noise_w_scale=0.0
        )
        late = f"Piper did not finish within {SECONDS:g} seconds. Speak a shorter text."
        pieces = run_cancellable(
            lambda: list(model.synthesize(text, settings, include_alignments=True)),
            lambda: None,
            time.monotonic() + SECONDS,
            late,
            tick,
            name="chatanything-voice",
        )
        if not pieces:
            raise InputError(f"Piper finds nothing to speak in {text[:40]!r}. Write some words.")
        samples = np.concatenate([piece.audio_float_array for piece in pieces])
        rate = pieces[0].sample_rate
        seconds = len(samples) / rate
        phones = tuple(_phones(pieces, rate, seconds))
        timeline = Timeline(seconds, phones=phones, language=voice.traits.language, text=text)
        return Speech(samples.astype(np.float32), rate, timeline)


@lru_cache(maxsize=2)
def _loaded(path: Path) -> Any:
    import piper

    try:
        return piper.PiperVoice.load(path, include_alignments=True)
    except (OSError, KeyError, ValueError) as error:
        raise EngineError(f"The Piper voice {path} cannot be loaded: {error}") from error


def _phones(pieces: list[Any], rate: int, seconds: float) -> Iterator[Phone]:
    """Phones from counts of samples; none when a piece has no counts."""
    if any(piece.phoneme_alignments is None for piece in pieces):
        return
    at = 0
    stress = 0
    pause = 0.0
    for item in itertools.chain.from_iterable(piece.phoneme_alignments for piece in pieces):
        start, end = at / rate, min((at + item.num_samples) / rate, seconds)
        at += item.num_samples
        if item.phoneme in STRESS_MARKS:
            stress = STRESS_MARKS[item.phoneme]
        if unicodedata.category(item.phoneme[:1] or " ") not in ("Ll", "Lo"):
            continue
        if start - pause > 1e-6:
            yield Phone("", pause, start)
        yield Phone(item.phoneme, start, end, stress)
        stress, pause = 0, end
    if seconds - pause > 1e-6:
        yield Phone("", pause, seconds)
