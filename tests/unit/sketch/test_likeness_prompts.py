"""The prompts of the likeness benchmark, and what was said of them."""

from benchmarks.likeness import VERDICTS, prompts, verdicts


def test_350_prompts_in_the_originals_form_and_200_more_all_different():
    names = [name for _, name in prompts()]
    assert len(names) == len(set(names)) == 550
    groups = [group for group, _ in list(prompts())[:350]]
    assert sorted(groups.count(group) for group in set(groups)) == [43, 43, 44, 44, 44, 44, 44, 44]


def test_every_prompt_has_a_verdict_and_few_are_wrong():
    said = verdicts()
    assert set(said) == {name for _, name in prompts()}
    share = {verdict: list(said.values()).count(verdict) / len(said) for verdict in VERDICTS}
    assert share["wrong"] <= 0.08 and share["right"] >= 0.6
