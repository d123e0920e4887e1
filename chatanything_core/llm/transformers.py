"""A causal language model from a folder of local weights, through `transformers`.

Weights are read from safetensors only, and no code of the folder is run. Nothing is downloaded.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import torch
import transformers

from ..errors import EngineError, EngineTimeoutError, InputError, MissingModelError
from ..progress import Tick
from ..runtime import default_runtime, move_to_device
from .base import CutShortError, LanguageModel, Message, OnText, Question, folded
from .local_models import is_model_folder
from .thoughts import is_thinking


def open_transformers(source: str) -> "LocalModel":
    """The model in the folder `source`, or of that name in a models folder.

    Raises:
        InputError: no folder was named.
        MissingModelError: it contains no model.
    """
    if not source:
        raise InputError(
            "The transformers engine needs a folder of weights. In ComfyUI put it into "
            "models/LLM and choose it as profile; on the command line give its name or path as --source."
        )
    folder = default_runtime().folders.find("LLM", source)
    if not is_model_folder(folder):
        raise MissingModelError(
            f"{folder} is not a language model: it must contain config.json and *.safetensors."
        )
    return LocalModel(folder)


@dataclass(frozen=True)
class LocalModel(LanguageModel):
    """The model of one folder; loaded when it is first asked."""

    folder: Path

    @property
    def label(self) -> str:
        """Name of the folder."""
        return self.folder.name

    @property
    def identity(self) -> str:
        """The folder and when its weights were written."""
        return f"{self.folder} {self.folder.joinpath('config.json').stat().st_mtime_ns}"

    @property
    def window(self) -> int:
        """Positions that the model was trained for, at most 32768."""
        config = _loaded(self.folder)[1].config
        return min(32768, int(getattr(config, "max_position_embeddings", 0) or 2048))

    def answer(self, question: Question, deadline: float, tick: Tick, on_text: OnText) -> str:
        """Sample an answer token by token."""
        tokenizer, model = _loaded(self.folder)
        device = move_to_device("language model", [model], default_runtime())
        inputs = tokenizer(_prompt(tokenizer, question.messages), return_tensors="pt").to(device)
        asked = inputs["input_ids"].shape[1]
        room = min(question.max_tokens, self.window - asked)
        if room < 1:
            raise InputError(
                f"The question is longer than the {self.window} tokens of {self.label}."
            )
        heard: list[str] = []
        # A stream of its own: sampling must not depend on who drew numbers before.
        with torch.random.fork_rng(), torch.inference_mode():
            torch.manual_seed(question.seed)
            made = model.generate(
                **inputs,
                max_new_tokens=room,
                do_sample=True,
                temperature=question.temperature,
                top_p=0.95,
                pad_token_id=tokenizer.eos_token_id or 0,
                stopping_criteria=transformers.StoppingCriteriaList([_watch(self, deadline, tick)]),
                streamer=_streamer(tokenizer, heard, on_text),
            )
        text = "".join(heard)
        if made.shape[1] - asked >= room:
            raise CutShortError(text, is_thinking(text))
        return text


@lru_cache(maxsize=1)
def _loaded(folder: Path) -> tuple[Any, Any]:
    tokenizer = transformers.AutoTokenizer.from_pretrained(
        folder, local_files_only=True, trust_remote_code=False
    )
    model = transformers.AutoModelForCausalLM.from_pretrained(
        folder, local_files_only=True, trust_remote_code=False, use_safetensors=True
    )
    return tokenizer, model.eval()


def _prompt(tokenizer: Any, messages: tuple[Message, ...]) -> str:
    """The conversation in the model's own chat format, or plainly when it has none."""
    if tokenizer.chat_template:
        return _templated(tokenizer, messages)
    lines = [f"{message.role}: {message.text}" for message in messages]
    return "\n\n".join([*lines, "assistant:"])


def _templated(tokenizer: Any, messages: tuple[Message, ...]) -> str:
    """The conversation by the model's template; some allow no system message.

    Raises:
        EngineError: the template fails with and without one.
    """
    for told in (messages, folded(messages)):
        entries = [{"role": message.role, "content": message.text} for message in told]
        try:
            return str(
                tokenizer.apply_chat_template(entries, tokenize=False, add_generation_prompt=True)
            )
        except jinja2.TemplateError as error:
            failed = error
    raise EngineError(f"The chat template of this model fails: {failed}. Choose another model.")


def _watch(asked: LocalModel, deadline: float, tick: Tick) -> Any:
    """Looks for an interrupt and at the clock after each token."""

    def stop(input_ids: Any, scores: Any, **_: Any) -> Any:
        tick(0, 0)
        if time.monotonic() > deadline:
            raise EngineTimeoutError(
                f"{asked.label} did not finish within {asked.timeout:g} seconds. Choose a smaller "
                "model."
            )
        return torch.zeros(input_ids.shape[0], dtype=torch.bool, device=input_ids.device)

    return stop


def _streamer(tokenizer: Any, heard: list[str], on_text: OnText) -> Any:
    """Collects the new text in whole words and passes it on."""

    def take(text: str, stream_end: bool = False) -> None:
        heard.append(text)
        if text:
            on_text(text)

    streamer = transformers.TextStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True)
    streamer.on_finalized_text = take
    return streamer
