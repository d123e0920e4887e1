"""How fast, and in how much memory, do talking heads talk?

    python -m benchmarks.head.speed docs/benchmarks.md

Each case runs in a process of its own, so that its peak memory is its own. The voice is made
once and repeated to the length that is asked for.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from chatanything import landmarks, voice
from chatanything.runtime import default_runtime
from chatanything.talking_head import heads
from chatanything.video import animate
from chatanything.voice import Phone, Speech, Timeline, Word

from ..tables import replace_table

CASES = ((256, 10), (256, 600), (512, 10), (512, 60), (512, 600), (1024, 10), (1024, 60))
"""Sides in pixels and seconds of speech."""
TEXT = "Peter bought a big blue umbrella. We may move the piano by Monday, should you swim."


def case(side: int, seconds: float, folder: Path) -> dict[str, Any]:
    """One measurement; runs in its own process."""
    image = landmarks.load_image(folder / "portrait.png")
    if image.shape[0] != side:
        image = _resized(image, side)
    face = landmarks.face_from_json(json.loads((folder / "face.json").read_text("utf-8")))
    speech = _speech(folder, seconds)
    begun = time.perf_counter()
    next(heads.create("warp").prepare(image, face, default_runtime()).frames(_still()))
    setup = time.perf_counter() - begun
    begun, used = time.perf_counter(), time.process_time()
    video = animate(image, face, speech, folder / f"{side}-{seconds}.mp4")
    frames = round(video.seconds * video.fps)
    return {
        "side": side,
        "seconds": seconds,
        "setup": setup,
        "fps": frames / (time.perf_counter() - begun),
        "cpu": frames / (time.process_time() - used),
        "memory": peak_memory(),
    }


def _speech(folder: Path, seconds: float) -> Speech:
    """As `chatanything animate` reads it: sound that stays in a file."""
    samples, rate = voice.open_audio(folder / f"{seconds:g}.wav", folder)
    said = json.loads((folder / "timeline.json").read_text("utf-8"))
    return Speech(samples, rate, repeated(voice.timeline_from_json(said), seconds))


def peak_memory() -> float:
    """Megabytes that this process has had at most."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says begins with the peak of the process that started this one.
        lines = status.read_text("utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def repeated(said: Timeline, seconds: float) -> Timeline:
    """The timeline over and over until `seconds` are full."""
    words: list[Word] = []
    phones: list[Phone] = []
    for turn in range(int(np.ceil(seconds / said.duration))):
        start = turn * said.duration
        words += [replace(w, start=w.start + start, end=w.end + start) for w in said.words]
        phones += [replace(p, start=p.start + start, end=p.end + start) for p in said.phones]
    return Timeline(
        seconds,
        tuple(w for w in words if w.end <= seconds),
        tuple(p for p in phones if p.end <= seconds),
    )


def table(rows: list[dict[str, Any]]) -> str:
    """The table of the documentation, with the machine named."""
    lines = [
        f"{machine()}; H.264 veryfast, crf 20, 25 fps, everything on.",
        "",
        "| size | speech | setup | frames/s | frames per CPU second | peak memory |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r['side']:g}x{r['side']:g} | {r['seconds']:g} s | {1000 * r['setup']:.0f} ms "
        f"| {r['fps']:.0f} | {r['cpu']:.0f} | {r['memory']:.0f} MB |"
        for r in rows
    ]
    return "\n".join(lines)


def machine() -> str:
    """What it ran on."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = [line for line in info.read_text("utf-8").splitlines() if "model name" in line]
        name = found[0].split(":", 1)[1].strip() if found else name
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores of {name}{load}, Python {platform.python_version()}"


def main(path: Path) -> None:
    """Measure every case, and replace the table in the document."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder)
        rows = [_middle(side, seconds, folder) for side, seconds in CASES]
    replace_table(path, "speed", table(rows))


def _prepare(folder: Path) -> None:
    """A portrait and a voice, on disk for the processes that measure, which paint nothing."""
    from chatanything import diffusion, persona

    who = persona.write_persona("grumpy teapot")
    made = diffusion.paint(diffusion.PaintJob(who, diffusion.choose_expert(who)))
    speech = voice.speak(voice.choose_voice(who.voice), TEXT)
    _resized(made.image, made.image.shape[0], folder / "portrait.png")
    for seconds in {seconds for _, seconds in CASES}:
        long = np.resize(speech.samples, int(seconds * speech.rate))
        voice.save_wav(folder / f"{seconds:g}.wav", long, speech.rate)
    for file, data in (
        ("face.json", landmarks.face_to_json(made.face)),
        ("timeline.json", voice.timeline_to_json(speech.timeline)),
    ):
        (folder / file).write_text(json.dumps(data), encoding="utf-8")


def _middle(side: int, seconds: float, folder: Path) -> dict[str, Any]:
    """The median of three processes; of long speech, which evens itself out, one."""
    runs = [_apart(side, seconds, folder) for _ in range(3 if seconds <= 60 else 1)]
    return {key: float(np.median([run[key] for run in runs])) for key in runs[0]}


def _apart(side: int, seconds: float, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", __name__ if __name__ != "__main__" else MODULE]
    told = subprocess.run(
        [*command, "--case", str(side), str(seconds), str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def _resized(image: Any, side: int, path: Path | None = None) -> Any:
    from PIL import Image

    picture = Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC)
    if path:
        picture.save(path)
    return np.array(picture)


def _still() -> Any:
    from chatanything.talking_head import plan_motion

    return plan_motion(Timeline(0.04))


MODULE = "benchmarks.head.speed"

if __name__ == "__main__":
    if sys.argv[1] == "--case":
        side, seconds, where = sys.argv[2:]
        sys.stdout.write(json.dumps(case(int(side), float(seconds), Path(where))))
    else:
        main(Path(sys.argv[1]))
