"""How differently do faces move? Personas of one seed against each other, and every mood.

    python -m benchmarks.head.motion docs/benchmarks.md

Only plans are looked at, no pictures: what is measured is what any head is told.
"""

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chatanything.persona import EMOTIONS, Emotion
from chatanything.talking_head import Motion, frame_count, loudness_levels, plan_motion
from chatanything.voice import Speech, Timeline
from tests.tools.samples import spoken

from ..tables import replace_table

Array = npt.NDArray[np.float64]

SENTENCE = (
    "I was made in a hurry one winter morning, and nobody ever asked me whether I wanted to "
    "hold all that boiling water for a living."
)
PERSONAS = tuple(f"persona {number}" for number in range(10))
FPS = 25.0
SEED = 7
ROLL, YAW, PITCH = 2, 3, 4
MINUTES = 4
"""Length of the silences: shorter tracks of slow movement correlate by chance."""


def in_step(minutes: float = MINUTES) -> Array:
    """Pairwise correlation of the yaw of PERSONAS of one seed who wait for `minutes`."""
    yaw = [plan_motion(Timeline(60 * minutes), who=who, seed=SEED).head[:, YAW] for who in PERSONAS]
    return np.asarray(np.corrcoef(yaw))[np.triu_indices(len(yaw), 1)]


def said(speech: Speech, emotion: Emotion) -> list[Motion]:
    """What the faces of PERSONAS do who say it."""
    frames = frame_count(speech.seconds, FPS)
    level = loudness_levels(speech.samples, speech.rate, frames, FPS)
    return [
        plan_motion(speech.timeline, fps=FPS, emotion=emotion, who=who, seed=SEED, level=level)
        for who in PERSONAS
    ]


def blinks(motion: Motion) -> float:
    """Blinks a minute."""
    shut = motion.blink[:, 0] > 0.5
    return float(np.count_nonzero(shut[1:] & ~shut[:-1]) / len(motion) * motion.fps * 60)


def looks_away(motion: Motion) -> tuple[float, float]:
    """Looks away from the viewer a minute, and the share of time that they take."""
    away = np.abs(motion.gaze).max(1) > 0.05
    begun = np.count_nonzero(away[1:] & ~away[:-1])
    return float(begun / len(motion) * motion.fps * 60), float(away.mean())


def reach(track: npt.NDArray[np.floating]) -> float:
    """From the lowest to the highest value."""
    return float(np.ptp(track))


def row(name: str, spoken_motions: list[Motion], idle: list[Motion]) -> str:
    """One mood; medians over the personas, means for what is counted."""
    talk = [
        (
            *(reach(m.head[:, channel]) for channel in (YAW, PITCH, ROLL)),
            float(np.median(m.head[:, PITCH])),
            reach(m.brow[:, 0]),
            reach(m.frown),
            reach(m.smile),
        )
        for m in spoken_motions
    ]
    yaw, pitch, roll, bow, brow, frown, smile = np.median(talk, axis=0)
    rate = np.mean([blinks(m) for m in idle])
    count, share = np.mean([looks_away(m) for m in idle], axis=0)
    return (
        f"| {name} | {yaw:.1f} | {pitch:.1f} | {roll:.1f} | {bow:+.1f} | {brow:.2f} | {frown:.2f} "
        f"| {smile:.2f} | {rate:.0f} | {count:.0f} | {share:.0%} |"
    )


def table(speech: Speech, minutes: float = MINUTES) -> str:
    """The table of the documentation."""
    lines = [
        "| mood | yaw | pitch | roll | bowed by | brows | frown | smile | blinks | looks away | of the time |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name in EMOTIONS:
        emotion = Emotion(name, 1.0)
        idle = [
            plan_motion(Timeline(60 * minutes), emotion=emotion, who=who, seed=SEED)
            for who in PERSONAS
        ]
        lines.append(row(name, said(speech, emotion), idle))
    pairs = np.abs(in_step(minutes))
    lines.append(
        f"\nYaw of ten personas of one seed over {minutes:g} minutes: of {len(pairs)} pairs the "
        f"largest correlation is {pairs.max():.2f}, the mean of their sizes {pairs.mean():.2f}."
    )
    return "\n".join(lines)


def main(path: Path) -> None:
    """Measure, and replace the table in the document."""
    replace_table(path, "motion", table(spoken(SENTENCE)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
