"""Language models that reach a node by wire: the answer of any text node, and ComfyUI's own."""

from typing import Any

import comfy.sd
import comfy.sd1_clip
from comfy_api.v0_0_2 import io

from ...chatanything_core.errors import InputError
from ...chatanything_core.llm import (
    CutShortError,
    GivenAnswer,
    LanguageModel,
    OnText,
    Question,
)
from ...chatanything_core.llm.one_text import joined
from ...chatanything_core.llm.thoughts import is_thinking
from ...chatanything_core.progress import Tick

QUESTION = (
    "The whole question for a language model as one text; wire it into any text node, and that "
    "node's text into the answer of another node like this one."
)
_WINDOW = (8192, 32768)
"""Tokens: where a model does not say, and at most."""


def model_inputs() -> list[io.Input]:
    """Sockets for an answer and, where this ComfyUI writes text itself, for its model."""
    answer = io.String.Input(
        "answer",
        optional=True,
        force_input=True,
        tooltip="What a text node answered to the question of another node like this one. It is "
        "used instead of the engine.",
    )
    clip = io.Clip.Input(
        "clip",
        optional=True,
        tooltip="A language model from Load CLIP, such as Gemma or Qwen. It is asked instead of the "
        "engine.",
    )
    return [answer, clip] if hasattr(comfy.sd.CLIP, "generate") else [answer]


def wired_model(answer: str | None, clip: Any) -> LanguageModel | None:
    """The model that is wired to the node; None leaves it to the engine.

    Raises:
        InputError: both are wired, the answer is empty, or `clip` writes no text.
    """
    if answer is not None and clip is not None:
        raise InputError("Both answer and clip are wired. Take one of them away.")
    if clip is not None:
        return ComfyModel(clip)
    if answer is not None and not answer.strip():
        raise InputError(
            "The answer is empty: the text node wrote nothing. Look at its text with Preview Any, "
            "or unplug answer to use the engine."
        )
    return None if answer is None else GivenAnswer(answer)


class ComfyModel(LanguageModel):
    """A text encoder that writes, as core's Generate Text asks it.

    ComfyUI loads and frees it; each token moves the progress bar and looks at the Cancel button.
    """

    def __init__(self, clip: Any) -> None:
        self._clip = clip
        self._name = getattr(clip.tokenizer, "clip_name", type(clip.tokenizer).__name__)
        if not _writes(clip):
            raise InputError(
                f"The text encoder {self._name!r} reads text and writes none. Wire a language model "
                "to clip, such as Gemma or Qwen from Load CLIP, on a ComfyUI that has Generate Text."
            )

    @property
    def label(self) -> str:
        """Its architecture, such as `comfyui gemma3_4b`."""
        return f"comfyui {self._name}"

    @property
    def identity(self) -> str:
        """The loaded weights with their LoRAs; ComfyUI gives each change a new name."""
        return f"{self.label} {self._clip.patcher.patches_uuid}"

    @property
    def window(self) -> int:
        """Positions that the model was trained for, at most 32768."""
        configs = (getattr(part, "config", None) for part in self._clip.cond_stage_model.modules())
        found = (int(getattr(config, "max_position_embeddings", 0) or 0) for config in configs)
        return min(_WINDOW[1], next(filter(None, found), _WINDOW[0]))

    @property
    def remedy(self) -> str:
        """Small text encoders often miss the form."""
        return "Try another seed, or a larger language model."

    def answer(self, question: Question, deadline: float, tick: Tick, on_text: OnText) -> str:
        """Sample an answer; the user's Cancel button is its only deadline."""
        tick(0, 0)
        text = joined(question.messages)
        # The model's own chat template, and none of the images that some take.
        tokens = self._clip.tokenize(
            text, image=None, skip_template=False, min_length=1, thinking=False
        )
        made = self._clip.generate(
            tokens,
            do_sample=True,
            max_length=question.max_tokens,
            temperature=question.temperature,
            top_k=64,
            top_p=0.95,
            min_p=0.05,
            repetition_penalty=1.0,
            seed=question.seed,
        )
        told = str(self._clip.decode(made))
        if len(made) >= question.max_tokens:
            raise CutShortError(told, is_thinking(told))
        return told


def _writes(clip: Any) -> bool:
    """Whether a language model is inside; every wrapper of ComfyUI's has `generate` itself."""
    wrappers = (comfy.sd1_clip.SDClipModel, comfy.sd1_clip.SD1ClipModel)
    parts = clip.cond_stage_model.modules()
    writers = (part for part in parts if hasattr(part, "generate"))
    return any(not isinstance(part, wrappers) for part in writers) and hasattr(clip, "generate")
