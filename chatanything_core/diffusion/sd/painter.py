"""The painter that runs SD1.5 and SDXL models."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from ...inversion import Start
from ...landmarks import find_face, make_guide, ready_detectors
from ...progress import Tick, no_progress
from ..base import PaintJob
from ..prompt_template import prompt_for
from ..records import REFERENCE, Expert, Portrait
from ..resize import painted_size, resize_to_fill
from ..retry import Attempt, Picture, retry_until_face
from ..start_step import with_step
from .assemble import Guidance, LoadedMixture, ask, load_mixture
from .denoise import Preview, denoise, initial_noise, stream
from .device_placement import advice_when_full
from .latent_colours import fit_colours, show_latents
from .noise_prediction import guided_steps
from .reference_start import begin_with, schedule, with_latents
from .vae import decode, device_of, latent_shape


class DiffusersPainter:
    """Text to image, image to image and ControlNet, by one expert or a mixture."""

    def paint(self, job: PaintJob, tick: Tick) -> Portrait:
        """Paint until a face is found, at most `job.tries` times.

        Raises:
            MissingModelError: a model is missing.
            InputError: a model, LoRA, ControlNet or start that does not belong to the expert.
            EngineError: out of memory, values that are not numbers or, when strict, no face.
        """
        if job.start and job.start.strength == 0.0:
            return _untouched(job, job.start)
        job = _with_guide(job)
        with torch.inference_mode(), advice_when_full(job.runtime):
            judged = bool(ready_detectors())
            result = retry_until_face(
                job,
                lambda attempt, part: _paint(job, attempt, part),
                lambda image, attempt: find_face(
                    image, prior=job.guide, guided=_firmness(job, attempt)
                ),
                faced=judged and job.start is not None and _has_face(job.start),
                judged=judged,
                tick=tick,
            )
        return Portrait(result.image, result.face, _recipe(job, result.attempt, result.tries))


def _with_guide(job: PaintJob) -> PaintJob:
    """The job with a guide where a ControlNet waits for one: the reference's face, else an average one."""
    if job.guide or not job.default_guide or not job.mixture.lead.controlnet:
        return job
    mood, size = job.persona.emotion, (job.width, job.height)
    if job.start is not None and (face := find_face(job.start.reference)).origin == "detected":
        guide = make_guide(job.start.reference, face=face, size=size)
    else:
        guide = make_guide(expression=mood.name, amount=mood.strength, size=size)
    return replace(job, guide=guide)


def _paint(job: PaintJob, attempt: Attempt, tick: Tick) -> Picture:
    """One attempt at the size of the job, from noise or from the start."""
    lead, asked = job.mixture.lead, (job.width, job.height)
    size = painted_size(lead.size, asked)
    guidance = Guidance(job.guide, attempt.scale, attempt.window) if job.guide else None
    guided = guidance is not None and guidance.scale != 0.0
    exact = job.start is not None and job.start.method == "ddim"
    loaded = load_mixture(job.mixture, job.runtime, size, guided=guided, exact=exact)
    start = _start(job, attempt, loaded)
    if start is not None and start.strength == 0.0:
        return resize_to_fill(job.start.reference if job.start else start.reference, asked)
    members = ask(loaded, _prompts(job), guidance)
    pipe, generator = loaded.lead, stream(attempt.seed)
    scheduler = schedule(lead, pipe)
    if start is None:
        latents, begin = _nothing(pipe, generator, size) * scheduler.init_noise_sigma, 0
    else:
        latents, begin = begin_with(start, lead, pipe, size)
    latents = denoise(
        *(members, scheduler, latents),
        begin=begin,
        cfg=lead.cfg,
        generator=generator,
        tick=tick,
        preview=_preview(job, pipe),
    )
    return resize_to_fill(decode(pipe, latents), asked)


def _preview(job: PaintJob, pipe: Any) -> Preview | None:
    show = job.runtime.preview
    if show is None:
        return None
    colours = fit_colours(pipe)
    return lambda latents: show(show_latents(latents, colours))


def _nothing(pipe: Any, generator: torch.Generator, size: tuple[int, int]) -> torch.Tensor:
    return initial_noise(latent_shape(pipe, size), generator).to(device_of(pipe.unet))


