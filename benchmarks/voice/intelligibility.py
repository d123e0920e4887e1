"""How much of what the voices say is understood, by a listener of others: word errors.

    python -m benchmarks.voice.intelligibility docs/voices.md [SENTENCES]

Needs pocketsphinx. A small voice is also slowed back to a grown mouth before it is judged, since
the listener knows only adults.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.signal import resample

from chatanything.persona import VoiceTraits
from chatanything.voice import PRESETS, Voice, choose_voice, known_voices, speak, voices
from chatanything.voice.mixture.choose_voice import plain_voice

from ..tables import replace_table
from .listener import heard, word_errors

SENTENCES: tuple[str, ...] = tuple(
    json.loads((Path(__file__).parent / "sentences.json").read_text("utf-8"))
)
PEOPLE: dict[str, VoiceTraits] = {
    "neutral": VoiceTraits(),
    "woman": VoiceTraits(presentation=1.0),
    "man": VoiceTraits(presentation=-1.0),
    "old man": VoiceTraits(presentation=-1.0, age=0.9, roughness=0.4),
    "giant": VoiceTraits(presentation=-1.0, size=1.0, pitch=-0.6),
    "child": VoiceTraits(presentation=0.3, age=-1.0),
    "whisper": VoiceTraits(presentation=1.0, breathiness=1.0),
}
SLOWED = {"child": 1.2, "preset tiny": 1.3, "preset helium": 1.25}
"""How far a small voice is slowed back."""
PLAIN = {"espeak": "default", "hibari": "heart"}


@dataclass(frozen=True)
class Row:
    """One voice of one engine."""

    name: str
    errors: float
    """Word error rate."""
    slowed: float | None
    """The same, slowed back; None for a grown voice."""


def cases(engine: str) -> dict[str, Voice]:
    """Every voice that is judged."""
    found = {}
    if engine in PLAIN:
        found["as it is"] = plain_voice(PLAIN[engine], engine=engine)
    for name, traits in PEOPLE.items():
        found[name] = choose_voice(traits, engine=engine)
    for preset in PRESETS:
        sex = -1.0 if preset in ("giant", "ancient") else 1.0
        traits = VoiceTraits(presentation=sex)
        found[f"preset {preset}"] = choose_voice(traits, engine=engine, preset=preset)
    return found


def judge(name: str, voice: Voice, sentences: tuple[str, ...] = SENTENCES) -> Row:
    """Speak the sentences, and compare what is understood."""
    plain, slow = [], []
    factor = SLOWED.get(name)
    for sentence in sentences:
        speech = speak(voice, sentence)
        plain.append(heard(speech.samples, speech.rate))
        if factor:
            longer = resample(speech.samples, round(len(speech.samples) * factor))
            slow.append(heard(longer.astype(np.float32), speech.rate))
    slowed = word_errors(sentences, slow) if factor else None
    return Row(name, word_errors(sentences, plain), slowed)


def as_markdown(found: dict[str, list[Row]], count: int) -> str:
    """The table of the documentation."""
    engines = list(found)
    lines = [
        f"Word error rate over {count} sentences, by pocketsphinx 5 with its own model and an open "
        "3-gram; in brackets slowed back to a grown voice.",
        "",
        f"| voice | {' | '.join(engines)} |",
        f"|---|{'---:|' * len(engines)}",
    ]
    names = list(dict.fromkeys(row.name for rows in found.values() for row in rows))
    for name in names:
        cells = []
        for engine in engines:
            row = next((row for row in found[engine] if row.name == name), None)
            text = "" if row is None else f"{row.errors:.2f}"
            cells.append(text + (f" ({row.slowed:.2f})" if row and row.slowed is not None else ""))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _speaks_english(engine: str) -> bool:
    """Whether it is here, with English voices of its own."""
    if not voices.status(engine).available:
        return False
    return any(card.language[:2] in ("", "en") for card in known_voices(engine))


def main(document: Path, count: int = len(SENTENCES)) -> None:
    """Judge every engine that speaks English here without a network, and write the table."""
    sentences = SENTENCES[:count]
    engines = [name for name in ("hibari", "kokoro", "espeak") if _speaks_english(name)]
    found: dict[str, list[Row]] = {}
    for engine in engines:
        found[engine] = []
        for name, voice in cases(engine).items():
            found[engine].append(judge(name, voice, sentences))
            sys.stdout.write(f"{engine}: {found[engine][-1]}\n")
    replace_table(document, "understood", as_markdown(found, count))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
