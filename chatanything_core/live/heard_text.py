"""What was heard of a reply that was cut off."""

from dataclasses import replace

from ..dialogue import Turn

NOTHING = "…"
"""Stands for a reply of which nothing was heard."""


def heard_turn(turn: Turn, heard: str) -> Turn:
    """The turn with what was heard of its reply, marked as interrupted unless that is all of it.

    >>> heard_turn(Turn("Hi", "Good evening. You are late."), "Good evening. You").reply
    'Good evening. You…'
    >>> heard_turn(Turn("Hi", "Good evening."), "Good evening.").interrupted
    False
    """
    heard = heard.strip()
    if _bare(heard) == _bare(turn.reply):
        return turn
    whole = heard[-1:] in ".!?…。！？\"'”’)"
    told = heard if heard and whole else f"{heard}{NOTHING}"
    return replace(turn, reply=told, interrupted=True)


def _bare(text: str) -> str:
    return " ".join(text.split())
