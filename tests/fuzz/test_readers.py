"""No bytes get anything but our own errors out of a reader. `make fuzz` looks for more."""

import random

import pytest

from tests.fuzz.mutate import mutated
from tests.fuzz.run import corpus
from tests.fuzz.targets import TARGETS, attempt

ROUNDS = 60


@pytest.mark.parametrize("name", TARGETS)
def test_valid_inputs_are_read(name):
    target = TARGETS[name]
    assert not any(attempt(target, data) for data in target.seeds())


@pytest.mark.parametrize("name", TARGETS)
def test_what_escaped_once_is_caught(name):
    for data in corpus(name):
        attempt(TARGETS[name], data)


@pytest.mark.parametrize("name", TARGETS)
def test_changed_inputs_are_read_or_refused(name):
    target, dice = TARGETS[name], random.Random(name)
    seeds = target.seeds()
    for _ in range(ROUNDS):
        attempt(target, mutated(dice.choice(seeds), dice))


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_read_or_refused(name):
    hypothesis = pytest.importorskip("hypothesis")
    some = hypothesis.strategies.binary(max_size=300) | hypothesis.strategies.text().map(
        lambda text: text.encode("utf-8", "surrogatepass")
    )

    @hypothesis.settings(max_examples=40, deadline=None, derandomize=True, database=None)
    @hypothesis.given(some)
    def check(data):
        attempt(TARGETS[name], data)

    check()
