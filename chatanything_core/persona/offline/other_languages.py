"""The offline writer in languages other than English."""

from dataclasses import replace
from typing import Any

import numpy as np

from ..records import Persona, Reading
from . import lexicon
from .languages import Language, language_of, own_noun


def write_in_other_language(
    persona: Persona, reading: Reading, language: Language, random: np.random.Generator
) -> Persona:
    """`persona`, whose mood and voice are decided, with its texts in `language`."""
    texts = language.texts
    name = reading.name or _name(persona.voice.presentation, language, random)
    what = what_it_is(persona.concept, reading, language)
    emotion = persona.emotion.name

    def pick(options: list[str]) -> str:
        line = options[int(random.integers(len(options)))]
        return line.replace("{name}", name).replace("{what}", what)

    greeting = [
        texts["opens"][emotion],
        *(texts[k] for k in ("introductions", "remarks", "closings")),
    ]
    joint = "" if language.code in ("zh", "ja") else " "
    return replace(
        persona,
        name=name,
        personality=pick([texts["is"][emotion]]),
        speaking_style=pick([texts["speaks"][emotion]]),
        background=pick(texts["lives"]),
        greeting=joint.join(pick(options) for options in greeting),
        likes=_some(texts["likes"], random),
        dislikes=_some(texts["dislikes"], random),
    )


def what_it_is(concept: str, reading: Reading, language: Language) -> str:
    """The concept in its own words with an article, or the translated noun, or a quotation."""
    articles: dict[str, str] = language.texts["articles"]
    said = " ".join(concept.split()).rstrip(".!?")
    if language.code != "de" and said[1:] == said[1:].lower():
        said = f"{said[:1].lower()}{said[1:]}"
    lower = said.lower()
    native = language_of(concept)[:2] == language.code
    own = [
        word
        for word, (_, meaning) in language.nouns.items()
        if meaning == reading.noun or (native and meaning.startswith(f"{reading.noun} "))
    ]
    inside = next((word for word in sorted(own, key=len, reverse=True) if word in lower), "")
    if inside and len(said) <= 60:
        article = articles[language.nouns[inside][0]]
        bare = lower.split(" ")[0] not in {*language.fillers, *articles.values()}
        return f"{article} {said}".strip() if bare else said
    if native and 0 < len(said) <= 60 and "" in articles:
        return said
    word, gender = own_noun(reading.noun, language)
    if word:
        shown = word.capitalize() if language.code == "de" else word
        return f"{articles[gender]} {shown}".strip()
    shown = said if len(said) <= 60 else f"{said[:57].rstrip()}…"
    return str(language.texts["quote"]).replace("{0}", shown)


def _name(presentation: float, language: Language, random: np.random.Generator) -> str:
    """Two first names and a surname, or as the language has it; the surname first in Asia."""
    side = "feminine" if presentation > 0 else "masculine"
    given = lexicon.split(language.texts[side])
    surname = str(random.choice(lexicon.split(language.texts["surnames"])))
    first, second = (str(name) for name in random.permutation(given)[:2])
    if language.code in ("zh", "ja"):
        return f"{surname}{first}"
    frame = str(language.texts.get("name", "{first} {second} {surname}"))
    return frame.format(first=first, second=second, surname=surname)


def _some(items: Any, random: np.random.Generator) -> tuple[str, ...]:
    return tuple(str(item) for item in random.permutation(lexicon.split(items))[:3])
