"""Guide and reference on their way from `create` to a diffusion model."""

import numpy as np
import pytest
import yaml

from chatanything import InputError, Request, make_character, write_persona
from chatanything.voice import choose_voice

pytestmark = pytest.mark.engines
EXPERT = {
    "family": "sd15",
    "source": "sd15",
    "controlnet": "sd15",
    "scheduler": "ddim",
    "steps": 4,
    "template": "{concept}",
}


@pytest.fixture
def portrait(models, tmp_path, monkeypatch):
    """Paints with experts of the user's own, whose tiny models lie in the user's own folder."""
    pool = [EXPERT | {"name": name, "description": "nothing but noise"} for name in ("one", "two")]
    (tmp_path / "experts").mkdir()
    (tmp_path / "experts" / "tiny.yaml").write_text(yaml.safe_dump({"experts": pool}))
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("CHATANYTHING_MODELS", str(models.root))
    monkeypatch.setenv("CHATANYTHING_CLIP_TOKENIZER", str(models.root / "sd15-words"))
    persona = write_persona("grumpy teapot")
    voice = choose_voice(persona.voice)

    def paint(**words):
        request = Request(persona, voice=voice, painter="diffusers", size=256, **words)
        return make_character(request).portrait

    return paint


def test_guide_reference_and_mix_reach_the_model(portrait, picture):
    recipe = portrait(mix="one: 3, two: 1", guide="average", reference=picture, strength=0.5).recipe
    told = [(expert["name"], expert["weight"]) for expert in recipe["experts"]]
    assert told == [("one", 0.75), ("two", 0.25)]
    assert recipe["guide"].startswith("dots68 shown to sd15 at 1")
    assert recipe["start"] == "reference noised to step 2 of 4"


def test_the_reference_is_kept_as_its_strength_says(portrait, picture):
    near, far = (
        np.abs(portrait(expert="one", reference=picture, strength=s).image.astype(int) - picture)
        for s in (0.0, 1.0)
    )
    assert near.max() == 0 < far.mean()


def test_a_sketch_expert_is_not_painted_by_diffusers(portrait):
    with pytest.raises(InputError, match="ink"):
        portrait(expert="ink")


def test_a_mix_is_not_given_as_one_expert(portrait):
    with pytest.raises(InputError, match="mix"):
        portrait(expert="one: 3, two: 1")
