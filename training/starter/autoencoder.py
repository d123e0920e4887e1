"""Train the autoencoder on crops of pictures, half of them near faces."""

from typing import Any

import torch
from torch.nn import functional

from .data.concepts import NONE
from .data.pictures import SIDE
from .data.pool import Pool, Source, to_bytes, to_float
from .loop import Run, train
from .networks import CHANNELS, Networks, build_vae, save_networks
from .samples import grid, save_picture

NOISE = 0.08
"""On latents, so that the decoder bears what a diffusion model hands it."""
FACE = 3.0
"""How much more a pixel of a face counts."""


def train_autoencoder(run: Run, source: Source, tokenizer: Any) -> Any:
    """The autoencoder, its scaling factor set so that latents have unit variance."""
    stage = run.settings.autoencoder
    vae = build_vae(run.settings).to(run.device).to(memory_format=torch.channels_last)
    pool = Pool(stage, source, tokenizer, run.device, None)

    def loss_of(step: int, random: torch.Generator) -> torch.Tensor:
        pool.at_step(step)
        x, faces = crops(pool, random, stage.batch, run.settings.crop)
        return reconstruction_loss(run, vae, x, faces, random)

    def kept(averages: Networks) -> None:
        pool.at_step(stage.steps)
        _scale(run, averages["vae"], pool)
        save_networks(averages, run.model)

    averages = train(run, "autoencoder", stage, {"vae": vae}, loss_of, kept)
    best = averages["vae"]
    if not (run.model / "vae" / "config.json").exists() or best.config.scaling_factor == 1.0:
        kept(averages)  # the scaling factor is no weight: a run that goes on finds it again
    return best


def reconstruction_loss(
    run: Run, vae: Any, x: torch.Tensor, faces: torch.Tensor, random: torch.Generator
) -> torch.Tensor:
    """L1 of colours, of their slopes and of 8-pixel means; `faces` (B, 1, H, W) marks faces."""
    shape = (len(x), CHANNELS, x.shape[2] // 8, x.shape[3] // 8)
    noise = torch.randn(shape, generator=random, device=x.device)
    with run.half():
        z = vae.encoder(x)
        y = vae.decoder(z + NOISE * noise)
    away, weight = y.float() - x, 1 + FACE * faces
    rows, columns = away[..., 1:, :] - away[..., :-1, :], away[..., 1:] - away[..., :-1]
    fine = (away.abs() * weight).mean() + (rows.abs() * weight[..., 1:, :]).mean()
    fine = fine + (columns.abs() * weight[..., 1:]).mean()
    coarse = functional.avg_pool2d(away, 8).abs().mean()
    return fine + 0.5 * coarse + 3e-4 * (z.float() ** 2).mean()


def crops(
    pool: Pool, random: torch.Generator, batch: int, side: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Pixels (B, 3, side, side) in [-1, 1], mirrored or not, and masks of faces (B, 1, side, side)."""
    device = pool.device

    def draw(*shape: int) -> torch.Tensor:
        return torch.rand(*shape, generator=random, device=device)

    held = min(pool.count, pool.stage.room)
    k = torch.randint(0, held, (batch,), generator=random, device=device)
    mirrored, faced = draw(batch) < 0.5, pool.kind[k] != NONE
    points = pool.points[k] * SIDE
    flipped = torch.stack([SIDE - points[..., 0], points[..., 1]], -1)
    points = torch.where(mirrored[:, None, None], flipped, points)[:, 17:]
    near = (draw(batch) < 0.5) & faced
    centred = points.mean(1) - side / 2 + (draw(batch, 2) - 0.5) * side * 0.6
    corner = torch.where(near[:, None], centred, draw(batch, 2) * (SIDE - side))
    corner = corner.round().long().clamp(0, SIDE - side)
    columns = corner[:, :1] + torch.arange(side, device=device)
    rows = corner[:, 1:] + torch.arange(side, device=device)
    source = torch.where(mirrored[:, None], SIDE - 1 - columns, columns)
    x = to_float(pool.pixels[k[:, None, None], rows[:, :, None], source[:, None, :]])
    low, high = points.amin(1) - 6, points.amax(1) + 6
    across = (columns > low[:, :1]) & (columns < high[:, :1])
    down = (rows > low[:, 1:]) & (rows < high[:, 1:])
    faces = across[:, None, :] & down[:, :, None] & faced[:, None, None]
    return x, faces[:, None].float()


@torch.no_grad()
def _scale(run: Run, vae: Any, pool: Pool) -> None:
    """Set the scaling factor from up to 1,024 pictures, and show eight of them."""
    x = to_float(pool.pixels[: min(pool.count, pool.stage.room, 1024)])
    with run.half():
        z = torch.cat([vae.encoder(part).float() for part in x.split(64)])
        shown = vae.decoder(z[:8]).float()
    vae.register_to_config(scaling_factor=float(1 / z.std()))
    save_picture(run.out / "autoencoder.jpg", grid(to_bytes(torch.cat([x[:8], shown])), 8))


def encoder_of(run: Run, vae: Any) -> Any:
    """Pictures in [-1, 1] to scaled latents."""

    @torch.no_grad()
    def encode(x: torch.Tensor) -> torch.Tensor:
        with run.half():
            z = torch.cat([vae.encoder(part).float() for part in x.split(128)])
        return z * vae.config.scaling_factor

    return encode
