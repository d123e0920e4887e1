"""The benchmark's own arithmetic, on a tiny model."""

import pytest

pytestmark = pytest.mark.engines


def test_row_times_ours_and_the_bare_pipeline(models):
    from chatanything.chatanything_core.evaluation.portrait_bench import measure, table

    runtime = models.runtime()
    row = measure(models.expert(steps=2), 256, runtime)
    assert row.ours > 0 and row.bare > 0
    assert "| sd15 | 256 |" in table([row], runtime)
