"""Every number of the training: `Settings()` for a GPU, `SMOKE` for seconds on a CPU.

Schedules count steps, never seconds, and what a step sees depends on the seed and the step alone. So a
run that was broken off goes on as if nothing had been; on one machine, on a CPU, to the last bit.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """How one set of weights is trained."""

    steps: int
    batch: int
    rate: float
    """Learning rate after `warm` steps; it falls to nothing over the second half."""
    average: float = 0.9993
    """Factor of the moving average of the weights, which is what is kept."""
    first: int = 0
    """Pictures that are painted before the first step."""
    per_step: int = 0
    """New pictures that each step sees."""
    room: int = 0
    """Pictures that are kept in memory, the newest: 200 kB each as pixels, 18 kB as latents."""
    warm: int = 300


@dataclass(frozen=True)
class Settings:
    """One training from nothing to a folder that diffusers and ComfyUI load."""

    seed: int = 20261127
    workers: int = 14
    """Processes that paint; 0 paints in the trainer itself."""
    widths: tuple[int, int, int] = (64, 128, 192)
    """Channels of UNet and ControlNet, coarsest last; multiples of 32, as ComfyUI's norms want it."""
    vae_widths: tuple[int, int, int, int] = (64, 64, 64, 64)
    text_layers: int = 3
    tokens: int = 4096
    """Tokens of the vocabulary, besides the marks of beginning and end."""
    captions: int = 40_000
    """Captions from which the tokenizer learns."""

    autoencoder: Stage = Stage(4_200, 192, 1e-3, 0.999, 2_048, 6, 16_384, 200)
    crop: int = 128
    """Pixels a side that the autoencoder sees of a picture."""
    denoiser: Stage = Stage(7_000, 512, 8e-4, 0.9993, 8_192, 16, 65_536)
    lora: Stage = Stage(350, 256, 2e-3, 0.99, 16_384, 0, 16_384, 20)
    lora_rank: int = 8
    lora_styles: tuple[str, ...] = ("ink", "paper cut")
    mapped: float = 0.5
    """Share of a batch that sees a control map; all of these have a lifelike face."""
    unmapped: tuple[float, float, float] = (0.30, 0.45, 0.25)
    """Lifelike, abstract and no face among the others: it sets how often a face comes from words alone."""

    keep_every: int = 500
    """Steps between checkpoints, which a sheet of samples is made with."""
    log_every: int = 50
    """Steps whose mean loss is a line of the log."""
    few: int = 4
    """Sampling steps of a sheet."""


SMOKE = Settings(
    workers=0,
    widths=(32, 32, 64),
    vae_widths=(16, 16, 16, 16),
    text_layers=1,
    tokens=600,
    captions=200,
    autoencoder=Stage(36, 6, 2e-3, 0.9, 24, 0, 24, 5),
    crop=64,
    denoiser=Stage(24, 8, 2e-3, 0.9, 24, 0, 24, 5),
    lora=Stage(4, 4, 2e-3, 0.9, 24, 0, 24, 2),
    lora_styles=("ink",),
    keep_every=12,
    log_every=6,
    few=2,
)
"""Everything once, in tiny: shows that the path works and that losses fall, not that it paints."""
