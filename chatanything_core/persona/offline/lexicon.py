"""The word lists of `data/`, indexed once."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..records import EmotionName


@dataclass(frozen=True)
class Noun:
    """A noun of the lexicon."""

    word: str
    kind: str
    """One of persona.KINDS."""
    voice: dict[str, float]
    """What it adds to VoiceTraits."""


@dataclass(frozen=True)
class NounFamily:
    """Words that describe the same trait, and how the trait sounds."""

    name: str
    voice: dict[str, float]
    """What it adds to VoiceTraits."""
    emotion: tuple[EmotionName, float]
    """Emotion and its strength in [0, 1]."""


@dataclass(frozen=True)
class Grammar:
    """The little English grammar that reading needs."""

    breaks: frozenset[str]
    """Words and marks that end a noun phrase; the comma is one too."""
    fillers: frozenset[str]
    """Words that say nothing about what a thing is like."""
    irregular: dict[str, str]
    """Singular by irregular plural."""
    endings: dict[str, str]
    """Kind by the ending of an unknown noun; the first that fits counts."""
    modifiers: frozenset[str]
    """Kinds that describe the profession after them: a snow queen is a human."""


def read_data(name: str) -> dict[str, Any]:
    """One JSON file of `data/`."""
    text = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


def split(words: str) -> list[str]:
    """The items of a comma-separated list.

    >>> split("red panda, bear")
    ['red panda', 'bear']
    """
    return [word.strip() for word in words.split(",")]


@cache
def nouns() -> dict[str, Noun]:
    """Every noun, by word."""
    groups = read_data("nouns.json")["groups"]
    own = {
        word: Noun(word, group["kind"], group["voice"])
        for group in groups
        for word in split(group["nouns"])
    }
    voices = {noun.kind: noun.voice for noun in reversed(own.values())}
    proper = read_data("proper_names.json")["things"].items()
    famous = {
        name: Noun(name, kind, voices[kind]) for kind, names in proper for name in split(names)
    }
    return famous | own


@cache
def professions() -> frozenset[str]:
    """Words for what someone works as."""
    return frozenset(split(read_data("nouns.json")["professions"]))


@cache
def jobs() -> dict[str, dict[str, float]]:
    """What a profession adds to VoiceTraits, for those that sound like something."""
    return {
        word: group["voice"]
        for group in read_data("nouns.json")["jobs"]
        for word in split(group["nouns"])
    }


@cache
def families() -> dict[str, NounFamily]:
    """Every trait family, by name."""
    return {family.name: family for family, _ in traits().values()}


@cache
def materials() -> frozenset[str]:
    """Words for what something is made of."""
    return frozenset(split(read_data("nouns.json")["materials"]))


@cache
def colours() -> frozenset[str]:
    """Words for colours."""
    return frozenset(split(read_data("nouns.json")["colours"]))


@cache
def grammar() -> Grammar:
    """The grammar of the lexicon."""
    table = read_data("grammar.json")
    return Grammar(
        breaks=frozenset([*split(table["breaks"]), ","]),
        fillers=frozenset(split(table["fillers"])),
        irregular=table["irregular"],
        endings=table["endings"],
        modifiers=frozenset(split(table["modifiers"])),
    )


_VISIBLE = frozenset(split("giant, tiny, ancient, young, robotic, bright, ugly, cute"))
"""Families of traits that are seen rather than heard in the voice."""


def is_temper(word: str) -> bool:
    """True for a trait that tells how someone behaves."""
    return word in traits() and traits()[word][0].name not in _VISIBLE


@cache
def traits() -> dict[str, tuple[NounFamily, float]]:
    """Every trait word, with its family and the factor on the family's effect."""
    table = {}
    for entry in read_data("traits.json")["families"]:
        emotion, strength = entry["mood"]
        family = NounFamily(entry["name"], entry["voice"], (emotion, strength))
        for item in split(entry["words"]):
            word, _, factor = item.partition(":")
            table[word] = (family, float(factor or 1))
    return table
