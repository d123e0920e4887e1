"""Which written words a group of sounds is, where a reader has said several words as one."""

from collections.abc import Sequence


def words_in_groups(words: Sequence[str], sounds: Sequence[int]) -> list[int]:
    """How many of the words, in order, each group says; empty when there are fewer words.

    Each group has at least one word; letters are shared out as evenly over the sounds as can be
    (least sum of squares, by dynamic programming).

    >>> words_in_groups(["bob", "in", "the", "church"], [3, 4, 4])
    [1, 2, 1]

    Args:
        sounds: sounds of each group.
    """
    if not sounds or len(words) < len(sounds):
        return []
    letters = [0]
    for word in words:
        letters.append(letters[-1] + len(word))
    rate = letters[-1] / max(1, sum(sounds))
    least = {0: 0.0}
    came: list[dict[int, int]] = []
    for number, size in enumerate(sounds):
        left = len(sounds) - number - 1
        found: dict[int, float] = {}
        steps: dict[int, int] = {}
        for first, cost in least.items():
            for after in range(first + 1, len(words) - left + 1):
                total = cost + (letters[after] - letters[first] - rate * size) ** 2
                if total < found.get(after, float("inf")):
                    found[after], steps[after] = total, first
        least = found
        came.append(steps)
    at, counts = len(words), []
    for steps in reversed(came):
        counts.append(at - steps[at])
        at = steps[at]
    return counts[::-1]
