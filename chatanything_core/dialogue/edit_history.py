"""Change what is remembered, and go back to an earlier turn."""

from dataclasses import replace

from .memory import MAX_FACTS, learned
from .records import History


def edit_history(history: History, *, keep: int = -1, add: str = "", forget: str = "") -> History:
    """Another version of a conversation; the old one stays as it is.

    `keep` goes back to the state after that many turns (-1: all). `add` holds facts about the
    user, one per line. `forget` holds words, one per line; facts with any of them are removed.

    >>> edit_history(History(memory=("Likes tea.", "Has a cat.")), forget="TEA").memory
    ('Has a cat.',)
    """
    if keep >= 0:
        history = history.first(keep)
    unwanted = [line.strip().casefold() for line in forget.splitlines() if line.strip()]
    kept = tuple(
        fact for fact in history.memory if not any(word in fact.casefold() for word in unwanted)
    )
    return replace(history, memory=(*kept, *learned(kept, add.splitlines()))[-MAX_FACTS:])
