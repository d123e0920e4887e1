"""Sheets of samples, which show how far the training is."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

from chatanything.landmarks import make_guide

from .data.control_map import dots
from .data.pictures import SIDE
from .data.pool import to_bytes
from .data.tokenizer import tokens_of
from .networks import CELLS, CHANNELS, Networks, build_scheduler

if TYPE_CHECKING:
    from .loop import Run

PROMPTS = (
    "a portrait of a grumpy teapot",
    "a golden wolf, ink",
    "a portrait of a red apple, soft 3D",
    "happy blue mug",
    "a portrait of a gloomy wizard",
    "a cactus, paper cut",
    "wooden clock without a face",
    "a purple tiger",
)
CFG = 3.0


@torch.no_grad()
def sample(
    nets: Networks, vae: Any, ids: torch.Tensor, steps: int, points: torch.Tensor | None = None
) -> npt.NDArray[np.uint8]:
    """Pictures (B, S, S, 3) by DDIM with classifier-free guidance.

    Args:
        ids: Tokens, (B + 1, 32); the last row is that of no words.
        points: Landmarks for the ControlNet in fractions of the picture, (B, 68, 2).
    """
    scheduler, count = build_scheduler(), len(ids) - 1
    scheduler.set_timesteps(steps)
    noise = torch.randn(count, CHANNELS, CELLS, CELLS, generator=torch.Generator().manual_seed(0))
    z = noise.to(ids.device)
    text = nets["text_encoder"](ids).last_hidden_state
    text = torch.cat([text[-1:].expand(count, -1, -1), text[:-1]])
    hint = None if points is None else dots(points).repeat(2, 1, 1, 1)
    for t in scheduler.timesteps.tolist():
        without, wanted = _velocity(nets, torch.cat([z, z]), t, text, hint).float().chunk(2)
        z = scheduler.step(without + CFG * (wanted - without), t, z).prev_sample
    return to_bytes(vae.decoder(z / vae.config.scaling_factor))


def _velocity(
    nets: Networks, z: torch.Tensor, t: int, text: torch.Tensor, hint: torch.Tensor | None
) -> torch.Tensor:
    times, extra = torch.full((len(z),), t, device=z.device), {}
    if hint is not None:
        down, middle = nets["controlnet"](
            z, times, encoder_hidden_states=text, controlnet_cond=hint, return_dict=False
        )
        extra = {"down_block_additional_residuals": down, "mid_block_additional_residual": middle}
    v: torch.Tensor = nets["unet"](
        z, times, encoder_hidden_states=text, return_dict=False, **extra
    )[0]
    return v


def sheet(run: "Run", nets: Networks, vae: Any, tokenizer: Any, path: Path) -> None:
    """Rows: from words alone, the maps, and guided by them."""
    ids = torch.from_numpy(tokens_of(tokenizer, [*PROMPTS, ""])).to(run.device)
    guide = torch.from_numpy(make_guide(size=(SIDE, SIDE)).points.astype(np.float32))
    points = guide.to(run.device).expand(len(PROMPTS), -1, -1)
    steps = run.settings.few
    with run.half():
        rows = [sample(nets, vae, ids, steps), to_bytes(dots(points) * 2 - 1)]
        rows.append(sample(nets, vae, ids, steps, points))
    save_picture(path, grid(np.concatenate(rows)[:, ::2, ::2], len(PROMPTS)))


def grid(images: npt.NDArray[np.uint8], columns: int) -> npt.NDArray[np.uint8]:
    """One picture of many, row by row."""
    starts = range(0, len(images) - len(images) % columns, columns)
    rows: Sequence[Any] = [np.concatenate(list(images[at : at + columns]), 1) for at in starts]
    return np.concatenate(rows)


def save_picture(path: Path, image: npt.NDArray[np.uint8]) -> None:
    """Write a JPEG."""
    Image.fromarray(image).save(path, quality=90)
