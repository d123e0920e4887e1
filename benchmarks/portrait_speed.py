"""How long a portrait takes and what memory it needs, compared with the bare diffusers pipeline.

`python -m benchmarks.portrait_speed [document]` measures models with random
weights, since speed does not depend on what the weights say: on a CPU small ones of the families'
shapes, in some minutes; on a GPU the real SD1.5 at 512 and SDXL at 1024 pixels
(10 GB of disk, 12 GB of memory). The table is printed, or put between the document's
`<!-- portrait: begin -->` and `<!-- portrait: end -->`.
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from chatanything.diffusion import Expert, Mixture, PaintJob, Runtime, paint
from chatanything.diffusion.sd import SHELF
from chatanything.diffusion.sd.load_models import networks_of, pipeline_class, tokenizers
from chatanything.diffusion.sd.reference_start import make_scheduler
from chatanything.diffusion.sd.silence_libraries import silenced
from chatanything.landmarks import find_face
from chatanything.persona import Persona
from chatanything.runtime import device_for, dtype_for

from .tables import replace_table

PROMPT, NEGATIVE = "a grumpy teapot", "blurry"
PERSONA = Persona("grumpy teapot", "Tea", "", "", "", "Hello.", PROMPT)
PAIRS = 5


@dataclass(frozen=True)
class Case:
    """A model to measure."""

    family: str
    side: int
    """Of the portrait, in pixels."""
    steps: int
    part: int = 1
    """Its layers have 1 / `part` of the channels of the real ones; 1 is the real shape."""


ON_CPU = (Case("sd15", 256, 8, 10), Case("sdxl", 256, 8, 10), Case("sd15", 512, 2, 5))
ON_GPU = (Case("sd15", 512, 25), Case("sdxl", 1024, 25))


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    case: Case
    ours: float
    """CPU seconds of one portrait, the least of a few."""
    bare: float
    """CPU seconds of the bare pipeline with the same arguments."""
    late: float
    """Wall seconds of ours over those of the bare pipeline, less 1."""
    noise: float
    """How far the bare calls before and after ours are apart: smaller differences mean nothing."""
    face: float
    """Seconds of finding the face, which the bare pipeline does not do; part of ours."""
    loads: int
    """Models loaded for a second portrait with another prompt."""
    memory: tuple[int, int, int]
    """Resident bytes before loading, with the model loaded, and after unloading."""
    peak: int
    """Most bytes on the device during ours; 0 on a CPU, where they are not counted."""


def random_model(case: Case, folder: Path, runtime: Runtime) -> None:
    """Write a model of a family's shape with random weights into `folder`."""
    networks = networks_of(Expert("bench", "random weights", case.family, ""))
    config = networks.config
    assert config is not None
    torch.manual_seed(0)
    unet = UNet2DConditionModel.from_config(_thin(UNet2DConditionModel, config / "unet", case.part))
    vae = AutoencoderKL.from_config(_thin(AutoencoderKL, config / "vae", min(case.part, 4)))
    words = tokenizers(networks, config, runtime.folders)
    parts: dict[str, Any] = {"unet": unet, "vae": vae, **words, **networks.options}
    for encoder in networks.encoders:
        kind = CLIPTextModelWithProjection if encoder.pooled else CLIPTextModel
        name = f"text_encoder{encoder.suffix}"
        parts[name] = kind(_text(config, name, case.part))
    parts["scheduler"] = make_scheduler("ddim", DDIMScheduler.load_config(config / "scheduler"))
    pipeline_class(networks)(**parts).to(torch.float16).save_pretrained(folder)