def _start(job: PaintJob, attempt: Attempt, loaded: LoadedMixture) -> Start | None:
    """The start of an attempt: none at strength 1, and made again when the attempt changes it."""
    start = job.start
    if start is None or start.strength == 1.0:
        return None
    again = attempt.strength is not None
    if start.latents is not None and not again and attempt.seed == job.seed:
        return start
    changed = replace(
        start,
        strength=start.strength if attempt.strength is None else attempt.strength,
        seed=start.seed if attempt.seed == job.seed else attempt.seed,
    )
    changed = with_step(changed, job.mixture, loaded.size)
    if changed.strength in (0.0, 1.0):
        return changed
    return with_latents(changed, job.mixture.lead, loaded, no_progress)


def _prompts(job: PaintJob) -> Callable[[Expert], str]:
    """The mixture's prompt for its lead, and each other expert's own wording, with its own words."""
    lead = job.mixture.lead
    return lambda e: (
        job.mixture.prompt if e == lead else prompt_for(e, job.persona, job.runtime.folders)
    )


def _has_face(start: Start) -> bool:
    return find_face(start.reference).origin == "detected"


def _untouched(job: PaintJob, start: Start) -> Portrait:
    image = np.ascontiguousarray(resize_to_fill(start.reference, (job.width, job.height)))
    return Portrait(image, find_face(image), {"engine": "diffusers", "start": REFERENCE})


def _recipe(job: PaintJob, attempt: Attempt, tries: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    lead, start = job.mixture.lead, job.start
    ask = _prompts(job)
    recipe: dict[str, Any] = {
        "engine": "diffusers",
        "experts": [_told(e, w, ask(e)) for e, w in job.mixture.experts if w > 0],
        "reasons": list(job.mixture.reasons),
        "negative": lead.negative,
        "scheduler": lead.scheduler,
        "steps": lead.steps,
        "cfg": lead.cfg,
        "seed": attempt.seed,
        "size": f"{job.width} x {job.height}",
    }
    painted = painted_size(lead.size, (job.width, job.height))
    if painted != (job.width, job.height):
        recipe["painted at"] = f"{painted[0]} x {painted[1]}, enlarged"
    if job.guide:
        recipe["guide"] = _guide_told(job, attempt)
    if start:
        recipe["start"] = start.note
    return recipe | {"tries": list(tries)}


def _guided_steps(job: PaintJob, attempt: Attempt) -> tuple[range, int]:
    """The steps in which the guide was shown, and how many ran."""
    skipped = 0
    if job.start is not None and job.start.strength < 1.0:
        strength = job.start.strength if attempt.strength is None else attempt.strength
        skipped = with_step(replace(job.start, strength=strength), job.mixture, (8, 8)).step
    run = job.mixture.lead.steps - skipped
    return guided_steps(attempt.window, run) if run else range(0), run


def _firmness(job: PaintJob, attempt: Attempt) -> float:
    """How firmly the picture was held to the guide: scale times the share of steps that saw it."""
    if job.guide is None or not job.mixture.lead.controlnet:
        return 0.0
    steps, run = _guided_steps(job, attempt)
    return attempt.scale * len(steps) / max(run, 1)


def _guide_told(job: PaintJob, attempt: Attempt) -> str:
    """Whom the guide was shown to, and in which of the steps that ran."""
    nets = {e.controlnet: None for e, weight in job.mixture.experts if weight > 0 and e.controlnet}
    steps, run = _guided_steps(job, attempt)
    if not nets:
        return "the expert has no ControlNet; used only to find the face"
    if attempt.scale == 0.0 or not steps:
        return "shown to nobody; used only to find the face"
    assert job.guide is not None
    return (
        f"{job.guide.style} shown to {', '.join(nets)} at {attempt.scale:g}, steps "
        f"{steps.start + 1} to {steps.stop} of {run}"
    )


def _told(expert: Expert, weight: float, prompt: str) -> dict[str, Any]:
    told: dict[str, Any] = {"name": expert.name, "weight": round(weight, 4)}
    told |= {"source": expert.source, "prompt": prompt, "licence": expert.licence}
    if expert.loras:
        told["loras"] = [f"{lora.file} {lora.weight:g}" for lora in expert.loras]
    return told
