"""What a number may be: written once, on the record's field or beside the verb that takes it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Generic, TypeVar, get_args, get_origin, get_type_hints

from .errors import InputError

N = TypeVar("N", int, float)
R = TypeVar("R")


@dataclass(frozen=True)
class Range(Generic[N]):
    """The numbers from `low` to `high`, both included; NaN is in no range.

    In `Annotated[float, Range(0.4, 2.5)]` it holds for a dataclass's field by `check_ranges`, and
    for a pydantic model's by itself.

    >>> size = Range(256, 1024, "pixels", multiple_of=8)
    >>> 512 in size, 500 in size
    (True, False)
    >>> size.check("Portrait width", 100)
    Traceback (most recent call last):
    chatanything.InputError: Portrait width is 100. Choose 256 to 1024 pixels, a multiple of 8.
    >>> Range(0.5, 2.0).limited(3.0)
    2.0
    """

    low: N
    high: N
    unit: str = ""
    """Told after the limits, such as "Hz" or "(0 is off)"."""
    multiple_of: int = 0
    """Only its multiples are allowed; 0 allows all numbers."""

    __is_annotated_types_grouped_metadata__: ClassVar[bool] = True

    def __iter__(self) -> Iterator[object]:
        """The same in pydantic's terms."""
        from annotated_types import Ge, Le, MultipleOf

        yield from (Ge(self.low), Le(self.high))
        if self.multiple_of:
            yield MultipleOf(self.multiple_of)

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high and not (
            self.multiple_of and value % self.multiple_of
        )

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        step = f", a multiple of {self.multiple_of}" if self.multiple_of else ""
        return f"{_shown(self.low)} to {_shown(self.high)}{unit}{step}"

    def check(self, what: str, value: float) -> None:
        """Let a value of the range pass.

        Raises:
            InputError: it is outside; the message begins with `what`.
        """
        if value not in self:
            raise InputError(f"{what} is {_shown(value)}. Choose {self}.")

    def limited(self, value: N) -> N:
        """The nearest value between the limits."""
        return min(max(value, self.low), self.high)


WHOLE = Range(0.0, 1.0)
Share = Annotated[float, WHOLE]
"""A part of a whole."""


def ranges_of(record: type) -> dict[str, Range[Any]]:
    """Ranges of the fields that a class annotates with one, by name.

    >>> class Sound:
    ...     level: Annotated[float, Range(0.0, 2.0)]
    ...     name: str
    >>> {name: str(allowed) for name, allowed in ranges_of(Sound).items()}
    {'level': '0 to 2'}
    """
    return {
        name: part
        for name, hint in get_type_hints(record, include_extras=True).items()
        if get_origin(hint) is Annotated
        for part in get_args(hint)
        if isinstance(part, Range)
    }


def check_ranges(record: Any, what: str) -> None:
    """Let a record pass whose fields are all in their ranges.

    Raises:
        InputError: one does not; the message begins with `what` and the field's name.
    """
    for name, allowed in ranges_of(type(record)).items():
        allowed.check(f"{what} {name}", getattr(record, name))


def limited(record: R) -> R:
    """The record with every field moved into its range."""
    values: dict[str, Any] = {
        name: allowed.limited(getattr(record, name))
        for name, allowed in ranges_of(type(record)).items()
    }
    return replace(record, **values)  # type: ignore[type-var]


def _shown(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:g}"
