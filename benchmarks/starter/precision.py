"""What bfloat16 saves on this processor, and how near its pictures are: `python -m benchmarks.starter.precision`.

Guided pictures of the starter, 256 pixels and 4 steps, in both precisions in turn; one thread. CPU seconds
are medians after the first picture, which loads.
"""

import os
import sys
import time
from dataclasses import replace
from statistics import median

import numpy as np
import torch

from benchmarks.starter.silhouettes import Pictures, starter
from chatanything.diffusion import Mixture, PaintJob, paint
from chatanything.diffusion.sd.device_placement import bfloat16_pays
from chatanything.landmarks import make_guide
from chatanything.runtime import Precision, default_runtime
from tests.tools.samples import plain_persona

CONCEPTS = ("red apple", "grumpy teapot", "golden wolf", "happy chef", "blue cactus", "old king")
STEPS, SIDE = 4, 256


def timed(concept: str, seed: int, precision: Precision) -> tuple[Pictures, float]:
    """The picture and its CPU seconds."""
    words = f"a portrait of {'an' if concept[0] in 'aeiou' else 'a'} {concept}"
    mixture = Mixture(((replace(starter(), steps=STEPS), 1.0),), words)
    runtime = replace(default_runtime(), precision=precision)
    guide = make_guide(size=(SIDE, SIDE))
    job = PaintJob(plain_persona(concept), mixture, guide, None, SIDE, SIDE, seed, runtime=runtime)
    begun = time.process_time()
    image = paint(job).image
    return image, time.process_time() - begun


def main() -> None:
    """Paint all in one precision, then in the other."""
    torch.set_num_threads(1)
    both: tuple[Precision, Precision] = ("fp32", "bf16")
    found = {}
    for precision in both:
        timed(CONCEPTS[0], 0, precision)
        found[precision] = [timed(text, seed, precision) for seed, text in enumerate(CONCEPTS)]
    pairs = zip(*found.values(), strict=True)
    near = [_decibel(full[0], half[0]) for full, half in pairs]
    seconds = {name: median(row[1] for row in rows) for name, rows in found.items()}
    told = ", ".join(f"{name} {value:.2f} CPU s a picture" for name, value in seconds.items())
    sys.stdout.write(
        f"{told}; PSNR median {median(near):.1f} dB, least {min(near):.1f}; "
        f"bfloat16 is {'' if bfloat16_pays() else 'not '}chosen here\n"
    )


def _decibel(a: Pictures, b: Pictures) -> float:
    error = ((a.astype(float) - b.astype(float)) ** 2).mean()
    return float(20 * np.log10(255 / np.sqrt(error)))


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
