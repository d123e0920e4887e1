"""Valid inputs, changed: bytes anywhere, or one value or key of a JSON document."""

import json
import random
from collections.abc import Sequence
from typing import Any

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**63, 10**400, 1e308, float("inf"), float("nan"), "", " ", "\0"),
    *("\ud800", "x" * 3000, "../../x", "{{char}}", "C:\\x", "1e999", "2020-99-99"),
    *([], [None], [[]], {}, {"a": {}}, [1] * 50, [[0.5, 0.5]] * 68, {"0": [1, 2]}),
)
SPLICES = (
    *(
        b"\0",
        b"\xff\xff\xff\xff",
        b"\x7f\xff\xff\xff",
        b"-1",
        b"1e999",
        b"\xed\xa0\x80",
        b"<!DOCTYPE",
    ),
    *(b"[" * 3000, b'{"a":' * 1500, b"&a *a", b"2020-99-99", b"\r\n\r\n", b"%00", b"nan"),
)


def mutated(seed: bytes, dice: random.Random) -> bytes:
    """One change or a few; JSON documents keep their form most of the time."""
    tree = _tree(seed)
    if tree is not None and dice.random() < 0.6:
        for _ in range(dice.randint(1, 3)):
            tree = changed_tree(tree, dice)
        return json.dumps(tree).encode("utf-8", "surrogatepass")
    return changed_bytes(seed, dice)


def changed_tree(tree: Any, dice: random.Random, values: Sequence[Any] = VALUES) -> Any:
    """The tree with one key of it left out, or one value replaced by one of `values`."""
    if not isinstance(tree, dict | list) or not tree or dice.random() < 0.15:
        return dice.choice(values)
    if isinstance(tree, list):
        at = dice.randrange(len(tree))
        return [changed_tree(one, dice, values) if i == at else one for i, one in enumerate(tree)]
    at = dice.choice(sorted(tree))
    if dice.random() < 0.1:
        return {key: value for key, value in tree.items() if key != at}
    return {k: changed_tree(one, dice, values) if k == at else one for k, one in tree.items()}


def changed_bytes(data: bytes, dice: random.Random) -> bytes:
    """Bytes set, cut out, doubled, put in, or cut off."""
    changed = bytearray(data or b"\0")
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(changed)) if changed else 0
        how = dice.randrange(6)
        if how == 0 and changed:
            changed[at] = dice.randrange(256)
        elif how == 1 and changed:
            changed[at] ^= 1 << dice.randrange(8)
        elif how == 2:
            del changed[at : at + dice.randint(1, 40)]
        elif how == 3:
            changed[at:at] = changed[at : at + dice.randint(1, 40)]
        elif how == 4:
            changed[at:at] = dice.choice(SPLICES)
        elif dice.random() < 0.3:
            del changed[at:]
    return bytes(changed)


def _tree(data: bytes) -> Any:
    if data[:1] not in (b"{", b"["):
        return None
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None
