"""Inputs that several nodes have."""

from comfy_api.v0_0_2 import io

from ...chatanything_core.seeding import MAX_SEED


def seed_input(tooltip: str) -> io.Int.Input:
    """The seed of a node; new nodes keep theirs fixed."""
    return io.Int.Input(
        "seed", default=0, min=0, max=MAX_SEED, control_after_generate=True, tooltip=tooltip
    )


def side_input(name: str, tooltip: str) -> io.Int.Input:
    """Width or height of a portrait in pixels."""
    return io.Int.Input(name, default=512, min=256, max=1024, step=8, tooltip=tooltip)


def text_input(name: str, tooltip: str, default: str = "", **more) -> io.String.Input:
    """Some lines of text."""
    return io.String.Input(name, default=default, multiline=True, tooltip=tooltip, **more)


def number_input(
    name: str,
    default: float,
    within: tuple[float, float],
    tooltip: str,
    step: float = 0.05,
    **more,
) -> io.Float.Input:
    """A number in a range."""
    low, high = within
    return io.Float.Input(
        name, default=default, min=low, max=high, step=step, tooltip=tooltip, **more
    )
