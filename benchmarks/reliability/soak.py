"""500 mixed prompts on one ComfyUI: does its memory, do its threads, files or temp folder grow?

    python -m benchmarks.reliability.soak --prompts 500 --out out/soak.json

A real server with the embedded engines gets the prompts of the evaluation set, each once, in four of
our templates, other sizes, texts in several scripts, with seeds of their own. After each, resident
memory, threads and open files of the server and files in its temp folder are read from /proc. The
base is what they are after the first 50. ComfyUI remembers its last 10,000 prompts with what came of
them, which is its own affair: with `--forget` it is told to forget each. Linux only.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from chatanything.evaluation import evaluation_set
from tests.tools.comfyui.client import Client
from tests.tools.comfyui.graphs import template
from tests.tools.comfyui.server import comfyui

TEMPLATES = (
    "1 Concept to talking video",
    "2 The whole chain",
    "3 Chat with a character",
    "4 Any picture talks",
)
TEXTS = (
    ("Hi.", "en-US"),
    ("We may go now.", "en-GB"),
    ("Hm, why not?", "en-US"),
    ("Guten Tag!", "de"),
    ("¿Qué tal?", "es"),
    ("Привет.", "ru"),
    ("こんにちは。", "ja"),
)
"""What is said, and its language."""
SIDES = (256, 320, 384)
WARM = 50
"""Prompts after which the base is taken."""


@dataclass(frozen=True)
class State:
    """The server after a prompt."""

    failed: str
    """Why it failed; empty when it did not."""
    seconds: float
    resident_mb: float
    threads: int
    files: int
    temporary: int
    """Files in its temp folder that are not shown by a node."""


def shuffled(dice: random.Random) -> list[str]:
    """Every concept of the evaluation set."""
    groups = evaluation_set()
    concepts = [prompt.text for prompt in (*groups["paper"], *groups["hard"])]
    dice.shuffle(concepts)
    return concepts


def mixed(number: int, concept: str, dice: random.Random) -> dict[str, dict[str, Any]]:
    """A template with a prompt, a size, a text and a seed; numbers in a row differ in all of them."""
    graph = template(TEMPLATES[number % len(TEMPLATES)])
    (text, language), side = TEXTS[number % len(TEXTS)], SIDES[number % len(SIDES)]
    seed = dice.randrange(2**31)
    for node in graph.values():
        inputs = node["inputs"]
        wanted = {"concept": concept, "seed": seed, "width": side, "height": side, "seconds": 1.0}
        wanted["first"] = 0  # of Video Frames: the shortest text has no twentieth
        inputs |= {name: value for name, value in wanted.items() if name in inputs}
        if node["class_type"] in ("ChatAnythingSpeak", "ChatAnythingTimeline"):
            inputs["text"] = text
            if "language" in inputs:
                inputs["language"] = language
    return graph


def look(client: Client, process: int, failed: str, seconds: float) -> State:
    """What the server holds now."""
    home = Path("/proc") / str(process)
    status = dict(
        line.split(":", 1) for line in (home / "status").read_text().splitlines() if ":" in line
    )
    return State(
        failed,
        seconds,
        int(status["VmRSS"].split()[0]) / 1024,
        int(status["Threads"]),
        len(list((home / "fd").iterdir())),
        sum(name.startswith(".") for name in client.temporary()),
    )


def process_of(client: Client) -> int:
    """The id of the server's process, by its port."""
    port = client.url.rpartition(":")[2].encode()
    for home in Path("/proc").iterdir():
        if home.name.isdigit():
            words = (home / "cmdline").read_bytes().split(b"\0")
            if b"main.py" in words and port in words:
                return int(home.name)
    raise LookupError(f"no server at {client.url}")


def soak(client: Client, count: int, seed: int, seconds: float, forget: bool) -> list[State]:
    """Run prompts until there are `count` or the time is over."""
    dice, server = random.Random(seed), process_of(client)
    concepts = shuffled(dice)
    states: list[State] = []
    end = time.monotonic() + seconds
    while len(states) < count and time.monotonic() < end:
        begun = time.monotonic()
        number = len(states)
        run = client.run(mixed(number, concepts[number % len(concepts)], dice))
        error = run.error["exception_message"] if run.error else ""
        for path in (client.base / "output").rglob("*.*"):
            path.unlink(missing_ok=True)
        if forget:
            client.post("/history", {"clear": True})
        states.append(look(client, server, error, time.monotonic() - begun))
    return states


def told(states: list[State]) -> str:
    """The figures in lines."""
    base, last = states[: WARM + 1][-10:], states[-10:]
    lines = [f"{len(states) - sum(bool(s.failed) for s in states)} of {len(states)} prompts done"]
    for name in ("resident_mb", "threads", "files", "temporary"):
        before, after = (median(getattr(s, name) for s in part) for part in (base, last))
        most = max(getattr(state, name) for state in states)
        lines.append(
            f"{name}: {before:g} after the first {WARM}, {after:g} at the end, at most {most:g}"
        )
    lines += sorted({f"failed: {state.failed[:200]}" for state in states if state.failed})
    return "\n".join(lines) + "\n"


def main() -> int:
    """Soak, and write what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompts", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=7200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--forget", action="store_true")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as place, comfyui(Path(place)) as client:
        states = soak(client, options.prompts, options.seed, options.seconds, options.forget)
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps([asdict(state) for state in states], indent=1))
    sys.stdout.write(told(states))
    return int(any(state.failed for state in states))


if __name__ == "__main__":
    sys.exit(main())
