"""Lists of names with weights, as users type them: `dreamy: 0.7, crisp: 0.3`."""

import difflib
from collections.abc import Sequence

from .errors import InputError
from .ranges import Range

WEIGHT = Range(0.0, 1000.0)
"""What a weight may be; 0 itself is refused, since a name that weighs nothing is left out."""
_SHOWN = 8
"""How many names a message lists."""

NamedWeights = tuple[tuple[str, float], ...]


def parse_named_weights(
    text: str, names: Sequence[str], what: str, *, parts: bool = False, more: str = ""
) -> NamedWeights:
    """Read `name` or `name: weight, name: weight`; weights are scaled to sum to 1.

    A name may hold colons and, when it is all there is, commas. It is looked for as it is written
    first, then regardless of case; what comes back is spelled as in `names`.

    Args:
        what: What the names are of, in the singular, for messages.
        parts: True when a name may be followed by `@` and one of its parts, which is kept.
        more: Where all names are listed, for messages.

    Raises:
        InputError: a name that is not in `names`, or a weight that is not above 0 up to 1000.

    >>> parse_named_weights("Dreamy: 3, crisp", ["dreamy", "crisp"], "expert")
    (('dreamy', 0.75), ('crisp', 0.25))
    >>> parse_named_weights("sky@timbre: 1", ["sky"], "voice", parts=True)
    (('sky@timbre', 1.0),)
    """
    whole = _found(text, names, parts)
    if whole:
        return ((whole, 1.0),)
    pairs = [_pair(item, names, what, parts, more) for item in text.split(",")]
    total = sum(weight for _, weight in pairs)
    return tuple((name, weight / total) for name, weight in pairs)


def _pair(item: str, names: Sequence[str], what: str, parts: bool, more: str) -> tuple[str, float]:
    if bare := _found(item, names, parts):
        return bare, 1.0
    wanted, colon, number = item.rpartition(":")
    name = _found(wanted, names, parts) if colon else ""
    if not name:
        weighed = colon and _is_number(number)
        raise _unknown((wanted if weighed else item).strip(), names, what, more)
    if not _is_number(number) or float(number) not in WEIGHT or float(number) == 0.0:
        raise InputError(
            f"The weight of {what} {name!r} is {number.strip()!r}. Choose a number above 0, up to "
            f"{WEIGHT.high:g}."
        )
    return name, float(number)


def _found(wanted: str, names: Sequence[str], parts: bool) -> str:
    """The name as it is spelled in `names`, with its part; empty when there is none."""
    wanted = wanted.strip()
    if wanted in names:
        return wanted
    for name in names:
        if name.casefold() == wanted.casefold():
            return name
    whole, _, part = wanted.rpartition("@")
    if parts and part.isalnum() and (name := _found(whole, names, parts=False)):
        return f"{name}@{part}"
    return ""


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _unknown(name: str, names: Sequence[str], what: str, more: str) -> InputError:
    if len(names) <= _SHOWN:
        return InputError(f"Unknown {what} {name!r}. Choose one of: {', '.join(names)}.")
    near = difflib.get_close_matches(name, names, 5, 0.4) or list(names)[:_SHOWN]
    end = f"; {more} shows all {len(names)}" if more else f", or another of {len(names)}"
    return InputError(f"Unknown {what} {name!r}. Try {', '.join(near)}{end}.")
