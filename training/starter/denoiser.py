"""Train UNet, ControlNet and text encoder together, and LoRAs of a style on the frozen rest.

Velocity: Salimans & Ho 2022; ControlNet: Zhang et al. 2023; LoRA: Hu et al. 2021.
"""

import copy
from dataclasses import dataclass
from typing import Any

import torch

from .data.concepts import CAPTIONS, STYLES
from .data.control_map import dots
from .data.pool import Encode, Pool, Source
from .data.tokenizer import tokens_of
from .loop import Run, train
from .networks import (
    CELLS,
    CHANNELS,
    Networks,
    add_lora,
    build_denoiser,
    build_scheduler,
    save_lora,
    save_networks,
)
from .samples import sheet

WORDLESS, NOISIEST = 0.1, 0.15
"""Shares of rows whose words are dropped, and of those whose time is among the last hundred."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Rows to learn from; the first ones, as many as `hint` has, have a face and its map."""

    z: torch.Tensor
    """Scaled latents, (B, 4, 32, 32)."""
    noise: torch.Tensor
    t: torch.Tensor
    """Time steps, (B,), 0 to 999."""
    ids: torch.Tensor
    """Tokens, (B, 32)."""
    hint: torch.Tensor
    """Control maps, (M, 3, 256, 256)."""
    weight: torch.Tensor
    """How much each place counts, (B, 1, 32, 32)."""


class Denoising:
    """The loss of networks on a pool."""

    def __init__(self, run: Run, nets: Networks, pool: Pool, tokenizer: Any) -> None:
        self._run, self._nets, self._pool = run, nets, pool
        self._empty = torch.from_numpy(tokens_of(tokenizer, [""])[0]).to(run.device)
        self._alphas = build_scheduler().alphas_cumprod.float().to(run.device)

    def loss(self, batch: Batch) -> torch.Tensor:
        """Mean squared error of the velocity."""
        a = self._alphas[batch.t][:, None, None, None]
        noisy = a.sqrt() * batch.z + (1 - a).sqrt() * batch.noise
        with self._run.half():
            v = self._velocity(noisy.contiguous(memory_format=torch.channels_last), batch)
        meant = a.sqrt() * batch.noise - (1 - a).sqrt() * batch.z
        return ((v.float() - meant) ** 2 * batch.weight).mean()

    def _velocity(self, noisy: torch.Tensor, batch: Batch) -> torch.Tensor:
        text = self._nets["text_encoder"](batch.ids).last_hidden_state
        mapped = len(batch.hint)
        down, middle = self._nets["controlnet"](
            noisy[:mapped],
            batch.t[:mapped],
            encoder_hidden_states=text[:mapped],
            controlnet_cond=batch.hint,
            return_dict=False,
        )

        def filled(part: torch.Tensor) -> torch.Tensor:
            return torch.cat([part, part.new_zeros((len(noisy) - mapped, *part.shape[1:]))])

        v: torch.Tensor = self._nets["unet"](
            noisy,
            batch.t,
            encoder_hidden_states=text,
            down_block_additional_residuals=[filled(part) for part in down],
            mid_block_additional_residual=filled(middle),
            return_dict=False,
        )[0]
        return v

    def draw(self, random: torch.Generator, size: int, rows: list[torch.Tensor]) -> Batch:
        """A batch from `rows`, the places of pictures by kind of face."""
        device, settings = self._run.device, self._run.settings

        def uniform(*shape: int) -> torch.Tensor:
            return torch.rand(*shape, generator=random, device=device)

        def whole(low: int, high: int, count: int) -> torch.Tensor:
            return torch.randint(low, high, (count,), generator=random, device=device)

        mapped = round(settings.mapped * size)
        others = [round(share * (size - mapped)) for share in settings.unmapped[:2]]
        counts = (mapped + others[0], others[1], size - mapped - sum(others))
        k = torch.cat([r[whole(0, len(r), n)] for r, n in zip(rows, counts, strict=True)])
        mirrored = uniform(size) < 0.5
        points = self._pool.points[k[:mapped]]
        flipped = torch.stack([1 - points[..., 0], points[..., 1]], -1)
        points = torch.where(mirrored[:mapped, None, None], flipped, points)
        t = torch.where(uniform(size) < NOISIEST, whole(900, 1000, size), whole(0, 1000, size))
        ids = self._pool.ids[k, whole(0, CAPTIONS, size)].long()
        ids = torch.where((uniform(size) < WORDLESS)[:, None], self._empty, ids)
        noise = torch.randn(size, CHANNELS, CELLS, CELLS, generator=random, device=device)
        z = self._pool.latents[k, mirrored.long()].float()
        return Batch(z, noise, t, ids, dots(points), _weights(points, size))


def _weights(points: torch.Tensor, size: int) -> torch.Tensor:
    """2 on the faces of rows with a map, else 1: elsewhere it would bias how often faces come."""
    cells = torch.arange(CELLS, device=points.device) + 0.5
    weight = torch.ones(size, 1, CELLS, CELLS, device=points.device)
    if len(points):
        low = points[:, 17:].amin(1) * CELLS - 0.7
        high = points[:, 17:].amax(1) * CELLS + 0.7
        across = (cells > low[:, :1]) & (cells < high[:, :1])
        down = (cells > low[:, 1:]) & (cells < high[:, 1:])
        weight[: len(points), 0] += (across[:, None, :] & down[:, :, None]).float()
    return weight


def train_denoiser(run: Run, source: Source, tokenizer: Any, encode: Encode, vae: Any) -> Networks:
    """The averaged UNet, ControlNet and text encoder."""
    stage = run.settings.denoiser
    nets = build_denoiser(run.settings, len(tokenizer))
    for name, network in nets.items():
        network.to(run.device).train()
        if name != "text_encoder":
            network.to(memory_format=torch.channels_last)
    pool = Pool(stage, source, tokenizer, run.device, encode)
    denoising = Denoising(run, nets, pool, tokenizer)

    def loss_of(step: int, random: torch.Generator) -> torch.Tensor:
        pool.at_step(step)
        return denoising.loss(denoising.draw(random, stage.batch, pool.by_kind()))

    def kept(averages: Networks) -> None:
        save_networks(averages, run.model)
        sheet(run, averages, vae, tokenizer, run.out / "sheet.jpg")

    return train(run, "denoiser", stage, nets, loss_of, kept)


def train_lora(
    run: Run, look: str, source: Source, tokenizer: Any, encode: Encode, nets: Networks
) -> None:
    """One style's LoRA: the same loss on that style's pictures, with the same captions."""
    stage = run.settings.lora
    unet = copy.deepcopy(nets["unet"])
    add_lora(unet, run.settings.lora_rank)
    pool = Pool(stage, source, tokenizer, run.device, encode)
    denoising = Denoising(run, {**nets, "unet": unet}, pool, tokenizer)

    def loss_of(step: int, random: torch.Generator) -> torch.Tensor:
        pool.at_step(step)
        rows = pool.by_kind(STYLES.index(look))
        return denoising.loss(denoising.draw(random, stage.batch, rows))

    def kept(averages: Networks) -> None:
        name = look.partition(" ")[0]
        save_lora(averages["unet"], run.model / "loras" / f"{name}.safetensors")

    train(run, f"lora {look}", stage, {"unet": unet}, loss_of, kept)
