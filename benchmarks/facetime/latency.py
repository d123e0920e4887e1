"""From Enter to the first moving mouth in a finished picture.

python -m benchmarks.facetime.latency [docs/facetime.md] [--turns 20] [--model] [--busy 2]

A real server and a real browser (Chromium with software GL) on this machine: 20 turns over ten
characters. A picture counts when the graphics process has finished it (a fence), not when it was
asked for. With --model a language model answers that streams 20 tokens a second, and the time counts
from the moment at which the first sentence was whole; with --busy so many endless loops run beside
it. Needs node, Chromium and `make browser`'s packages.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chatanything.character.request import Request
from chatanything.live.roster import Roster
from chatanything.llm.profiles import Profile, add_profile

from ..tables import replace_table
from .streaming_model import streaming_model

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "tests" / "browser" / "facetime"
CONCEPTS = (
    *("grumpy teapot", "old fisherman", "cat", "red apple", "coffee mug"),
    *("wise old owl", "shy cactus", "robot", "lighthouse", "witch"),
)
STEPS = {
    "Enter to the server's first byte": ("asked", "first"),
    "to the first sentence": ("first", "sentence"),
    "until its sound is on the clock": ("sentence", "scheduled"),
    "to a picture that shows a moving mouth": ("scheduled", "mouth"),
    "until it is finished": ("mouth", "finished"),
    "**Enter to the finished picture**": ("asked", "finished"),
}


def main() -> None:
    """Measure, and print the table or put it into a document."""
    words = sys.argv[1:]
    count, loops = _number(words, "--turns", 20), _number(words, "--busy", 0)
    document = next((Path(word) for word in words if word.endswith(".md")), None)
    with tempfile.TemporaryDirectory(prefix="chatanything-") as folder, busy(loops):
        if "--model" in words:
            print(model_row(*measured_with_model(Path(folder), count)))  # noqa: T201
            return
        seen = measured(Path(folder), count)
    table = latency_table(seen)
    print(table)  # noqa: T201
    if document:
        replace_table(document, "facetime", table)


def _number(words: list[str], name: str, otherwise: int) -> int:
    return int(words.pop(words.index(name) + 1)) if name in words else otherwise


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """So many other programs that never rest, until the block ends."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def measured(folder: Path, count: int) -> dict[str, Any]:
    """What the browser measured: the renderer and the times of every turn, in milliseconds."""
    roster = Roster(folder / "characters")
    ids = [roster.make(Request(concept)).id for concept in CONCEPTS]
    roster.close()
    with served(folder) as address:
        command = ["node", str(PAGES / "latency.mjs"), address, str(count), *ids]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def measured_with_model(folder: Path, count: int) -> tuple[dict[str, Any], list[float]]:
    """The same with a streaming model, and when the first sentence of each answer was whole."""
    os.environ["CHATANYTHING_CONFIG_DIR"] = str(folder / "config")
    with streaming_model() as model:
        add_profile(Profile("bench", model.address, "tiny"))
        (folder / "facetime.json").write_text('{"source": "bench", "limit": 60}')
        seen = measured(folder, count)
    return seen, model.whole


def model_row(seen: dict[str, Any], whole: list[float]) -> str:
    """Median and worst from a whole first sentence to the finished picture."""
    spans = [turn["wall"] - at for turn, at in zip(seen["turns"], whole, strict=True)]
    return (
        f"{len(spans)} turns, a model of 20 tokens a second: first sentence whole to the finished "
        f"picture: median {statistics.median(spans):.0f} ms, worst {max(spans):.0f} ms"
    )


@contextmanager
def served(folder: Path, *more: str) -> Iterator[str]:
    """The address of a server of its own, whose characters lie in `folder`."""
    own = {**os.environ, "CHATANYTHING_DATA": str(folder), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "chatanything_core", "facetime", "--no-browser"]
    server = subprocess.Popen(
        [*command, "--port", "0", *more],
        cwd=ROOT,
        env=own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert server.stdout
        told = ""
        for line in server.stdout:
            told += line
            if found := re.search(r"http://\S+", line):
                yield found[0]
                break
        else:
            raise SystemExit(told)
    finally:
        server.terminate()
        server.wait(10)
        if server.stdout:
            server.stdout.close()


def latency_table(seen: dict[str, Any]) -> str:
    """Median and worst of every step."""
    turns = seen["turns"]
    rows = [
        f"{len(turns)} turns over {len({turn['id'] for turn in turns})} characters, "
        f"{seen['renderer']}; milliseconds.",
        "",
        "| step | median | worst |",
        "|---|---|---|",
    ]
    for step, (start, end) in STEPS.items():
        spans = [turn[end] - turn[start] for turn in turns]
        rows.append(f"| {step} | {statistics.median(spans):.0f} | {max(spans):.0f} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
