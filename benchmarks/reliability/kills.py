"""Kill `create` at random moments, 200 times: only whole results, and nothing left behind.

    python -m benchmarks.reliability.kills --kills 200

All runs make the same folder, with one of two seeds in turn. After each kill the folder must be,
byte for byte, what one of the two makes, with a file of the user's still in it; after the next run
that is let live, nothing else may lie there. Linux only: runs are forked from one warm process, so
that the kills fall into the work and not into Python's start.
"""

import argparse
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from chatanything import create
from chatanything.pipeline import FILES

MINE = "notes.txt"


@dataclass
class Outcome:
    """What the kills did."""

    found: Counter[str] = field(default_factory=Counter)
    """`old`, `new` and `finished` (the kill came too late)."""
    wrong: list[str] = field(default_factory=list)
    """What should not be."""


def make(out: Path, seed: int) -> None:
    """One small character."""
    create("tea cup", seed=seed, size=256, text="Hi.", voice="espeak", out=out)


def forked(out: Path, seed: int) -> int:
    """A process that makes one; its id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        make(out, seed)
        os._exit(0)
    finally:
        os._exit(1)


def digest(out: Path) -> str:
    """Of the five files; what is missing is named."""
    parts = (out / name for name in FILES)
    return hashlib.sha256(
        b"".join(p.read_bytes() if p.is_file() else p.name.encode() for p in parts)
    ).hexdigest()


def kill_many(count: int, home: Path, dice: random.Random) -> Outcome:
    """Kill `count` runs into `home`/cup."""
    good, lengths = [], []
    for seed in (0, 1):
        begun = time.monotonic()
        make(home / f"good{seed}", seed)
        lengths.append(time.monotonic() - begun)
        good.append(digest(home / f"good{seed}"))
    out, outcome, held = home / "place" / "cup", Outcome(), 0
    make(out, held)
    (out / MINE).write_text("mine")
    for number in range(count):
        seed = 1 - held
        pid = forked(out, seed)
        time.sleep(dice.uniform(0, 1.1 * lengths[-1]))
        os.kill(pid, signal.SIGKILL)
        status = os.waitpid(pid, 0)[1]
        now = digest(out)
        if now not in good or (out / MINE).read_text() != "mine":
            outcome.wrong.append(f"kill {number}: {sorted(p.name for p in out.iterdir())}")
        late = os.WIFEXITED(status)
        outcome.found["finished" if late else "new" if now == good[seed] else "old"] += 1
        held = good.index(now) if now in good else held
        if number % 10 == 9:
            outcome.wrong += left_behind(out, held)
            held = 1 - held
    return outcome


def left_behind(out: Path, held: int) -> list[str]:
    """What lies there after one more run that is let live."""
    os.waitpid(forked(out, 1 - held), 0)
    beside = [path.name for path in out.parent.iterdir() if path != out]
    inside = {path.name for path in out.iterdir()} - {*FILES, MINE}
    return [f"left behind: {name}" for name in (*beside, *inside)]


def main() -> int:
    """Kill, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as place:
        done = kill_many(options.kills, Path(place), random.Random(options.seed))
    told = ", ".join(f"{count} {name}" for name, count in sorted(done.found.items()))
    sys.stdout.write(f"{options.kills} kills: {told}; wrong: {len(done.wrong)}\n")
    sys.stdout.write("".join(f"  {line}\n" for line in done.wrong[:20]))
    return int(bool(done.wrong))


if __name__ == "__main__":
    sys.exit(main())
