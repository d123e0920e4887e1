"""Feed every reader changed inputs for some time: `make fuzz`, or `python -m tests.fuzz.run`.

Each target runs in a process of its own. With atheris (`pip install atheris`) the changes are
guided by coverage; without it, or with `--plain`, they are drawn from seeds (tests/fuzz/mutate.py).
An escape is anything raised that is not one of our errors, an input that takes more than two
seconds of CPU time, or more than 1 GB of memory. What escaped is kept in build/fuzz/ and goes, once it
is mended, into tests/fuzz/corpus/.
"""

import argparse
import hashlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / "build" / "fuzz"
SLOW = 2.0
"""Seconds of CPU time that one input may take."""
MEMORY = 1024.0
"""MB that a target's process may take."""


def main(words: Sequence[str]) -> int:
    """Run the targets, print a table, and say by the exit code whether anything escaped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--jobs", type=int, default=2, help="targets at a time")
    parser.add_argument("--plain", action="store_true", help="without atheris")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    parser.add_argument("targets", nargs="*")
    options = parser.parse_args(words)
    sys.path.insert(0, str(ROOT / "tests"))
    import conftest  # noqa: F401  the core's name

    if options.child:
        return _child(options.child, options.seconds, options.seed, options.plain)
    from tests.fuzz.targets import TARGETS

    names = options.targets or list(TARGETS)
    with ThreadPoolExecutor(options.jobs) as crew:
        rows = list(crew.map(lambda name: _started(name, options), names))
    sys.stdout.write(_table(rows))
    return int(any(row["escapes"] for row in rows))


def _started(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """What the process of one target counted; a process that died escaped."""
    command = [sys.executable, "-m", "tests.fuzz.run", "--child", name]
    command += ["--seconds", str(options.seconds), "--seed", str(options.seed)]
    record = FOUND / f"{name}.json"
    record.unlink(missing_ok=True)
    done = subprocess.run(
        command + ["--plain"] * options.plain, cwd=ROOT, capture_output=True, check=False
    )
    if record.exists():
        row: dict[str, Any] = json.loads(record.read_text())
    else:
        row = {"inputs": 0, "refused": 0, "slowest": 0, "memory": 0, "escapes": []}
    if done.returncode:
        row["escapes"].append(f"the process ended with {done.returncode}")
    if row["escapes"]:
        said = done.stderr.decode("utf-8", "backslashreplace")[-1500:]
        sys.stderr.write(f"{name}: {row['escapes']}\n{said}\n")
    return {"target": name, **row}


def _table(rows: Sequence[dict[str, Any]]) -> str:
    lines = [
        "| target | inputs | refused | escapes | slowest, CPU s | memory, MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row['target']} | {row['inputs']:,} | {row['refused']:,} | {len(row['escapes'])} "
        f"| {row['slowest']:.2f} | {row['memory']:.0f} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


class _Count:
    """What happened to the inputs so far."""

    def __init__(self, name: str) -> None:
        from tests.fuzz.targets import TARGETS

        self.name, self.target = name, TARGETS[name]
        self.inputs = self.refused = 0
        self.slowest = 0.0
        self.escapes: list[str] = []
        self._written = 0.0
        FOUND.mkdir(parents=True, exist_ok=True)

    def feed(self, data: bytes) -> None:
        """Give the target one input."""
        from tests.fuzz.targets import attempt

        self.inputs += 1
        begun = time.process_time()
        try:
            self.refused += attempt(self.target, data)
        except Exception as error:  # noqa: BLE001  what is looked for
            self._keep(data, f"{type(error).__name__}: {str(error)[:120]}")
        took = time.process_time() - begun
        self.slowest = max(self.slowest, took)
        if took > SLOW:
            self._keep(data, f"{took:.1f} s")
        if time.monotonic() - self._written > 1:
            self.write()

    def write(self) -> None:
        """Leave the row for the parent: libFuzzer ends its process without asking Python."""
        self._written = time.monotonic()
        (FOUND / f"{self.name}.json").write_text(json.dumps(self.told()))

    def told(self) -> dict[str, Any]:
        """The row of the table."""
        import resource  # which Windows lacks

        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        heavy = [f"{memory:.0f} MB"] if memory > MEMORY else []
        counted = {"inputs": self.inputs, "refused": self.refused, "slowest": self.slowest}
        return {**counted, "memory": memory, "escapes": [*self.escapes, *heavy]}

    def _keep(self, data: bytes, why: str) -> None:
        kind = why.partition(":")[0].replace(" ", "")
        if sum(known.partition(" ")[0] == kind for known in self.escapes) >= 5:
            return
        path = FOUND / f"{self.name}-{hashlib.sha256(data).hexdigest()[:10]}.bin"
        path.write_bytes(data)
        self.escapes.append(f"{kind} {path.name} {why}")


def _child(name: str, seconds: float, seed: int, plain: bool) -> int:
    if not plain and _is_here("atheris"):
        return _guided(name, seconds, seed)
    count = _Count(name)
    end = time.monotonic() + seconds
    seeds = [*count.target.seeds(), *corpus(name)]
    for data in seeds:
        count.feed(data)
    dice = random.Random(f"{name} {seed}")
    from tests.fuzz.mutate import mutated

    while time.monotonic() < end:
        count.feed(mutated(dice.choice(seeds), dice))
    count.write()
    return 0


def corpus(name: str) -> list[bytes]:
    """What escaped once."""
    folder = ROOT / "tests" / "fuzz" / "corpus"
    return [path.read_bytes() for path in sorted(folder.glob(f"{name}-*.bin"))]


def _is_here(module: str) -> bool:
    from chatanything.registry import is_installed

    return is_installed(module)


def _guided(name: str, seconds: float, seed: int) -> int:
    """Changes by libFuzzer, kept where they reach something new."""
    import shutil

    import atheris

    with atheris.instrument_imports(include=["chatanything"]):
        count = _Count(name)
    place = FOUND / f"{name}-corpus"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for number, data in enumerate([*count.target.seeds(), *corpus(name)]):
        (place / str(number)).write_bytes(data)
        count.feed(data)
    flags = [
        f"-max_total_time={max(1, round(seconds))}",
        f"-seed={seed + 1}",
        "-timeout=60",
        "-rss_limit_mb=4096",
    ]
    flags += [
        "-max_len=65536",
        "-verbosity=0",
        "-print_final_stats=0",
        f"-artifact_prefix={FOUND}/",
    ]
    atheris.Setup([sys.argv[0], *flags, str(place)], count.feed)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
