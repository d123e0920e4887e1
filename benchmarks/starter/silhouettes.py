"""A classifier of silhouettes, trained on the sketch painter's pictures alone: what thing is shown?

It never sees a picture of the model that it judges. `python -m benchmarks.starter.silhouettes FOLDER`
paints the pictures and trains (about ten minutes of one core together), says how many unseen pictures
of the painter it reads right, and keeps the weights in FOLDER; what is there already is not done again.
"""

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from chatanything.atomic_write import atomic_write
from chatanything.diffusion import Expert, PaintJob, built_in_experts
from chatanything.diffusion.mixture.known_words import Vocabulary, vocabulary_of
from chatanything.diffusion.sketch.bodies import body_for
from chatanything.persona import read_concept
from chatanything.runtime import default_runtime
from chatanything.seeding import generator
from training.starter.data.concepts import KINDS, STYLES, Concept, pick
from training.starter.data.pictures import PAINTED, PAINTERS, draw_guide, persona, style

SIDE, SEEN = 128, 64
"""Pixels a side of painted pictures, and of what the classifier is shown."""
PICTURES, UNSEEN = 9000, 1000
STEPS, BATCH, RATE = 1200, 64, 3e-3
Pictures = npt.NDArray[np.uint8]


def starter() -> Expert:
    """The expert that is judged."""
    return next(expert for expert in built_in_experts() if expert.name == "starter")


@cache
def known() -> Vocabulary:
    """The words that it was trained on."""
    words = vocabulary_of(starter(), default_runtime().folders)
    assert words, "the starter is not on this machine: chatanything models get starter"
    return words


@cache
def fitting(concept: str) -> frozenset[str]:
    """Silhouettes that the painter itself may choose for a concept."""
    reading = read_concept(concept)
    return frozenset(body_for(reading, generator(seed, "body")) for seed in range(40))


@cache
def classes() -> tuple[str, ...]:
    """Silhouettes of all nouns that the model knows."""
    return tuple(sorted({body for noun in known().nouns for body in fitting(noun)}))


def paint(seed: int, number: int) -> tuple[Pictures, str]:
    """A small picture of a known thing, and the name of its silhouette."""
    rng = np.random.default_rng([seed, number])
    words = [sorted(group) for group in (known().traits, known().colours, known().materials)]
    parts = [pick(rng, group) if rng.random() < 0.4 else "" for group in words]
    # Silhouettes come evenly, so that one with many nouns does not come more often.
    concept = Concept(pick(rng, _nouns_of(pick(rng, classes()))), *parts)
    kind, size = int(rng.choice(KINDS, p=PAINTED)), (SIDE, SIDE)
    guide = draw_guide(rng, concept, SIDE) if kind != 1 and rng.random() < 0.5 else None
    look, drawn_seed = int(rng.integers(len(STYLES))), int(rng.integers(2**31))
    job = PaintJob(persona(concept.text), style(look), guide, None, *size, drawn_seed)
    drawn = PAINTERS[kind].draw(job)
    return _halved(drawn.image), drawn.design.body.name


@cache
def _nouns_of(body: str) -> tuple[str, ...]:
    return tuple(noun for noun in sorted(known().nouns) if body in fitting(noun))


def _halved(image: Pictures) -> Pictures:
    side = len(image) // 2
    mean = image.reshape(side, 2, side, 2, 3).mean((1, 3))
    return np.asarray(mean.round(), np.uint8)


class Classifier(nn.Module):
    """Names the silhouette on pictures of 64 pixels."""

    def __init__(self, count: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        before = 3
        for after in (24, 48, 96, 192):
            for source, stride in ((before, 2), (after, 1)):
                layers += [nn.Conv2d(source, after, 3, stride, 1, bias=False)]
                layers += [nn.BatchNorm2d(after), nn.ReLU()]
            before = after
        self.layers = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2))
        self.answer = nn.Linear(before, count)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Scores (B, classes) of pictures (B, 3, 64, 64) in [-1, 1]."""
        scores: torch.Tensor = self.answer(self.layers(x))
        return scores


@dataclass(frozen=True, eq=False)
class Reader:
    """A trained classifier."""

    network: Classifier
    right: float
    """Share of unseen pictures of the painter that it reads right."""

    @torch.inference_mode()
    def read(self, images: list[Pictures]) -> list[str]:
        """The likeliest silhouette of RGB pictures of any size."""
        x = torch.stack([torch.from_numpy(image).permute(2, 0, 1).float() for image in images])
        x = functional.interpolate(x, (SEEN, SEEN), mode="area") / 127.5 - 1
        return [classes()[int(index)] for index in self.network(x).argmax(1)]


def pictures(folder: Path, seed: int, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Painted pictures (N, 3, 64, 64) uint8 and their classes, from the folder where they are there."""
    path = folder / f"pictures-{seed}-{count}.npz"
    if not path.exists():
        rows = [row for row in (paint(seed, n) for n in range(count)) if row[1] in classes()]
        names = np.array([classes().index(name) for _, name in rows])
        with atomic_write(path) as part, part.open("wb") as file:
            np.savez(file, images=np.stack([image for image, _ in rows]), names=names)
    with np.load(path) as file:
        return torch.from_numpy(file["images"]).permute(0, 3, 1, 2), torch.from_numpy(file["names"])


def augmented(x: torch.Tensor, random: torch.Generator, soft: bool) -> torch.Tensor:
    """Mirrored, moved, scaled, softened and with noise, as a generator's pictures may be."""
    count = len(x)
    turn = torch.zeros(count, 2, 3)
    scale = 0.85 + 0.3 * torch.rand(count, generator=random)
    side = torch.where(torch.rand(count, generator=random) < 0.5, 1.0, -1.0)
    turn[:, 0, 0], turn[:, 1, 1] = scale * side, scale
    turn[:, :, 2] = 0.2 * (torch.rand(count, 2, generator=random) - 0.5)
    grid = functional.affine_grid(turn, list(x.shape), align_corners=False)
    x = functional.grid_sample(x, grid, padding_mode="reflection", align_corners=False)
    x = functional.avg_pool2d(x, 3, 1, 1) if soft else x
    return x + 0.05 * torch.randn(x.shape, generator=random)


def train(folder: Path) -> Reader:
    """The classifier of a folder, trained where it is not there."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    path, network = folder / "classifier.pt", Classifier(len(classes()))
    if not path.exists():
        _fit(network, *pictures(folder, 1, PICTURES))
        with atomic_write(path) as part:
            torch.save(network.state_dict(), part)
    network.load_state_dict(torch.load(path, weights_only=True))
    network.eval()
    images, names = pictures(folder, 2, UNSEEN)
    with torch.inference_mode():
        answers = torch.cat([network(part.float() / 127.5 - 1) for part in images.split(200)])
    return Reader(network, float((answers.argmax(1) == names).float().mean()))


def _fit(network: Classifier, images: torch.Tensor, names: torch.Tensor) -> None:
    optimizer = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.05)
    plan: Any = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=STEPS)
    random = torch.Generator().manual_seed(0)
    for step in range(STEPS):
        rows = torch.randint(len(images), (BATCH,), generator=random)
        x = augmented(images[rows].float() / 127.5 - 1, random, soft=step % 2 == 0)
        loss = functional.cross_entropy(network(x), names[rows], label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        plan.step()


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    place = Path(sys.argv[1])
    place.mkdir(parents=True, exist_ok=True)
    reader = train(place)
    sys.stdout.write(f"{len(classes())} silhouettes, {reader.right:.1%} of {UNSEEN} read right\n")
