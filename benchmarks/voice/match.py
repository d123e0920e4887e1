"""Does the matched voice measure as the persona asked? Writes the table in docs/voices.md.

    python -m benchmarks.voice.match docs/voices.md

Forty concepts are written into personas; each is spoken on sentences that neither the bank nor
the trial has seen, and measured by meters that the matcher does not use.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from chatanything.persona import VoiceTraits, write_persona
from chatanything.seeding import generator
from chatanything.voice import Voice, choose_voice, known_voices, speak, voices
from chatanything.voice.mixture.targets import Targets, targets_of

from ..tables import replace_table
from .meters import sounding_seconds, welch_tilt, yin_median

CONCEPTS = (
    *("grumpy teapot", "ancient stone giant", "tiny fairy", "nervous toaster", "cheerful robot"),
    *("whispering ghost", "old oak tree", "baby dragon", "lazy armchair", "brave little candle"),
    *("arrogant peacock", "sleepy cat", "melancholy violin", "excited puppy", "wise owl"),
    *("furious volcano", "shy mushroom", "royal queen bee", "pirate parrot", "frozen snowman"),
    *("giant octopus", "kind grandmother clock", "sly fox", "haunted mirror", "bouncy ball"),
    *("strict school bell", "dreamy cloud", "rusty bicycle", "proud lion", "gossiping kettle"),
    *("young wizard", "tired suitcase", "cold iceberg", "warm loaf of bread", "clever crow"),
    *("boastful trombone", "gentle whale", "frantic alarm clock", "noble knight", "silly sock"),
)
SENTENCES = (
    ("When the market closed, the baker counted nine loaves and gave them to the children.", 20),
    ("She folded the letter twice, put it into her pocket and looked out over the harbour.", 20),
)
"""Unseen sentences with their syllables, counted by hand."""


@dataclass(frozen=True)
class Row:
    """How far one persona's voice is from what it asked for."""

    semitones: float
    decibels: float
    wanted_rate: float
    found_rate: float
    """Both in syllables a second."""


def random_in_gender(traits: VoiceTraits, seed: int) -> Voice:
    """Any voice of the right gender, as it is: what the original system does."""
    gender = "female" if traits.presentation > 0 else "male"
    names = [c.name for c in known_voices("espeak") if c.gender == gender and c.f0]
    name = str(generator(seed, "random voice").choice(names))
    return Voice("espeak", ((name, 1.0),), traits)


def nearest(traits: VoiceTraits, seed: int) -> Voice:
    """The closest voice of the bank, neither blended nor fitted."""
    chosen = choose_voice(traits, engine="espeak", seed=seed)
    return Voice("espeak", ((chosen.mix[0][0], 1.0),), traits)


def matched(traits: VoiceTraits, seed: int) -> Voice:
    """A blend of espeak's voices."""
    return choose_voice(traits, engine="espeak", seed=seed)


def shaped(traits: VoiceTraits, seed: int) -> Voice:
    """The natural voice, where it is installed."""
    return choose_voice(traits, engine="hibari", seed=seed)


METHODS: dict[str, Callable[[VoiceTraits, int], Voice]] = {
    "espeak, random voice of the gender": random_in_gender,
    "espeak, nearest measured voice": nearest,
    "espeak, blended and fitted (ours)": matched,
}
if voices.status("hibari").available:
    METHODS["hibari, shaped (ours)"] = shaped


def judge(voice: Voice, targets: Targets) -> Row:
    """Speak the unseen sentences and measure them."""
    pitches, tilts, seconds, syllables = [], [], 0.0, 0
    for sentence, count in SENTENCES:
        speech = speak(voice, sentence)
        pitches.append(yin_median(speech.samples, speech.rate))
        tilts.append(welch_tilt(speech.samples, speech.rate))
        seconds += sounding_seconds(speech.samples, speech.rate)
        syllables += count
    pitch = float(np.exp(np.mean(np.log(np.maximum(pitches, 1.0)))))
    return Row(
        semitones=abs(12 * float(np.log2(pitch / targets.f0))),
        decibels=abs(float(np.mean(tilts)) - targets.tilt),
        wanted_rate=targets.rate,
        found_rate=syllables / seconds,
    )


def table(concepts: tuple[str, ...] = CONCEPTS) -> dict[str, list[Row]]:
    """Every method on every persona."""
    found: dict[str, list[Row]] = {name: [] for name in METHODS}
    for seed, concept in enumerate(concepts):
        traits = replace(write_persona(concept, seed=seed).voice, language="en-US")
        for name, choose in METHODS.items():
            found[name].append(judge(choose(traits, seed), targets_of(traits)))
    return found


def rank_correlation(rows: list[Row]) -> float:
    """Spearman's rho between the rates wanted and found."""
    wanted = np.argsort(np.argsort([row.wanted_rate for row in rows]))
    found = np.argsort(np.argsort([row.found_rate for row in rows]))
    return float(np.corrcoef(wanted.astype(float), found.astype(float))[0, 1])


def as_markdown(found: dict[str, list[Row]]) -> str:
    """The table of the documentation."""
    lines = [
        f"Forty personas, {len(SENTENCES)} unseen sentences each; YIN, Welch and hand-counted "
        "syllables.",
        "",
        "| method | f0 error, semitones: median (90 %) | tilt error, dB: median | "
        "speaking rate, rank correlation |",
        "|---|---|---|---|",
    ]
    for name, rows in found.items():
        pitch = [row.semitones for row in rows]
        lines.append(
            f"| {name} | {np.median(pitch):.2f} ({np.percentile(pitch, 90):.2f}) "
            f"| {np.median([row.decibels for row in rows]):.2f} "
            f"| {rank_correlation(rows):.2f} |"
        )
    return "\n".join(lines)


def main(path: Path) -> None:
    """Measure, and replace the table in the document."""
    replace_table(path, "matching", as_markdown(table()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
