"""The evaluation set: 400 prompts in the paper's form, and 100 hard ones."""

import json
from functools import cache
from pathlib import Path

from .records import Prompt

GROUPS = ("paper", "hard")


@cache
def evaluation_set() -> dict[str, tuple[Prompt, ...]]:
    """The prompts of `paper` (eight categories of fifty) and of `hard`, numbered throughout."""
    data = json.loads(Path(__file__).with_name("prompts.json").read_text("utf-8"))
    number, groups = 0, {}
    for group in GROUPS:
        prompts = []
        for category, texts in data[group].items():
            for text in texts:
                prompts.append(Prompt(number, category, text))
                number += 1
        groups[group] = tuple(prompts)
    return groups


def spread(prompts: tuple[Prompt, ...], each: int) -> tuple[Prompt, ...]:
    """`each` prompts of every category, evenly taken; all when it has no more."""
    taken: list[Prompt] = []
    for category in dict.fromkeys(prompt.category for prompt in prompts):
        there = [prompt for prompt in prompts if prompt.category == category]
        count = min(each, len(there))
        taken += [there[index * len(there) // count] for index in range(count)]
    return tuple(taken)
