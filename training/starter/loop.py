"""The loop that every stage shares: steps, averaged weights, checkpoints, and going on from one."""

import copy
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from .networks import Networks
from .settings import Settings, Stage

LossOf = Callable[[int, torch.Generator], torch.Tensor]
"""Loss of a step, whose random numbers are all of the generator's."""
Kept = Callable[[Networks], None]
"""Told the averaged networks at every checkpoint and at the end."""


@dataclass
class Run:
    """One training: where it writes, and what computes."""

    settings: Settings
    out: Path
    stop_after: int = 0
    """Steps of a stage after which the process ends; 0 for none. For tests of going on."""
    device: torch.device = field(
        default_factory=lambda: torch.device("cuda" if torch.cuda.is_available() else "cpu")
    )

    @property
    def model(self) -> Path:
        """The diffusers folder that comes of it."""
        return self.out / "model"

    def random(self, stage: str, step: int) -> torch.Generator:
        """The random numbers of one step; they depend on seed, stage and step alone."""
        mark = int.from_bytes(stage.encode()[:4].ljust(4), "big")
        seed = (self.settings.seed << 24) ^ (mark << 20) ^ step
        return torch.Generator(self.device).manual_seed(seed % (1 << 63))

    def half(self) -> Any:
        """bfloat16 where it is a gain, on a GPU."""
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda")

    def log(self, **told: object) -> None:
        """A line of `log.jsonl`."""
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"time": round(time.time()), **told}) + "\n")


class StoppedError(Exception):
    """The run ends here; the same command goes on with it."""


def train(
    run: Run, name: str, stage: Stage, live: Networks, loss_of: LossOf, kept: Kept
) -> Networks:
    """Train networks to the end of their stage and return their averages.

    A checkpoint of the stage is gone on with; a finished one is only read.
    """
    state = _State(run.out / "checkpoints" / f"{name}.pt", live, stage, run.device)
    started, losses = time.time(), []
    for step in range(state.step, stage.steps):
        loss = loss_of(step, run.random(name, step))
        state.descend(loss, _rate(stage, step / stage.steps, step))
        losses.append(loss.detach())
        last = state.step == stage.steps
        if state.step % run.settings.log_every == 0 or last:
            mean = round(float(torch.stack(losses).mean()), 5)
            run.log(stage=name, step=state.step, loss=mean, seconds=round(time.time() - started, 1))
            losses.clear()
        if last or state.step % run.settings.keep_every == 0:
            state.save()
            kept(state.averages)
        if state.step == run.stop_after and not last:
            raise StoppedError
    return state.averages


def _rate(stage: Stage, progress: float, step: int) -> float:
    """Rises over the first steps, stays, and falls over the second half."""
    fall = 1.0 if progress < 0.5 else max(0.01, 2 - 2 * progress)
    return stage.rate * min(1.0, (step + 1) / stage.warm) * fall


class _State:
    """Everything that a step changes: weights, their averages, the optimizer, and the step."""

    def __init__(self, path: Path, live: Networks, stage: Stage, device: torch.device) -> None:
        self.step, self.averages = 0, copy.deepcopy(dict(live))
        self._path, self._live, self._slow = path, live, stage.average
        learning = [p for net in live.values() for p in net.parameters() if p.requires_grad]
        names = [
            (key, name)
            for key, net in live.items()
            for name, p in net.named_parameters()
            if p.requires_grad
        ]
        for network in self.averages.values():
            network.eval().requires_grad_(False)
        tables = {key: dict(net.named_parameters()) for key, net in self.averages.items()}
        self._learning, self._average = learning, [tables[key][name] for key, name in names]
        groups = [
            {
                "params": [p for p in learning if (p.ndim > 1) == matrix],
                "weight_decay": 0.02 * matrix,
            }
            for matrix in (True, False)
        ]
        groups = [group for group in groups if group["params"]]
        self._optimizer = torch.optim.AdamW(groups, stage.rate, betas=(0.9, 0.99))
        if path.exists():
            self._load(device)

    def descend(self, loss: torch.Tensor, rate: float) -> None:
        """One step of AdamW, and of the moving average, which is faster in the beginning."""
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._learning, 1.0)
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.step()
        with torch.no_grad():
            share = 1 - min(self._slow, (1 + self.step) / (10 + self.step))
            torch._foreach_lerp_(self._average, [p.detach() for p in self._learning], share)
        self.step += 1

    def save(self) -> None:
        """Write the checkpoint in one go."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".part")
        parts: dict[str, Any] = {"step": self.step, "optimizer": self._optimizer.state_dict()}
        for name, networks in (("live", self._live), ("averages", self.averages)):
            parts[name] = {key: network.state_dict() for key, network in networks.items()}
        torch.save(parts, fresh)
        fresh.replace(self._path)

    def _load(self, device: torch.device) -> None:
        parts = torch.load(self._path, map_location=device, weights_only=True)
        for name, networks in (("live", self._live), ("averages", self.averages)):
            for key, network in networks.items():
                network.load_state_dict(parts[name][key])
        self._optimizer.load_state_dict(parts["optimizer"])
        self.step = parts["step"]
