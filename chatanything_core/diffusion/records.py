"""What the painting stage takes and returns."""

from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt

from ..landmarks import Face
from ..provenance import ALGORITHMIC, COMPOSITE, TRAINED, SourceType
from ..ranges import Range
from .families import Family

PICTURE = "picture"
"""The `engine` in the recipe of a portrait that nobody painted."""
REFERENCE = "the reference"
"""The `start` in the recipe of a portrait that is its reference, untouched."""


@dataclass(frozen=True)
class Lora:
    """A low-rank adaptation put on top of an expert's model."""

    file: str
    """File name in ComfyUI's `loras` folders, or a path."""
    weight: Annotated[float, Range(-2.0, 2.0)] = 1.0
    """Strength; 0 equals none."""


@dataclass(frozen=True)
class Expert:
    """One member of the pool: a model and the way it is used."""

    name: str
    description: str
    """What it paints well, in a sentence: what the choice is made by."""
    family: str
    """Name of one of the `FAMILIES`."""
    source: str
    """A checkpoint file, a diffusers folder, a hub id, a style of the sketch painter, or, with
    `clips`, a file of ComfyUI's `diffusion_models` folders."""
    loras: tuple[Lora, ...] = ()
    embeddings: tuple[str, ...] = ()
    """File names of textual inversions; the word of each is its name without the suffix."""
    vae: str = ""
    """A VAE to use instead of the model's own; empty for its own."""
    controlnet: str = ""
    """The ControlNet that a guide's map is shown to; empty when there is none."""
    template: str = Family.template
    """Prompt template; knows {concept}, {appearance} and {subject}."""
    negative: str = ""
    scheduler: str = Family.scheduler
    steps: Annotated[int, Range(1, 150)] = Family.steps
    cfg: Annotated[float, Range(1.0, 30.0)] = Family.cfg
    size: Annotated[int, Range(64, 2048, "pixels", multiple_of=8)] = Family.size
    """Native square size in pixels."""
    config: str = ""
    """Folder with diffusers' config files of a checkpoint in one file whose shape is not the usual
    one of its family; empty for the shapes that come with the package."""
    licence: str = ""
    tags: tuple[str, ...] = ()
    words: str = ""
    """JSON file beside the model with the words that it was trained on (`mixture.known_words`): other
    concepts go to the sketch painter. Empty for a model that may be asked for anything."""
    clips: tuple[str, ...] = ()
    """Files of one to four text encoders, for a `source` that is a diffusion model alone."""
    clip_type: str = ""
    """What ComfyUI's loader of text encoders calls their model: flux, sd3, qwen_image ..."""


@dataclass(frozen=True)
class Mixture:
    """The experts that paint one portrait together, and why they were chosen."""

    experts: tuple[tuple[Expert, float], ...]
    """Experts with weights that sum to 1; all of one family."""
    prompt: str
    negative: str = ""
    seed: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def lead(self) -> Expert:
        """The expert with the most weight: its scheduler, steps, cfg and negative prompt hold."""
        return max(self.experts, key=lambda pair: pair[1])[0]

    @property
    def family(self) -> str:
        """Name of the family that all experts belong to."""
        return self.experts[0][0].family


@dataclass(frozen=True, eq=False)
class Portrait:
    """A painted persona whose face can be animated."""

    image: npt.NDArray[np.uint8]
    """RGB, shape (H, W, 3)."""
    face: Face
    recipe: dict[str, Any] = field(default_factory=dict)
    """How to paint it again: engine, experts with weights, prompts, seed, guide, start, tries."""
    notes: tuple[str, ...] = ()
    """What of the concept is not to be seen on it, in sentences."""

    @property
    def source_type(self) -> SourceType | None:
        """How the picture was made; None for one that nobody is known to have painted here."""
        engine = self.recipe.get("engine", PICTURE)
        if engine == PICTURE or self.recipe.get("start") == REFERENCE:
            return None
        if "drawing" in self.recipe or "painted into" in self.recipe:
            return COMPOSITE
        return ALGORITHMIC if engine == "sketch" else TRAINED
