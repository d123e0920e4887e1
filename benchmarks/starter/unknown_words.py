"""Forty things that the trained model does not know, or that are named in other languages, on one sheet.

`python -m benchmarks.starter.unknown_words SHEET.png`: each is asked of the expert `starter` by name, and
who painted it, with the words that it was given, is told. What the model knows in another language it
paints; everything else the sketch painter draws, so that nothing is a blob. A person looks at the sheet.
"""

import os
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from benchmarks.starter.silhouettes import Pictures
from chatanything.diffusion import PaintJob, choose_expert, paint
from chatanything.persona import write_persona
from chatanything.runtime import default_runtime

UNKNOWN = (
    "grumpy microscope", "quokkatron", "xylofroob", "123456", "entropy", "the concept of time",
    "happy helicopter", "old cello", "rusty anchor", "tax return", "blockchain", "nostalgia",
    "angry lawnmower", "velvet chandelier", "flurbinator", "democracy", "tiny submarine",
    "sleepy tractor", "proud excavator", "monday morning",
)  # fmt: skip
FOREIGN = (
    "mürrische Teekanne", "ein roter Apfel", "alte Eiche", "fröhlicher Hund",
    "une théière grincheuse", "chat endormi", "vieux livre", "tetera gruñona", "manzana roja",
    "gato feliz", "teiera scontrosa", "mela rossa", "頑固なティーポット", "赤いりんご", "眠い猫",
    "快乐的茶壶", "红苹果", "веселый чайник", "красное яблоко", "spóźniony tramwaj",
)  # fmt: skip
SIDE, COLUMNS = 256, 8


def painted(concept: str) -> tuple[Pictures, str]:
    """The portrait, and who painted it from which words."""
    who = write_persona(concept)
    folders = default_runtime().folders
    mixture = choose_expert(who, override="starter", folders=folders)
    image = paint(PaintJob(who, mixture, width=SIDE, height=SIDE)).image
    return image, f"{mixture.family}: {mixture.prompt if mixture.family == 'starter' else ''}"


def main(path: Path) -> None:
    """Paint all and write the sheet."""
    torch.set_num_threads(1)
    images = []
    for concept in (*UNKNOWN, *FOREIGN):
        image, told = painted(concept)
        sys.stdout.write(f"{concept}: {told}\n")
        images.append(image[::2, ::2])
    rows = [np.concatenate(images[n : n + COLUMNS], 1) for n in range(0, len(images), COLUMNS)]
    Image.fromarray(np.concatenate(rows)).save(path)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main(Path(sys.argv[1]))
