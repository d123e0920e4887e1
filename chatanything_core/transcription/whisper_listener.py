"""Whisper (Radford et al. 2022) from a folder of local weights, through `transformers`.

Weights are read from safetensors only, and no code of the folder is run. Nothing is downloaded.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import transformers

from ..progress import Tick
from ..runtime import default_runtime, move_to_device
from .base import RATE, Listener

WINDOW = 30
"""Seconds that the model hears at once."""


class WhisperListener(Listener):
    """The first model in models/whisper."""

    def __init__(self) -> None:
        self._folder = (
            default_runtime()
            .folders.first("whisper", "*/model.safetensors", "Whisper model")
            .parent
        )

    def transcribe(self, samples: npt.NDArray[np.float32], language: str, tick: Tick) -> str:
        """Window after window of 30 seconds."""
        processor, model = _loaded(self._folder)
        device = move_to_device("listener", [model], default_runtime())
        heard = []
        for start in range(0, len(samples), WINDOW * RATE):
            tick(start, len(samples))
            part = samples[start : start + WINDOW * RATE]
            told = processor(part, sampling_rate=RATE, return_tensors="pt")
            asked: dict[str, Any] = {"input_features": told.input_features.to(device, model.dtype)}
            if language and model.generation_config.is_multilingual:
                asked |= {"language": language.split("-")[0], "task": "transcribe"}
            with torch.inference_mode():
                made = model.generate(**asked, do_sample=False)
            heard += processor.batch_decode(made, skip_special_tokens=True)
        return " ".join(heard)


@lru_cache(maxsize=1)
def _loaded(folder: Path) -> tuple[Any, Any]:
    told: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    processor = transformers.WhisperProcessor.from_pretrained(folder, **told)
    model = transformers.WhisperForConditionalGeneration.from_pretrained(
        folder, use_safetensors=True, **told
    )
    return processor, model.eval()
