"""Pictures with faces and without, from packages that are installed, and sketches of our own.

scikit-image (astronaut, LFW crops and many without a face), matplotlib, gradio, insightface, and the
pictures of ComfyUI's workflow templates, which were looked at one by one (`faces.json`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from chatanything.diffusion import PaintJob
from chatanything.diffusion.sketch import SketchPainter
from chatanything.landmarks import Face, load_image
from chatanything.progress import no_progress
from tests.tools.samples import plain_persona, style

from ..face_detection import concepts

Rgb = npt.NDArray[np.uint8]
FACES, TURNED = "photograph or drawing", "turned, small, dark or grey"
STYLES = ("soft 3D", "paper cut", "ink")


@dataclass(frozen=True, eq=False)
class Sample:
    """A picture, and what is known of it."""

    kind: str
    """What the table calls it."""
    name: str
    image: Rgb
    truth: Face | None = None
    """The face, where the painter said it."""


def samples() -> Iterator[Sample]:
    """Every picture that is installed, and forty sketches."""
    lists = json.loads((Path(__file__).parent / "faces.json").read_text("utf-8"))
    for kind, packages in lists["pictures"].items():
        for package, names in packages.items():
            for name in names:
                path = inside(package, name)
                if path is not None:
                    yield Sample(kind, Path(name).stem, load_image(path))
    yield from turned(lists["turned"])
    yield from lfw()
    yield from sketches()


def inside(package: str, name: str) -> Path | None:
    """A file in an installed package, found without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(next(iter(spec.submodule_search_locations))) / name
    return path if path.is_file() else None


def turned(names: dict[str, str]) -> Iterator[Sample]:
    """Photographs of package to file, on their side, on their head, slanted, small, dark, grey."""
    for package, name in names.items():
        path = inside(package, name)
        if path is None:
            continue
        picture = Image.fromarray(load_image(path))
        grey = (128, 128, 128)
        for angle in (90, 180, 270, 20, -30):
            image = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=grey)
            yield Sample(TURNED, f"{path.stem}, {angle} degrees", np.array(image))
        page = Image.new("RGB", (1280, 800), grey)
        small = picture.copy()
        small.thumbnail((320, 320), Image.Resampling.LANCZOS)
        page.paste(small, (900, 400))
        yield Sample(TURNED, f"{path.stem}, small", np.array(page))
        pixels = np.array(picture)
        yield Sample(TURNED, f"{path.stem}, dark", (pixels // 4).astype(np.uint8))
        plain = np.array(picture.convert("L").convert("RGB"))
        yield Sample(TURNED, f"{path.stem}, grey", plain)


def lfw() -> Iterator[Sample]:
    """Fifty faces and fifty other crops, 25 pixels wide, enlarged, on a grey page."""
    if find_spec("skimage") is None:
        return
    from skimage import data

    for index, crop in list(enumerate(data.lfw_subset()))[::2]:
        page = Image.new("L", (320, 320), 128)
        large = Image.fromarray((np.clip(crop, 0, 1) * 255).astype(np.uint8))
        page.paste(large.resize((200, 200), Image.Resampling.BICUBIC), (60, 60))
        kind = "face of 25 pixels" if index < 100 else "crop without a face"
        yield Sample(kind, f"LFW {index}", np.array(page.convert("RGB")))


def sketches() -> Iterator[Sample]:
    """Forty of the painter's, in its three styles."""
    jobs = [
        (concept, seed)
        for names in concepts().values()
        for seed, concept in list(enumerate(names))[::10]
    ]
    for index, (concept, seed) in enumerate(jobs):
        look = style(STYLES[index % len(STYLES)])
        made = SketchPainter().paint(PaintJob(plain_persona(concept), look, seed=seed), no_progress)
        yield Sample("sketch", concept, made.image, made.face)
