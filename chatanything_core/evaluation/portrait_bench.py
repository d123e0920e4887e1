"""How long a portrait takes and what memory it needs, beside the bare diffusers pipeline.

`python -m chatanything_core.evaluation.portrait_bench` prints a table for docs/benchmarks.md: SD1.5
at 512 and SDXL at 1024 pixels, in their real shapes with random weights, since speed does not
depend on what the weights say. Needs 10 GB of disk and, for SDXL, 12 GB of memory.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from ..diffusion import Expert, Mixture, PaintJob, Runtime, paint
from ..diffusion.latent import SHELF
from ..diffusion.latent.loading import CONFIGS, PIPELINES, tokenizers
from ..diffusion.latent.placing import device_for, dtype_for
from ..diffusion.latent.starting import make_scheduler
from ..diffusion.records import Family
from ..persona import Persona

PERSONA = Persona("grumpy teapot", "Tea", "", "", "", "Hello.", "a grumpy teapot")
CASES: tuple[tuple[Family, int], ...] = (("sd15", 512), ("sdxl", 1024))
RUNS = 3


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    family: str
    size: int
    """Side in pixels."""
    ours: float
    """Seconds of one portrait, the median of a few."""
    bare: float
    """Seconds of the bare pipeline with the same arguments."""
    peak: int
    """Most bytes on the device during ours; 0 on a CPU, where nobody counts them."""


def random_model(family: Family, folder: Path, runtime: Runtime) -> None:
    """Write a model of a family's real shape with random weights into `folder`."""
    config, dtype = CONFIGS / family, torch.float16
    torch.manual_seed(0)
    unet = UNet2DConditionModel.from_config(UNet2DConditionModel.load_config(config / "unet"))
    vae = AutoencoderKL.from_config(AutoencoderKL.load_config(config / "vae"))
    words = tokenizers(Expert("bench", "random weights", family, ""), config, runtime.folders)
    parts: dict[str, Any] = {"unet": unet, "vae": vae, **words}
    parts["text_encoder"] = CLIPTextModel(_text(config, "text_encoder"))
    parts["scheduler"] = make_scheduler("ddim", _schedule(config))
    if family == "sdxl":
        second = CLIPTextModelWithProjection(_text(config, "text_encoder_2"))
        parts["text_encoder_2"] = second
    else:
        parts |= {"safety_checker": None, "feature_extractor": None}
    PIPELINES[family](**parts).to(dtype).save_pretrained(folder)


def measure(expert: Expert, size: int, runtime: Runtime) -> Row:
    """Time an expert and the bare pipeline on the very same weights."""
    mixture = Mixture(((expert, 1.0),), "a grumpy teapot", "blurry")
    job = PaintJob(PERSONA, mixture, width=size, height=size, runtime=runtime)
    paint(job)
    if torch.cuda.is_available():
        torch.cuda.reset_peak_memory_stats()
    ours = _seconds(lambda: paint(job))
    peak = torch.cuda.max_memory_allocated() if torch.cuda.is_available() else 0
    own = SHELF.things()[0]
    scheduler = make_scheduler(expert.scheduler, own.scheduler.config)
    extra = {"requires_safety_checker": False} if expert.family == "sd15" else {}
    bare = type(own)(**(own.components | {"scheduler": scheduler} | extra))
    bare.set_progress_bar_config(disable=True)
    asked: dict[str, Any] = {"num_inference_steps": expert.steps, "guidance_scale": expert.cfg}
    asked |= {"width": size, "height": size, "negative_prompt": "blurry", "output_type": "np"}
    with torch.inference_mode():
        theirs = _seconds(lambda: bare("a grumpy teapot", **asked))
    return Row(expert.family, size, ours, theirs, peak)


def table(rows: Sequence[Row], runtime: Runtime) -> str:
    """The rows in Markdown."""
    device = device_for(runtime)
    name = torch.cuda.get_device_name() if device.type == "cuda" else device.type
    lines = [
        f"{name}, {str(dtype_for(runtime)).removeprefix('torch.')}, torch {torch.__version__}",
        "",
        "| model | pixels | s per portrait | s bare | overhead | peak GB |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        over = f"{row.ours / row.bare - 1:+.1%}"
        peak = f"{row.peak / 2**30:.1f}" if row.peak else ""
        times = f"{row.ours:.2f} | {row.bare:.2f}"
        lines.append(f"| {row.family} | {row.size} | {times} | {over} | {peak} |")
    return "\n".join(lines)


def main() -> None:
    """Measure both families and print the table."""
    runtime, rows = Runtime(), []
    for family, size in CASES:
        with tempfile.TemporaryDirectory() as folder:
            random_model(family, Path(folder), runtime)
            expert = Expert("bench", "random weights", family, folder, scheduler="dpmpp_2m_karras")
            rows.append(measure(expert, size, runtime))
            SHELF.clear()
    sys.stdout.write(table(rows, runtime) + "\n")


def _seconds(call: Callable[[], Any]) -> float:
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        call()
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        found.append(time.perf_counter() - began)
    return median(found)


def _text(config: Path, part: str) -> Any:
    return CLIPTextConfig.from_json_file(config / part / "config.json")


def _schedule(config: Path) -> Any:
    return DDIMScheduler.load_config(config / "scheduler")


if __name__ == "__main__":
    main()
