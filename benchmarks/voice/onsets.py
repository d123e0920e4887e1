"""Do the times of the sounds hold? Judged by an aligner of others, and by the dips of stops.

    python -m benchmarks.voice.onsets docs/voices.md [SENTENCES]

Needs pocketsphinx. Its own error is 9 ms (median, against the labels of flite's voice).
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from chatanything.persona import VoiceTraits
from chatanything.voice import Phone, Speech, choose_voice, speak, voices
from chatanything.voice.phoneme_shapes import letters

from ..tables import replace_table
from .intelligibility import SENTENCES
from .listener import HeardPhone, aligned

_SAME = {
    "p": "P",
    "b": "B",
    "m": "M",
    "t": "T",
    "d": "D",
    "n": "N",
    "k": "K",
    "ɡ": "G",
    "ŋ": "NG",
    "f": "F",
    "v": "V",
    "θ": "TH",
    "ð": "DH",
    "s": "S",
    "z": "Z",
    "ʃ": "SH",
    "ʒ": "ZH",
    "h": "HH",
    "l": "L",
    "ɹ": "R",
    "w": "W",
    "j": "Y",
    "tʃ": "CH",
    "dʒ": "JH",
}
"""Consonants that both alphabets name alike; vowels differ from voice to voice."""


@dataclass(frozen=True)
class Times:
    """How far an engine's times are from the aligner's."""

    sounds: int
    """Consonants that were compared."""
    median: float
    """Median of the absolute differences of onsets in seconds."""
    late: float
    """Median of ours minus the aligner's in seconds; above 0 the mouth is late."""
    dips: float
    """Share of p between sounds that are no stops whose lowest energy falls inside, in [0, 1]."""


def differences(speech: Speech, found: Sequence[HeardPhone]) -> list[float]:
    """Ours minus the aligner's, for the consonants that both have in the same order."""
    ours = [phone for phone in speech.timeline.phones if letters(phone.symbol) in _SAME]
    theirs = [phone for phone in found if phone.symbol in _SAME.values()]
    pairs = SequenceMatcher(
        None,
        [_SAME[letters(phone.symbol)] for phone in ours],
        [phone.symbol for phone in theirs],
        autojunk=False,
    )
    return [
        ours[a + n].start - theirs[b + n].start
        for a, b, size in pairs.get_matching_blocks()
        for n in range(size)
    ]


def dips_inside(speech: Speech) -> list[bool]:
    """For each p: whether the least energy around it falls between its start and its end.

    A pause or another stop beside it is as silent, and says nothing of the p.
    """
    return [
        phone.start - 0.005 <= _lowest(speech, phone) <= phone.end + 0.005
        for before, phone, after in _threes(speech.timeline.phones)
        if letters(phone.symbol) == "p" and not (_silent(before) or _silent(after))
    ]


def _threes(phones: Sequence[Phone]) -> Iterator[tuple[Phone, Phone, Phone]]:
    return zip(phones, phones[1:], phones[2:], strict=False)


def _silent(phone: Phone) -> bool:
    return letters(phone.symbol)[:1] in ("", *"ptkbdɡ")


def _lowest(speech: Speech, phone: Phone) -> float:
    """When the sound is weakest, from 60 ms before a phone to 60 ms after its end."""
    rate, size = speech.rate, round(0.01 * speech.rate)
    first = max(0, round((phone.start - 0.06) * rate))
    sound = speech.samples[first : round((phone.end + 0.06) * rate)]
    # Without the hum that goes on while the lips are closed.
    sharp = np.diff(sound, prepend=sound[:1])
    power = np.convolve(sharp**2, np.ones(size) / size, mode="same")
    return (first + int(power.argmin())) / rate


def judge(engine: str, sentences: Sequence[str] = SENTENCES) -> Times:
    """An engine's neutral voice on the sentences."""
    voice = choose_voice(VoiceTraits(), engine=engine)
    apart: list[float] = []
    dips: list[bool] = []
    for sentence in sentences:
        speech = speak(voice, sentence)
        apart += differences(speech, aligned(speech.samples, speech.rate, sentence))
        dips += dips_inside(speech)
    return Times(
        len(apart), float(np.median(np.abs(apart))), float(np.median(apart)), float(np.mean(dips))
    )


def as_markdown(found: dict[str, Times]) -> str:
    """The table of the documentation."""
    lines = [
        "Onsets of consonants against pocketsphinx's alignment of the known text, over "
        f"{len(SENTENCES)} sentences; dips: p beside neither a pause nor a stop whose lowest "
        "energy falls inside it.",
        "",
        "| engine | consonants | median difference, ms | late by, ms | dips inside p |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {engine} | {times.sounds} | {1000 * times.median:.0f} | {1000 * times.late:.0f} | "
        f"{times.dips:.0%} |"
        for engine, times in found.items()
    ]
    return "\n".join(lines)


def main(document: Path, count: int = len(SENTENCES)) -> None:
    """Judge every engine that speaks English here without a network, and write the table."""
    found = {}
    for engine in ("hibari", "kokoro", "espeak"):
        if voices.status(engine).available:
            found[engine] = judge(engine, SENTENCES[:count])
            sys.stdout.write(f"{engine}: {found[engine]}\n")
    replace_table(document, "onsets", as_markdown(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
