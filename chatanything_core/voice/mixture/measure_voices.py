"""Measure every voice of an engine, so that voices are chosen by sound and not by name."""

from collections.abc import Iterable
from dataclasses import asdict

from ...persona import VoiceTraits
from ...progress import Tick, no_progress
from ..base import VoiceEngine
from ..records import Voice, VoiceCard
from ..signal.measure import measure
from .calibrate import SENTENCES

SENTENCE = (
    "The old lighthouse keeper poured a cup of tea, while seven small boats came home "
    "before the rain."
)


def measured_card(engine: VoiceEngine, card: VoiceCard) -> VoiceCard:
    """The card of one voice, measured by letting it speak."""
    traits = VoiceTraits(language=card.language or "en-US")
    primary = traits.language.split("-")[0].lower()
    sentence = SENTENCE if primary == "en" else SENTENCES.get(primary, SENTENCE)
    speech = engine.speak(sentence, Voice(card.engine, ((card.name, 1.0),), traits), no_progress)
    figures = {name: round(value, 3) for name, value in asdict(measure(speech)).items()}
    return VoiceCard(**{**asdict(card), **figures, "source": "measured"})


def measure_voices(
    engine: VoiceEngine, cards: Iterable[VoiceCard], tick: Tick = no_progress
) -> tuple[VoiceCard, ...]:
    """Measured cards of several voices, in order."""
    listed = tuple(cards)
    found = []
    for done, card in enumerate(listed):
        tick(done, len(listed))
        found.append(measured_card(engine, card))
    tick(len(listed), len(listed))
    return tuple(found)
