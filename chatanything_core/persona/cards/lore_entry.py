"""One entry of a lorebook, and the decorators in its content (Character Card V3 specification)."""

import re
from dataclasses import dataclass, field
from typing import Any

from .field_values import flag_of, list_of, number_of, text_of
from .macros import Places, filled

AND_ANY, NOT_ALL, NOT_ANY, AND_ALL = range(4)
"""SillyTavern's `selectiveLogic`: what the secondary keys must be."""
_DECORATOR = re.compile(r"^(@@@?)(\w+)[ \t]*(.*)$")
_ACTED_ON = frozenset(
    (
        *("activate", "dont_activate", "activate_only_after", "activate_only_every"),
        *("scan_depth", "additional_keys", "exclude_keys"),
    )
)


@dataclass(frozen=True)
class Entry:
    """One entry of a lorebook, decorators taken out of its content."""

    content: str
    keys: tuple[str, ...]
    secondary: tuple[str, ...] = ()
    logic: int = AND_ANY
    order: float = 0.0
    """Where it stands in the prompt; lower is earlier."""
    priority: float = 0.0
    """What goes first when not all fit: the lowest."""
    constant: bool = False
    case_sensitive: bool = False
    whole_words: bool | None = None
    """None finds words with an ending, such as a plural, as well."""
    regex: bool = False
    before: bool = False
    """Stands before the character's description instead of after it."""
    chance: float = 1.0
    """How likely it is told when its keys fall."""
    woken_by_lore: bool = True
    wakes_lore: bool = True
    decorators: dict[str, str] = field(default_factory=dict)


def entry_of(raw: dict[str, Any], places: Places) -> Entry:
    """The entry that a card's data holds, in its types already."""
    content, decorators = _split(raw["content"])
    more = raw["extensions"]
    order = number_of(raw["insertion_order"])
    selective = flag_of(raw.get("selective"), False)
    cased = raw.get("case_sensitive", more.get("case_sensitive"))
    whole = more.get("match_whole_words")
    return Entry(
        content=content,
        keys=_filled_keys(raw["keys"], places),
        secondary=_filled_keys(raw.get("secondary_keys"), places) if selective else (),
        logic=int(number_of(more.get("selectiveLogic"))),
        order=order,
        priority=number_of(raw.get("priority"), order),
        constant=flag_of(raw.get("constant"), False),
        case_sensitive=flag_of(cased, False),
        whole_words=whole if isinstance(whole, bool) else None,
        regex=raw["use_regex"],
        before=_is_before(raw, more),
        chance=_chance(more),
        woken_by_lore=not flag_of(more.get("exclude_recursion"), False),
        wakes_lore=not flag_of(more.get("prevent_recursion"), False),
        decorators=decorators,
    )


def without_decorators(content: str) -> str:
    """The content as V2 programs want it."""
    return _split(content)[0]


def _filled_keys(value: Any, places: Places) -> tuple[str, ...]:
    """Keys as they are searched for; some programs put several into one, between commas."""
    keys = (filled(key, places).strip() for key in list_of(value))
    parts = (part for key in keys for part in ([key] if key.startswith("/") else key.split(",")))
    return tuple(part.strip() for part in parts if part.strip())


def _is_before(raw: dict[str, Any], more: dict[str, Any]) -> bool:
    placed = more.get("position")
    if isinstance(placed, int | float):
        return placed == 0
    return text_of(raw.get("position")) == "before_char"


def _chance(more: dict[str, Any]) -> float:
    if more.get("useProbability") is False:
        return 1.0
    percent = more.get("probability", more.get("risu_activationPercent"))
    return max(0.0, min(1.0, number_of(percent, 100.0) / 100.0))


def _split(content: str) -> tuple[str, dict[str, str]]:
    """Content without decorators, and the decorators that are acted on.

    A line with three @ counts only when the one above it was not understood.
    """
    kept: list[str] = []
    rules: dict[str, str] = {}
    understood = True
    for line in content.splitlines():
        match = _DECORATOR.match(line.strip())
        if not match:
            kept.append(line)
            continue
        mark, name, value = match.groups()
        if mark == "@@@" and understood:
            continue
        understood = name in _ACTED_ON
        if understood:
            rules.setdefault(name, value.strip())
    return "\n".join(kept).strip(), rules
