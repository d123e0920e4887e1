"""Mixture of Voices: from traits to a weighted blend of an engine's measured voices."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ...errors import InputError
from ...named_weights import NamedWeights, parse_named_weights
from ...persona import VoiceTraits
from ...ranges import Range, limited
from ...seeding import generator
from ..records import Shaping, Voice, VoiceCard
from ..registry import voices
from ..voice_cards import known_voices
from .calibrate import TILT, calibrated
from .choose_engine import AUTO, choose_engine
from .presets import with_preset
from .targets import Targets, targets_of

TOP = 3
"""How many voices are blended."""
_SHARPNESS = 3.0
"""Softmax temperature is 1 / this, in units of distance."""
_FORMANT = Range(0.75, 1.35)
"""How much bigger or smaller a voice is made to fit."""
_LEAST = 0.08
"""Voices that would weigh less are left out of the blend."""


def choose_voice(
    traits: VoiceTraits,
    *,
    engine: str = "",
    seed: int = 0,
    override: str = "",
    preset: str = "",
) -> Voice:
    """Blend the engine's voices that measure closest to what the traits ask for.

    Language is a hard filter. The rest is a distance in semitones, decibels and octaves; a softmax
    over the nearest voices gives the weights; pitch, rate and shaping make up for what distance
    remains. A quick engine then says one sentence, and is corrected by how that measures.

    Args:
        engine: empty or "auto" means the one that speaks the language best (`choose_engine`); with
            an `override`, the first of `voices`.
        seed: settles ties between voices that measure the same.
        override: a voice's name, or a blend such as `f3:0.7,whisper:0.3`; always wins.
        preset: one of PRESETS, laid over the choice.

    Raises:
        InputError: an unknown voice or preset, a language that the engine does not speak, a trait
            out of range.
    """
    engine, why = _engine(engine, traits.language, override)
    targets = targets_of(traits)
    cards: Sequence[VoiceCard] = known_voices(engine)
    if override:
        mix = parse_voices(override, [card.name for card in cards], engine)
        traits = replace(traits, language=_language_of(mix, cards) or traits.language)
        reason = f"You chose {_named(mix)}."
    else:
        cards = _speaking(cards, traits.language, engine)
        mix = _nearest(cards, targets, traits, seed)
        reason = f"Of {len(cards)} voices, {_named(mix)} measured closest."
    card = _expected(cards, mix, engine, traits.language)
    voice = _fitted(Voice(engine, mix, traits, card=card), targets)
    voice = calibrated(voice, targets) if voices.create(engine).quick else voice
    return with_preset(_with_reasons(voice, targets, (*why, reason)), preset)


def _engine(name: str, language: str, override: str) -> tuple[str, tuple[str, ...]]:
    """The engine that is meant, and why where it was chosen here."""
    if name not in ("", AUTO):
        return name, ()
    if override:
        return voices.resolve(""), ()
    chosen, why = choose_engine(language)
    return chosen, (why,)


def plain_voice(mix: str, *, engine: str = "", preset: str = "") -> Voice:
    """A voice or blend as it is, not fitted to any persona; an empty engine means the first.

    Raises:
        InputError: an unknown voice or preset.
    """
    engine = voices.resolve(engine)
    cards = known_voices(engine)
    parts = parse_voices(mix, [card.name for card in cards], engine)
    traits = VoiceTraits(language=_language_of(parts, cards) or VoiceTraits.language)
    voice = Voice(engine, parts, traits)
    return with_preset(voice, preset)


def parse_voices(text: str, names: Sequence[str], engine: str) -> NamedWeights:
    """Read `name` or `name:weight,name:weight`; weights are scaled to sum to 1.

    An engine may give the parts of a voice by a suffix (Kokoro: @timbre, @prosody).

    >>> parse_voices("f3:3, M3:1", ["f3", "m3"], "espeak")
    (('f3', 0.75), ('m3', 0.25))
    """
    more = f"`chatanything voices list --engine {engine}`"
    return parse_named_weights(text, names, f"{engine} voice", parts=True, more=more)


def _language_of(mix: Sequence[tuple[str, float]], cards: Sequence[VoiceCard]) -> str:
    """What the heaviest voice of a blend speaks; empty when it speaks many languages."""
    heaviest = max(mix, key=lambda part: part[1])[0].partition("@")[0]
    return next(card.language for card in cards if card.name == heaviest)


def _speaking(cards: Sequence[VoiceCard], language: str, engine: str) -> list[VoiceCard]:
    """Cards of the language; of its accent too, when there are any."""
    wanted = language.replace("_", "-").lower()
    able = [c for c in cards if c.language.lower().split("-")[0] in ("", wanted.split("-")[0])]
    if not able and voices.create(engine).lends(language):
        return list(cards)
    if not able:
        known = sorted({card.language for card in cards})
        raise InputError(
            f"The {engine} engine has no voice for {language!r}. It speaks: {', '.join(known)}."
        )
    return [card for card in able if card.language.lower() in ("", wanted)] or able


def _nearest(
    cards: Sequence[VoiceCard], targets: Targets, traits: VoiceTraits, seed: int
) -> NamedWeights:
    distances = np.array([card_distance(card, targets, traits) for card in cards])
    # The seed decides between equal voices; the shift is far below what can be heard.
    distances = distances + 1e-6 * generator(seed, "voice ties").random(len(cards))
    best = np.argsort(distances)[:TOP]
    weights = np.exp(-_SHARPNESS * (distances[best] - distances[best[0]]))
    weights = np.where(weights / weights.sum() < _LEAST, 0.0, weights)
    weights = weights / weights.sum()
    return tuple(
        (cards[i].name, round(float(w), 4)) for i, w in zip(best, weights, strict=True) if w > 0
    )


def card_distance(card: VoiceCard, targets: Targets, traits: VoiceTraits) -> float:
    """How far a voice is from what is wanted; 1 is a clearly heard difference.

    Pitch, range and rate count little, since every engine can move them; the timbre counts fully.
    """
    if not card.f0:
        return 0.5 if traits.presentation == 0 else float(card.gender != _gender(traits))
    whispers = card.voiced < 0.4
    pitch = 0.0 if whispers else 12 * math.log2(targets.f0 / card.f0)
    wrong = abs(traits.presentation) if card.gender not in ("neutral", _gender(traits)) else 0.0
    terms = (
        pitch / 12,
        (card.tilt - targets.tilt) / 5,
        0.0 if whispers else (card.hnr - targets.hnr) / 5,
        8 * math.log2(targets.f3 / card.f3) if card.f3 else 0.0,
        0.7 * math.log2(targets.f0_range / max(card.f0_range, 1.0)),
        1.0 * math.log2(targets.rate / card.rate) if card.rate else 0.0,
        1.5 * wrong,
        3.0 * (targets.whisper < 0.5) * whispers,
        1.2 * card.effect * (1 - _machinelike(traits)),
    )
    return math.sqrt(sum(term**2 for term in terms))


def _machinelike(traits: VoiceTraits) -> float:
    """How little an effect would disturb: 1 for a cold monotone, 0 for anything alive."""
    return min(max(-traits.warmth - traits.pitch_range - 0.4, 0.0), 1.0)


def _gender(traits: VoiceTraits) -> str:
    return "female" if traits.presentation > 0 else "male"


def _expected(
    cards: Sequence[VoiceCard], mix: Sequence[tuple[str, float]], engine: str, language: str
) -> VoiceCard:
    """What the blend should measure: frequencies blend geometrically, levels linearly."""
    by_name = {card.name: card for card in cards}
    parts = [(by_name[name.partition("@")[0]], weight) for name, weight in mix]

    def mean(field: str, *, logarithmic: bool = False) -> float:
        values = [(float(getattr(card, field)), weight) for card, weight in parts]
        if not logarithmic:
            return sum(value * weight for value, weight in values)
        if any(value <= 0 for value, _ in values):
            return 0.0
        return math.exp(sum(math.log(value) * weight for value, weight in values))

    return VoiceCard(
        engine,
        name=_named(mix),
        language=language,
        gender=max(parts, key=lambda part: part[1])[0].gender,
        f0=mean("f0", logarithmic=True),
        f0_range=mean("f0_range", logarithmic=True),
        f3=mean("f3", logarithmic=True),
        rate=mean("rate", logarithmic=True),
        tilt=mean("tilt"),
        hnr=mean("hnr"),
        voiced=mean("voiced"),
        licence=parts[0][0].licence,
        source="expected from the cards of the blend",
    )


def _fitted(voice: Voice, targets: Targets) -> Voice:
    """Pitch, rate and shaping that make up for what the blend does not reach by itself."""
    card = voice.card
    assert card is not None
    small = targets.f3 / card.f3 if card.f3 else 1.0
    fitted = Voice(
        voice.engine,
        voice.mix,
        voice.traits,
        pitch=round(targets.f0, 2),
        pitch_range=round(max(targets.f0_range / card.f0_range, 0.2), 4) if card.f0_range else 1.0,
        rate=round(targets.rate / card.rate, 4) if card.rate else 1.0,
        volume=round(targets.loudness, 3),
        shaping=Shaping(
            formant=round(_FORMANT.limited(small), 4),
            tilt=round(TILT.limited(targets.tilt - card.tilt), 4) if card.f0 else 0.0,
            breath=round(0.6 * targets.whisper * card.voiced, 3),
            tremor=round(targets.tremor, 3),
            rough=round(targets.rough, 3),
        ),
        card=card,
    )
    return limited(fitted)


def _with_reasons(voice: Voice, targets: Targets, chosen: tuple[str, ...]) -> Voice:
    card = voice.card
    assert card is not None
    reasons = [
        *chosen,
        f"Pitch {targets.f0:.0f} Hz (the blend's own: {card.f0:.0f} Hz).",
        f"Intonation spans {targets.f0_range:.1f} semitones, from {card.f0_range:.1f}.",
        f"Speed {targets.rate:.1f} syllables a second, from {card.rate:.1f}.",
        f"Size: third formant {targets.f3:.0f} Hz, from {card.f3:.0f} Hz.",
        f"Brightness: tilt {targets.tilt:.1f} dB, from {card.tilt:.1f} dB.",
    ]
    if voice.shaping.breath:
        reasons.append(f"Breath added at {voice.shaping.breath:.0%}.")
    if voice.shaping.rough:
        reasons.append(f"Hoarseness at {voice.shaping.rough:.0%}.")
    if voice.shaping.tremor:
        reasons.append(f"An old voice's tremor at {voice.shaping.tremor:.0%}.")
    return replace(voice, reasons=tuple(reasons))


def _named(mix: Sequence[tuple[str, float]]) -> str:
    return " + ".join(f"{name} {weight:.0%}" for name, weight in mix)
