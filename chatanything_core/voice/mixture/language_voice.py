"""The voice that says a sentence in another language than its speaker's."""

from dataclasses import replace
from functools import lru_cache

from ...persona import VoiceTraits
from ..records import Voice
from ..registry import voices
from ..voice_cards import known_voices
from .choose_engine import choose_engine
from .choose_voice import choose_voice


def voice_in(voice: Voice, language: str) -> tuple[Voice | None, str]:
    """The voice nearest in sound that speaks a language, and a note where it is another engine's.

    A blend that speaks many languages stays; of an engine whose voices speak one each, the nearest
    of the language is blended by the same traits; where it has none, the engine that speaks it best
    does. None when nothing can.
    """
    if _primary(voice.traits.language) == _primary(language):
        return voice, ""
    cards = known_voices(voice.engine)
    heaviest = max(voice.mix, key=lambda part: part[1])[0].partition("@")[0]
    own = next((card.language for card in cards if card.name == heaviest), "")
    if not own and voices.create(voice.engine).speaks(language):
        return replace(voice, traits=replace(voice.traits, language=language)), ""
    if own and any(_primary(card.language) == _primary(language) for card in cards):
        return _nearest(voice.traits, language, voice.engine), ""
    if voices.create(voice.engine).lends(language):
        return replace(voice, traits=replace(voice.traits, language=language)), ""
    other, _ = choose_engine(language)
    usable = other != voice.engine and voices.status(other).available
    if usable and voices.create(other).speaks(language):
        note = f"{voice.engine} has no voice for {language!r}; {other} says what is in it."
        return _nearest(voice.traits, language, other), note
    return None, f"No voice can say what is in {language!r}: it stays silent."


@lru_cache(maxsize=32)
def _nearest(traits: VoiceTraits, language: str, engine: str) -> Voice:
    return choose_voice(replace(traits, language=language), engine=engine)


def _primary(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].lower()
