"""Inputs that several nodes have."""

from collections.abc import Mapping, Sequence
from inspect import signature
from typing import Any

from comfy_api.v0_0_2 import io

from ...chatanything_core.provenance.visible_mark import TEXT as MARK
from ...chatanything_core.ranges import Range, ranges_of
from ...chatanything_core.seeding import MAX_SEED

RARE: dict[str, Any] = (
    {"advanced": True} if "advanced" in signature(io.Int.Input.__init__).parameters else {}
)
"""For inputs that few people change: newer versions fold them away."""


def seed_input(tooltip: str) -> io.Int.Input:
    """The seed of a node; new nodes keep theirs fixed."""
    return io.Int.Input(
        "seed", default=0, min=0, max=MAX_SEED, control_after_generate=True, tooltip=tooltip
    )


def text_input(name: str, tooltip: str, default: str = "", **more: Any) -> io.String.Input:
    """Some lines of text."""
    return io.String.Input(name, default=default, multiline=True, tooltip=tooltip, **more)


def mark_input(what: str) -> io.Boolean.Input:
    """Whether a node writes the label visibly into what it makes."""
    return io.Boolean.Input(
        "mark",
        default=False,
        optional=True,
        tooltip=f'Writes "{MARK}" into a corner of {what}.',
        **RARE,
    )


class _Open(list[str]):
    """Choices of a menu that takes any other word too.

    ComfyUI looks a value up among the choices before anything runs. A node that names the input in
    `validate_inputs` escapes that, but then every complaint of the node is told there as well.
    """

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str)


def open_menu(
    name: str,
    options: Sequence[str],
    tooltip: str,
    follows: tuple[str, Mapping[str, Sequence[str]]] | None = None,
    **more: Any,
) -> io.Combo.Input:
    """A menu of what this machine has; what another one had is reported when it is needed.

    `follows` names another menu, and the options that the page shows for its values; for others it
    shows all. Prompts may hold any of them.
    """
    if follows:
        leader, shown = follows
        own = {value: list(names) for value, names in shown.items()}
        more["extra_dict"] = {"follows": {"leader": leader, "options": own}}
    return io.Combo.Input(name, options=_Open(options), tooltip=tooltip, **more)


def number_input(
    name: str,
    default: float,
    allowed: Range[Any],
    tooltip: str,
    step: float | None = 0.05,
    **more: Any,
) -> io.Int.Input | io.Float.Input:
    """A number in a range; whole when the limits are."""
    limits = {"default": default, "min": allowed.low, "max": allowed.high, "tooltip": tooltip}
    if isinstance(allowed.low, int):
        return io.Int.Input(name, step=allowed.multiple_of or None, **limits, **more)
    return io.Float.Input(name, step=step, **limits, **more)


def field_input(
    name: str,
    record: type,
    tooltip: str,
    *,
    field: str = "",
    default: float | None = None,
    **more: Any,
) -> io.Int.Input | io.Float.Input:
    """A number with the range of a record's field, and its default unless one is given."""
    field = field or name
    value = getattr(record, field) if default is None else default
    return number_input(name, value, ranges_of(record)[field], tooltip, **more)


def sampler_outputs() -> list[io.Output]:
    """Names of an expert's sampler and of its schedule of sigmas."""
    # KSampler's menus have lists for types, which no other output of a name fits.
    return [
        io.AnyType.Output("sampler", tooltip="For KSampler."),
        io.AnyType.Output("scheduler", tooltip="For KSampler."),
    ]
