"""Looks, voice and mood of a card that says nothing of them, read out of its description."""

import re
from dataclasses import replace
from typing import Any

from ..checks import MAX_CONCEPT
from ..offline.concept_parser import read_concept
from ..offline.languages import language_of
from ..offline.offline_writer import OfflineWriter
from ..records import Persona, Provenance, VoiceTraits
from .greetings import places_of, raw_greetings
from .macros import Places, filled

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_OTHER = re.compile(
    r"[\u0370-\u05ff\u0600-\u06ff\u0900-\u097f\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7af]"
)
_MOSTLY = 0.3
"""Share of a text's letters that must be in another script for it to be in that language."""
_SHE = re.compile(r"\b(?:she|her|hers|herself|female|woman|girl|lady)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|him|his|himself|male|man|boy|gentleman)\b", re.IGNORECASE)
_PRESENTED = 0.6
"""How feminine or masculine pronouns make a voice that the concept leaves open."""
_MARKUP = re.compile(r'[\[\]{}()"+=|<>~*_#]+')


def card_language(data: dict[str, Any]) -> str:
    """BCP-47 tag of the language that a card's character speaks: of its greeting, if it has one.

    A name in another script makes no language.
    """
    bare = Places("", "")
    texts = (*raw_greetings(data), data["description"], data["personality"])
    text = next((found for raw in texts if (found := filled(raw, bare)).strip()), data["name"])
    others, latin = len(_OTHER.findall(text)), len(_LATIN.findall(text))
    if latin and others < _MOSTLY * (others + latin):
        text = _OTHER.sub(" ", text)
    return language_of(text[:2000])


def read_card(data: dict[str, Any], language: str, notes: tuple[str, ...]) -> Persona:
    """A persona with the looks, mood and voice of the description, and nothing made up beside.

    Its own words (name, personality, greeting) are left to the caller.
    """
    places = places_of(data, language, described=True)
    described = filled(data["description"] or data["personality"] or places.name, places)
    concept = _concept(described, data["name"])
    draft = OfflineWriter().write(
        concept, language=language, seed=0, source="", tick=lambda done, total: None
    )
    note = "Looks, mood and voice were taken from the card's description."
    return replace(
        draft,
        speaking_style="",
        background=filled(data["scenario"], places) or described,
        likes=_tastes(described, "likes?|loves?|enjoys?"),
        dislikes=_tastes(described, "dislikes?|hates?|fears?"),
        voice=_presented(draft.voice, described),
        provenance=Provenance("card", "", (*notes, note)),
    )


def _concept(described: str, name: str) -> str:
    """The first sentence of the description, when it says what the character is."""
    plain = re.sub(r"\s+", " ", _MARKUP.sub(" ", described.strip()[: 4 * MAX_CONCEPT])).strip()
    first = re.split(r"(?<=[.!?。！？])\s*", plain, maxsplit=1)[0].strip()[:MAX_CONCEPT]
    named = "|".join(re.escape(part) for part in (name, name.split()[0]) if part)
    first = re.sub(rf"(?i)^(?:(?:{named}|he|she|they|it|you),?\s+(?:is|are)\s+)+", "", first)
    readable = any(letter.isalnum() for letter in first) and read_concept(first)
    return first if readable else name[:MAX_CONCEPT]


def _presented(voice: VoiceTraits, described: str) -> VoiceTraits:
    """The voice, more feminine or masculine where the description's pronouns say so."""
    she, he = len(_SHE.findall(described)), len(_HE.findall(described))
    if she == he:
        return voice
    sign = 1 if she > he else -1
    return replace(voice, presentation=sign * max(_PRESENTED, sign * voice.presentation))


def _tastes(described: str, verbs: str) -> tuple[str, ...]:
    """What a sheet lists after "Likes:" or a sentence after "She hates"."""
    rest = r"(?:\s*[:=(]+\s*|\s+)([^.;\n\])]{2,80})"
    found = []
    for match in re.finditer(rf"(?i)(?:^|[\s,\[(])(?:{verbs}){rest}", described):
        parts = re.split(r",|\+|\band\b|\bbut\b|\"", match[1])
        found += [part.strip(" \"'()") for part in parts]
    short = [part for part in found if part and len(part.split()) <= 4]
    return tuple(dict.fromkeys(short))[:6]
