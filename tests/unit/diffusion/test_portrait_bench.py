"""The benchmark's own arithmetic, on tiny models."""

import pytest

pytestmark = pytest.mark.engines


def test_row_times_ours_and_the_bare_pipeline(models):
    from benchmarks.portrait_speed import Case, measure, table

    runtime = models.runtime()
    row = measure(Case("sd15", 256, 2), models.expert(steps=2), runtime, pairs=1)
    assert row.ours > row.face > 0
    assert row.bare > 0
    assert row.loads == 0
    assert "| sd15 | 256, 2 |" in table([row], runtime)


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_thin_models_keep_the_shape_of_their_family(family):
    from diffusers import UNet2DConditionModel

    from benchmarks.portrait_speed import _thin
    from chatanything.diffusion.families import FAMILIES

    config = FAMILIES[family].networks.config
    real = UNet2DConditionModel.load_config(config / "unet")
    values = _thin(UNet2DConditionModel, config / "unet", 10)
    assert values["down_block_types"] == real["down_block_types"]
    assert values["block_out_channels"] == [n // 10 for n in real["block_out_channels"]]