def _thin(kind: Any, config: Path, part: int) -> dict[str, Any]:
    """A configuration with fewer channels; heads that no longer divide them become fewer too."""
    values = dict(kind.load_config(config))
    channels = [count // part for count in values["block_out_channels"]]
    values["block_out_channels"] = channels
    heads = values.get("attention_head_dim")
    if part > 1 and isinstance(heads, list):
        values["attention_head_dim"] = [max(count // 32, 1) for count in channels]
    return values


def _text(config: Path, name: str, part: int) -> Any:
    found = CLIPTextConfig.from_json_file(config / name / "config.json")
    found.num_hidden_layers = max(found.num_hidden_layers // part, 2)
    return found


def measure(case: Case, expert: Expert, runtime: Runtime, *, pairs: int = PAIRS) -> Row:
    """Time an expert and the bare pipeline on the very same weights, by turns."""
    mixture = Mixture(((expert, 1.0),), PROMPT, NEGATIVE)
    job = PaintJob(PERSONA, mixture, width=case.side, height=case.side, runtime=runtime)
    paint(job)  # what the libraries load for themselves is not the model's
    SHELF.clear()
    before = _resident()
    portrait = paint(job)
    _reset_peak()
    loads, loaded = SHELF.loads, _resident()
    paint(replace(job, mixture=replace(mixture, prompt="an old lamp")))
    loads, peak = SHELF.loads - loads, _peak()
    bare = _bare(expert, case)
    calls = (bare, lambda: paint(job), bare)
    turns = [[_seconds(call) for call in calls] for _ in range(pairs)]
    face = min(_seconds(lambda: find_face(portrait.image))[0] for _ in range(3))
    del bare, calls  # they hold the model
    SHELF.clear()
    # The least of some runs is what is left when nothing disturbs the machine.
    wall, busy = ([min(t[n][kind] for t in turns) for n in range(3)] for kind in (0, 1))
    return Row(
        case,
        ours=busy[1],
        bare=min(busy[0], busy[2]),
        late=wall[1] / min(wall[0], wall[2]) - 1,
        noise=abs(busy[2] - busy[0]) / min(busy[0], busy[2]),
        face=face,
        loads=loads,
        memory=(before, loaded, _resident()),
        peak=peak,
    )


def _bare(expert: Expert, case: Case) -> Callable[[], Any]:
    """diffusers' own call with the same arguments, on the weights that are loaded."""
    own = SHELF.things()[0]
    scheduler = make_scheduler(expert.scheduler, own.scheduler.config)
    left_out = networks_of(expert).options
    pipe = type(own)(**(own.components | {"scheduler": scheduler} | dict(left_out)))
    pipe.set_progress_bar_config(disable=True)
    asked: dict[str, Any] = {"num_inference_steps": expert.steps, "guidance_scale": expert.cfg}
    asked |= {"width": case.side, "height": case.side, "negative_prompt": expert.negative}

    def call() -> Any:
        with torch.inference_mode():
            return pipe(PROMPT, output_type="np", **asked)

    return call


def _seconds(call: Callable[[], Any]) -> tuple[float, float]:
    """Wall seconds and CPU seconds of a call."""
    wall, busy = time.perf_counter(), time.process_time()
    call()
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter() - wall, time.process_time() - busy


def _resident() -> int:
    gc.collect()
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if pages.exists() else 0


def _reset_peak() -> None:
    if torch.cuda.is_available():
        torch.cuda.reset_peak_memory_stats()


def _peak() -> int:
    return torch.cuda.max_memory_allocated() if torch.cuda.is_available() else 0


def table(rows: Sequence[Row], runtime: Runtime) -> str:
    """The rows in Markdown."""
    device = device_for(runtime)
    name = torch.cuda.get_device_name() if device.type == "cuda" else device.type
    video = any(row.peak for row in rows)
    head = "| model | pixels, steps | CPU s a portrait | bare | overhead | in wall s | noise "
    head += "| the face | loads, new prompt | MB before, loaded, unloaded |"
    lines = [
        f"{name}, {str(dtype_for(runtime)).removeprefix('torch.')}, torch {torch.__version__}, "
        f"{torch.get_num_threads()} threads",
        "",
        head + (" peak GB |" if video else ""),
        "|---" * (11 if video else 10) + "|",
        *(_line(row, video) for row in rows),
    ]
    return "\n".join(lines)


def _line(row: Row, video: bool) -> str:
    shape = "" if row.case.part == 1 else f", 1/{row.case.part} of the channels"
    cells = [
        f"{row.case.family}{shape}",
        f"{row.case.side}, {row.case.steps}",
        f"{row.ours:.2f}",
        f"{row.bare:.2f}",
        f"{row.ours / row.bare - 1:+.1%}",
        f"{row.late:+.1%}",
        f"{row.noise:.1%}",
        f"{1000 * row.face:.0f} ms",
        str(row.loads),
        ", ".join(f"{size >> 20}" for size in row.memory),
        *([f"{row.peak / 2**30:.1f}"] if video else []),
    ]
    return f"| {' | '.join(cells)} |"


def run(case: Case, runtime: Runtime) -> Row:
    """Make the model of a case, measure it, and leave nothing behind."""
    with tempfile.TemporaryDirectory() as folder:
        with silenced():
            random_model(case, Path(folder), runtime)
        expert = Expert(
            *("bench", "random weights", case.family, folder),
            scheduler="dpmpp_2m_karras",
            steps=case.steps,
            negative=NEGATIVE,
        )
        return measure(case, expert, runtime)


def main() -> None:
    """Measure what suits the machine; print the table or put it into a document."""
    runtime = Runtime()
    cases = ON_GPU if device_for(runtime).type == "cuda" else ON_CPU
    found = table([run(case, runtime) for case in cases], runtime)
    if len(sys.argv) > 1:
        replace_table(Path(sys.argv[1]), "portrait", found)
    else:
        sys.stdout.write(found + "\n")


if __name__ == "__main__":
    main()
