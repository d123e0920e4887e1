"""A range is written once and holds wherever its field is set."""

import math
from dataclasses import dataclass
from typing import Annotated

import pytest
from pydantic import BaseModel, ValidationError

from chatanything.diffusion import Expert, PaintJob
from chatanything.errors import InputError
from chatanything.ranges import Range, check_ranges, limited, ranges_of
from chatanything.voice import Shaping


@dataclass(frozen=True)
class Lamp:
    power: Annotated[float, Range(0.0, 60.0, "watts")] = 40.0
    side: Annotated[int, Range(8, 64, multiple_of=8)] = 16
    name: str = ""


@pytest.mark.parametrize("value", [0.0, 60.0, 3])
def test_both_limits_are_allowed(value):
    check_ranges(Lamp(power=value), "Lamp")


@pytest.mark.parametrize("value", [-0.1, 60.1, math.nan, math.inf])
def test_what_is_outside_is_told_with_value_limits_and_unit(value):
    with pytest.raises(InputError, match=rf"^Lamp power is {value:g}\. Choose 0 to 60 watts\.$"):
        check_ranges(Lamp(power=value), "Lamp")


def test_only_multiples_are_allowed_where_the_range_says_so():
    with pytest.raises(InputError, match=r"Lamp side is 20\. Choose 8 to 64, a multiple of 8\."):
        check_ranges(Lamp(side=20), "Lamp")


def test_a_limited_record_has_all_fields_in_range_and_the_rest_as_it_was():
    assert limited(Lamp(99.0, 8, "desk")) == Lamp(60.0, 8, "desk")
    assert limited(Shaping(pitch=9.0, breath=-1.0)) == Shaping(pitch=2.5, breath=0.0)


def test_pydantic_reads_the_same_ranges():
    class Entry(BaseModel):
        power: Annotated[float, Range(0.0, 60.0)]
        side: Annotated[int, Range(8, 64, multiple_of=8)]

    assert Entry(power=60, side=64)
    for power, side in ((60.1, 8), (math.nan, 8), (1, 12), (1, 72)):
        with pytest.raises(ValidationError):
            Entry(power=power, side=side)


def test_defaults_lie_in_their_own_ranges():
    for record in (Lamp, Shaping, Expert, PaintJob):
        for name, allowed in ranges_of(record).items():
            assert getattr(record, name) in allowed
