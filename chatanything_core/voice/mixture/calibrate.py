"""Correct a chosen voice by how one sentence of it really measures."""

from dataclasses import replace
from functools import lru_cache

from ...errors import InputError
from ...progress import no_progress
from ...ranges import Range, limited
from ..records import Voice
from ..registry import voices
from ..signal.measure import Measures, measure
from ..signal.postprocess import postprocess
from .targets import HIGHEST_PITCH, LOWEST_PITCH, Targets

SENTENCES = {
    "en": "Every evening the farmer walked along the river and talked to his three brown horses.",
    "de": "Jeden Abend ging der Bauer am Fluss entlang und sprach mit seinen drei braunen Pferden.",
    "fr": "Chaque soir le fermier marchait le long de la rivière et parlait à ses trois chevaux.",
    "es": "Cada tarde el granjero caminaba junto al río y hablaba con sus tres caballos.",
    "it": "Ogni sera il contadino camminava lungo il fiume e parlava con i suoi tre cavalli.",
    "pt": "Todas as tardes o lavrador andava junto ao rio e falava com os seus três cavalos.",
    "nl": "Elke avond liep de boer langs de rivier en praatte met zijn drie bruine paarden.",
    "pl": "Każdego wieczoru rolnik szedł wzdłuż rzeki i rozmawiał z trzema brązowymi końmi.",
    "ru": "Каждый вечер крестьянин шёл вдоль реки и говорил со своими тремя лошадьми.",
    "ko": "매일 저녁 농부는 강을 따라 걸으며 세 마리의 말과 이야기했다.",
    "hi": "हर शाम किसान नदी के किनारे चलता और अपने तीन घोड़ों से बात करता था।",
    "tr": "Her akşam çiftçi nehir boyunca yürür ve üç atıyla konuşurdu.",
    "zh": "每天晚上农夫沿着河边走路，和他的三匹马说话。",
    "ja": "毎晩、農夫は川に沿って歩き、三頭の馬と話しました。",
}
TILT = Range(-12.0, 12.0, "dB")
"""How much brighter or darker a voice is made to fit."""


def calibrated(voice: Voice, targets: Targets) -> Voice:
    """The voice with pitch, span, rate and brightness corrected by a trial sentence.

    A language without a trial sentence, or a voice that only whispers, stays as it is.
    """
    sentence = SENTENCES.get(voice.traits.language.split("-")[0].lower())
    if sentence is None:
        return voice
    found = _found(voice, sentence)
    if found is None or found.voiced < 0.3:
        return voice
    shaping = voice.shaping
    tilt = shaping.tilt + targets.tilt - found.tilt
    pitch = voice.pitch * _limited(targets.f0 / found.f0, 0.8, 1.25)
    span = _limited(targets.f0_range / max(found.f0_range, 0.5), 0.6, 1.6)
    rate = voice.rate * _limited(targets.rate / found.rate, 0.6, 1.6) if found.rate else voice.rate
    corrected = replace(
        voice,
        pitch=round(_limited(pitch, 0.9 * LOWEST_PITCH, 1.1 * HIGHEST_PITCH), 2),
        pitch_range=round(max(voice.pitch_range * span, 0.1), 4),
        rate=round(rate, 4),
        shaping=replace(shaping, tilt=round(TILT.limited(tilt), 3)),
    )
    return limited(corrected)


@lru_cache(maxsize=128)
def _found(voice: Voice, sentence: str) -> Measures | None:
    engine = voices.create(voice.engine)
    try:
        speech = engine.speak(sentence, voice, no_progress)
    except InputError:
        # A voice or language of its own that does not pronounce our sentence.
        return None
    return measure(postprocess(speech, engine.left_to_postprocess(voice)), size=False)


def _limited(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
