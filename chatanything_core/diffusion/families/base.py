"""What a family of diffusion models decides, for everything that handles its models.

What a model's own config says is read there and not repeated here: size, channels and scale of its
latents, length and width of its text features, and what it predicts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Shapes = Mapping[str, tuple[int, ...]]
"""Shape of every tensor of a weight file by its name."""


@dataclass(frozen=True)
class TextEncoder:
    """One of the text encoders of a family; the features of several stand side by side."""

    suffix: str = ""
    """What its name in a pipeline ends in: `tokenizer_2` and `text_encoder_2` end in `_2`."""
    pad_token: str = ""
    """The token that fills up a short prompt, where the vocabulary does not say; empty for its own."""
    penultimate: bool = False
    """True to read the last hidden state but one as it is, rather than the last one, normalised."""
    pooled: bool = False
    """True when its pooled output is a condition of its own."""
    embedding_key: str = ""
    """Name of its tensor in the file of a textual inversion; empty for a file with one tensor."""


@dataclass(frozen=True)
class Networks:
    """What the models of a family are made of, and how a model is recognised as one of them."""

    pipeline: str
    """Class in diffusers; also the `_class_name` in the model_index.json of a folder."""
    encoders: tuple[TextEncoder, ...]
    recognise: Callable[[Shapes], bool]
    """True for the tensors of a checkpoint or LoRA of the family."""
    text_prefixes: tuple[str, ...]
    """What the names of text encoder tensors begin with in a checkpoint that has all its parts."""
    config: Path | None
    """Folder with diffusers' config files of a checkpoint in one file, which has none of its own;
    None when every expert must name one."""
    download: str
    """About how much a full model is to download, such as `4 GB`."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Further arguments of the pipeline class: its parts that are left out."""
    time_ids: Callable[[tuple[int, int]], tuple[int, ...]] | None = None
    """Numbers that the denoiser is given besides the time, from the picture's (width, height); they
    go with the pooled text. None when it is given none."""


@dataclass(frozen=True)
class Family:
    """Models that share one way of being loaded, asked and mixed."""

    name: str
    """What experts call it."""
    title: str
    """What people call it."""
    painter: str
    """The painter that understands its experts."""
    networks: Networks | None
    """None for a painter that draws without a model, and for models that only ComfyUI can load."""
    size: int = 512
    """Native square size in pixels."""
    scheduler: str = "dpmpp_2m"
    """Sampler of an expert that names none."""
    steps: int = 25
    """Steps of an expert that names none, 1 to 150."""
    cfg: float = 7.0
    """Guidance of an expert that names none, 1 to 30."""
    template: str = "{appearance}"
    """Prompt template of an expert that names none."""

    stands_in: bool = False
    """True when its experts are chosen only where no other expert's model is there."""

    @property
    def drawn(self) -> bool:
        """True when it is painted without any model."""
        return self.painter == "sketch"

    @property
    def defaults(self) -> dict[str, Any]:
        """What an expert has that does not say otherwise, by the names of its fields."""
        names = ("size", "scheduler", "steps", "cfg", "template")
        return {name: getattr(self, name) for name in names}
