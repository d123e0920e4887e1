"""Expert files: what they give, and how their mistakes are reported."""

import pytest

from chatanything.diffusion import built_in_experts, load_experts
from chatanything.errors import InputError

GOOD = """\
experts:
  - name: mine
    description: Paints teapots very well indeed.
    family: sd15
    source: mine.safetensors
    loras:
      - {file: shiny.safetensors, weight: 0.5}
    template: "a photo of {concept}"
"""


def write(tmp_path, text):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_built_in_pool_opens_and_begins_with_the_sketch_styles():
    names = [expert.name for expert in built_in_experts() if expert.family == "sketch"]
    assert names == ["soft 3D", "paper cut", "ink"]


def test_file_gives_experts(tmp_path):
    (expert,) = load_experts(write(tmp_path, GOOD))
    assert (expert.name, expert.family, expert.loras[0].weight) == ("mine", "sd15", 0.5)
    assert (expert.steps, expert.cfg) == (25, 7.0)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("family: sd15", "family: flux", 4, "experts.0.family"),
        ("weight: 0.5", "weight: 9", 7, "experts.0.loras.0.weight"),
        ("{concept}", "a cat", 8, "{appearance}"),
        ("family: sd15", "family: sd15\n    stepz: 3", 5, "experts.0.stepz"),
        ("family: sd15", "family: sd15\n    steps: 0", 5, "experts.0.steps"),
        ("family: sd15", "family: sd15\n    steps: 1000", 5, "experts.0.steps"),
        ("family: sd15", "family: sd15\n    cfg: 0", 5, "experts.0.cfg"),
        ("    source: mine.safetensors\n", "", 2, "experts.0.source"),
        (
            "    template",  # a key that is there twice
            "    loras: [{file: a}, {file: b, weight: 9}]\n    template",
            *(8, "experts.0.loras.1.weight"),
        ),
        ("experts:", "expert:", 1, "experts"),
        ("    family: sd15", "   family: sd15", 4, "not YAML"),
    ],
)
def test_mistake_is_told_by_file_line_and_field(tmp_path, old, new, line, said):
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(InputError) as caught:
        load_experts(path)
    assert f"{path}, line {line}:" in str(caught.value)
    assert said in str(caught.value)


def test_name_used_twice_is_refused(tmp_path):
    twice = GOOD + GOOD.removeprefix("experts:\n")
    with pytest.raises(InputError, match="'mine' is used twice"):
        load_experts(write(tmp_path, twice))


def test_missing_file_is_told(tmp_path):
    with pytest.raises(InputError, match=r"none\.yaml"):
        load_experts(tmp_path / "none.yaml")


def test_a_file_with_the_least_there_must_be_is_asked_as_its_family_wants(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "experts:\n"
        "  - {name: mine, description: paints known things, family: starter, source: mine}\n"
        "  - {name: large, description: paints all things, family: sd15, source: large}\n"
    )
    small, large = load_experts(path)
    assert small.template == "a portrait of {subject}"
    assert (small.size, small.steps, small.cfg) == (256, 4, 3.0)
    assert small.scheduler == "ddim_sgm_uniform"
    assert (large.template, large.size) == ("{appearance}", 512)
