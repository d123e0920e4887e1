"""One job of a study, as a worker does it: make or read a sample, and measure it."""

import base64
import io
import sys
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ...errors import ChatAnythingError
from ...provenance import png_texts
from ..records import Job, Plain, Prompt, Result, Study
from ..results_json import result_to_json
from .make_sample import make_sample
from .measure_sample import measure_sample
from .other_system import read_sample
from .sample import Sample

THUMBNAIL = 128
"""Longer side in pixels of the pictures in a report."""


def do_job(job: Job) -> Plain:
    """Measure a trial; what is returned is plain JSON data.

    Returns:
        `result`, and `files`: name to content in base 64.
    """
    study, run, prompt = job.study, job.trial.run, job.trial.prompt
    with tempfile.TemporaryDirectory(prefix="chatanything-") as place:
        try:
            if job.folder:
                sample = read_sample(job.folder, prompt)
            else:
                sample = make_sample(study, run, prompt, Path(place))
            result = _measured(study, run.name, prompt, sample)
            files = {"jpg": _jpeg(sample.image)} | (_kept(sample) if job.keep else {})
        except ChatAnythingError as error:
            result = Result(run.name, prompt.number, prompt.category, prompt.text, str(error)[:500])
            files = {}
    packed = {name: base64.b64encode(data).decode() for name, data in files.items()}
    return {"result": result_to_json(result), "files": packed}


def _measured(study: Study, run: str, prompt: Prompt, sample: Sample) -> Result:
    seen = measure_sample(sample, study.judges)
    return Result(
        run,
        prompt.number,
        prompt.category,
        prompt.text,
        looks=seen.looks,
        animatability=seen.animatability,
        as_asked=sample.as_asked,
        film=seen.film,
        voice=sample.voice,
        cost=sample.seconds | _memory(),
    )


def _jpeg(image: npt.NDArray[np.uint8]) -> bytes:
    small, data = Image.fromarray(image), io.BytesIO()
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    small.save(data, "JPEG", quality=80, optimize=True)
    return data.getvalue()


def _kept(sample: Sample) -> dict[str, bytes]:
    data = io.BytesIO()
    Image.fromarray(sample.image).save(data, "PNG", pnginfo=png_texts(sample.source))
    film = {sample.film.suffix[1:]: sample.film.read_bytes()} if sample.film else {}
    return {"png": data.getvalue(), **film}


def _memory() -> dict[str, float]:
    """The most memory that this process has had, in MB; nothing on Windows."""
    if sys.platform == "win32":
        return {}
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"peak_mb": most / (2**20 if sys.platform == "darwin" else 1024)}
