"""What a model knows by name, and how a persona is told to it in English words.

A small model paints what it was trained on, and a blob for anything else. Its list of words lies
beside its weights: only known nouns are asked of it, with those modifiers that it knows.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ...errors import InputError, MissingModelError
from ...model_folders import ModelFolders
from ...persona import Persona, Reading, reading_of
from ..records import Expert
from .model_parts import find_part


@dataclass(frozen=True)
class Vocabulary:
    """The words that a model was trained on, in lower case."""

    nouns: frozenset[str]
    """Things that it has seen under this very name, and not as something like them."""
    traits: frozenset[str]
    colours: frozenset[str]
    materials: frozenset[str]
    hats: frozenset[str]

    @property
    def modifiers(self) -> frozenset[str]:
        """All that may stand before a noun."""
        return self.traits | self.colours | self.materials

    def noun_of(self, reading: Reading) -> str:
        """The longest part of the noun phrase that is known, "old man" as "man"; empty for none."""
        noun = reading.noun
        words = " ".join(reading.phrase).partition(noun)[0].split() if noun else []
        longer = [" ".join((*words[first:], noun)) for first in range(len(words))]
        found = next((each for each in (*longer, noun) if each in self.nouns), "")
        if found or not noun:
            return found
        first, _, rest = noun.partition(" ")
        return rest if first in self.modifiers and rest in self.nouns else ""


def vocabulary_of(expert: Expert, folders: ModelFolders) -> Vocabulary | None:
    """The words of an expert's model; None when it has no list, or its model is not here.

    Raises:
        InputError: the list cannot be read.
    """
    if not expert.words:
        return None
    try:
        path = find_part(expert, "diffusers", expert.words, folders)
    except MissingModelError:
        return None
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> Vocabulary:
    try:
        return Vocabulary(
            **{k: frozenset(v) for k, v in json.loads(path.read_text("utf-8")).items()}
        )
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise InputError(
            f"The list of words {path} cannot be read: {error}. It is JSON with the lists nouns, "
            "traits, colours, materials and hats."
        ) from error


def subject_of(persona: Persona, vocabulary: Vocabulary | None = None) -> str:
    """The persona in English with an article: "a grumpy red teapot wearing a top hat".

    With a vocabulary, its words only, in the order trait, colour, material, noun; without one, all
    that its reading says. The concept itself when nothing was understood.
    """
    reading = reading_of(persona)
    noun = reading.noun if vocabulary is None else vocabulary.noun_of(reading)
    if not noun:
        return persona.concept
    words = [
        word for word in modifiers_of(reading) if vocabulary is None or word in vocabulary.modifiers
    ]
    if vocabulary:
        words.sort(key=lambda word: _place(word, vocabulary))
    worn = [
        item.part for item in reading.wears if vocabulary is None or item.part in vocabulary.hats
    ]
    tail = f" wearing {_with_article(worn[0])}" if worn else ""
    return _with_article(" ".join((*words, *_job(reading, noun, vocabulary), noun))) + tail


def modifiers_of(reading: Reading) -> list[str]:
    """Every word before the noun, then what was translated; each once."""
    before = " ".join(reading.phrase).partition(reading.noun)[0] if reading.noun else ""
    inside = reading.noun.split()[:-1]
    said = (*before.split(), *reading.adjectives, *reading.colours, *reading.materials, *inside)
    latin = (word for word in said if word.isascii() and word not in (reading.profession,))
    return list(dict.fromkeys(latin))


def left_out(persona: Persona, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Modifiers of the persona that the model does not know and is not asked for."""
    reading = reading_of(persona)
    kept = {*vocabulary.modifiers, *vocabulary.noun_of(reading).split()}
    return tuple(word for word in modifiers_of(reading) if word not in kept)


def _job(reading: Reading, noun: str, vocabulary: Vocabulary | None) -> tuple[str, ...]:
    """A thing's profession, which stands before its noun: "pirate parrot"."""
    job = "" if reading.profession == noun else reading.profession
    return (job,) if job and (vocabulary is None or job in vocabulary.nouns) else ()


def _place(word: str, vocabulary: Vocabulary) -> int:
    groups = (vocabulary.traits, vocabulary.colours, vocabulary.materials)
    return next(at for at, group in enumerate(groups) if word in group)


def _with_article(words: str) -> str:
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"
