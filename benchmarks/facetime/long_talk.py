"""A talk of a hundred turns in a real page: steps of the face, lost sound, memory.

python -m benchmarks.facetime.long_talk [--turns 100] [--whole 50] [--concept "grumpy teapot"]

Silence, speech and silence again, about five minutes of it with `whole` answers heard to their end;
the others are cut off by the next message as soon as their mouth has opened. Steps are those of 60
landmarks (all but the lids') between two pictures that are at most 40 ms apart, in pixels, beside
those of the film of the same sentences at 25 pictures a second.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from chatanything.character.request import Request
from chatanything.live.roster import Prepared, Roster
from chatanything.talking_head import Motion, frame_count, loudness_levels, plan_motion
from chatanything.talking_head.rig.motion_rows import motion_of
from chatanything.talking_head.warp.mouth.channel_weights import mouth_weights
from chatanything.talking_head.warp.remap import make_remapper
from chatanything.talking_head.warp.warp_head import WarpedPortrait
from chatanything.voice import speak

from .latency import PAGES, served

Array = npt.NDArray[np.float64]
CLOSE = 0.0401
"""Seconds: pictures further apart are not compared, for a film has none such."""
LIDS = (37, 38, 40, 41, 43, 44, 46, 47)


class Landmarks:
    """Where the points of a portrait are when it moves."""

    def __init__(self, prepared: Prepared) -> None:
        image, face = prepared.character.portrait.image, prepared.character.portrait.face
        self.sampler = make_remapper()
        self.made = WarpedPortrait(image, face, self.sampler)
        points = face.points * (image.shape[1], image.shape[0])
        self.rest = np.delete(points, LIDS, 0).astype(np.float32)
        self.lower = np.delete(np.arange(68), LIDS) >= 55

    def at(self, motion: Motion, i: int) -> Array:
        """Shape (60, 2) in pixels, at frame `i`."""
        made, mouth = self.made, self.made.mouth
        weights = mouth_weights(mouth.names, motion, i, mouth.room).tolist()
        brows = [*motion.brow[i].tolist(), float(motion.frown[i])]
        moved = self.rest + self._by(made.brows.basis.mix(brows), made.brows.grid)
        upper, lower = (
            self._by(part.mix(weights), mouth.grid) for part in (mouth.upper, mouth.lower)
        )
        moved += np.where(self.lower[:, None], lower, upper)
        head = made.skull.basis.mix([*motion.head[i].tolist(), float(motion.breath[i])])
        grid = made.skull.grid
        return np.asarray(moved + self.sampler.field(head, grid.cells(moved)[None])[0], np.float64)

    def _by(self, field: Any, grid: Any) -> Any:
        """The field at the points; none beyond its grid."""
        inside = ((self.rest >= grid.low) & (self.rest <= grid.high)).all(-1)
        return self.sampler.field(field, grid.cells(self.rest)[None])[0] * inside[:, None]

    def steps(self, motion: Motion) -> Array:
        """Most that any point moves from each frame to the next, in pixels."""
        way = np.stack([self.at(motion, i) for i in range(len(motion))])
        return np.asarray(np.hypot(*np.moveaxis(np.diff(way, axis=0), -1, 0)).max(-1))


def film_steps(prepared: Prepared, landmarks: Landmarks) -> Array:
    """Of the character's answers as films."""
    who, found = prepared.character, []
    for n, turn in enumerate(prepared.conversation.talk.history.turns):
        if turn.interrupted:
            continue
        speech = speak(who.voice, turn.reply, emotion=turn.emotion)
        frames = frame_count(speech.timeline.duration, 25)
        level = loudness_levels(speech.samples, speech.rate, frames, 25)
        life: dict[str, Any] = {"seed": who.seed, "who": who.persona.name, "start": 60.0 * n}
        motion = plan_motion(speech.timeline, emotion=turn.emotion, level=level, **life)
        found.append(landmarks.steps(motion))
    return np.concatenate(found)


def told(seen: dict[str, Any], page: Array, film: Array) -> str:
    """What is found, as text."""
    sound, memory = seen["sound"], [size / 1e6 for _, size in seen["memory"]]
    late = memory[len(memory) // 2 :]
    return "\n".join([
        f"{seen['turns'] - 1} turns; {seen['kept']} in the history; {seen['complaints'] or 'no complaints'}",
        f"largest step: page {page.max():.1f} px ({len(page)} pairs of pictures), film {film.max():.1f} px "
        f"({len(film)}); 99.9th percentile {np.percentile(page, 99.9):.1f} and {np.percentile(film, 99.9):.1f}",
        f"sound: {sound['sentences']} sentences, {sound['samples']} samples, {sound['missing']} missing, "
        f"{sound['wrong']} wrong {sound['faults'] or ''}",
        f"memory of scripts: {', '.join(f'{size:.2f}' for size in memory)} MB every ten turns; the later "
        f"half within {100 * (max(late) / min(late) - 1):.1f} %",
    ])  # fmt: skip


def main() -> None:
    """Talk, and print."""
    words = dict(zip(sys.argv[1::2], sys.argv[2::2], strict=True))
    with tempfile.TemporaryDirectory(prefix="chatanything-") as folder:
        roster = Roster(Path(folder) / "characters")
        one = roster.make(Request(words.get("--concept", "grumpy teapot"))).id
        with served(Path(folder)) as address:
            counts = (words.get("--turns", "100"), words.get("--whole", "50"))
            command = ["node", str(PAGES / "long_talk.mjs"), address, one, *counts]
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=3000, check=False
            )
        if done.returncode:
            raise SystemExit(done.stderr)
        seen = json.loads(done.stdout.splitlines()[-1])
        roster.close()
        prepared = Roster(Path(folder) / "characters").find(one)
        landmarks = Landmarks(prepared)
        frames = np.array(seen["frames"], np.float32)
        close = np.diff(frames[:, 0]) <= CLOSE
        page = landmarks.steps(motion_of(frames[:, 1:], 25.0))[close]
        print(f"{frames[-1, 0] - frames[0, 0]:.0f} s, {len(frames)} pictures")  # noqa: T201
        print(told(seen, page, film_steps(prepared, landmarks)))  # noqa: T201


if __name__ == "__main__":
    main()
