"""The icon that shows a thing, by its names: never by the last word of a name alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...persona import Reading
from ...persona.offline import lexicon
from .icon_names import OTHER_NAMES, WORDS, name_of_words
from .records import Icon, IconSet, Name
from .set_folder import languages_of_set, words_of_set

ANIMALS = frozenset({"animal", "bird", "fish", "insect", "reptile", "fantasy"})
"""Kinds of things whose head alone, looking at us, is a better body than the whole."""


@dataclass(frozen=True)
class Match:
    """An icon and how surely it is the thing."""

    icon: Icon
    tier: int
    """0 its own name, 1 another name, 2 a name that says more of it."""


def match_icons(
    reading: Reading, language: str, sets: Sequence[IconSet], *, whole: bool = False
) -> list[Match]:
    """The icons, at most one of each set, that show what a concept is about, the best first.

    The surest name wins, then the order of the sets. `language` is a tag; names in it are asked
    besides the English ones. `whole` asks for nothing less than the whole noun, by its own name.
    """
    if whole:
        asked = phrases_of(reading, whole=True)
        named = [(icons, _own_name(asked, reading, icons)) for icons in sets]
        named = [(icons, name or _listed_name(asked, icons)) for icons, name in named]
        return [Match(Icon(icons.id, name), 0) for icons, name in named if name]
    found = (_in_set(reading, language, icons) for icons in sets)
    return sorted(filter(None, found), key=lambda match: match.tier)


def _in_set(reading: Reading, language: str, icons: IconSet) -> Match | None:
    asked = phrases_of(reading)
    for tier, name in (
        (0, _own_name(asked, reading, icons)),
        (1, _other_name(asked, reading, language, icons)),
        (2, _fuller_name(asked[:1] if _is_compound(reading) else asked, icons)),
    ):
        if name:
            return Match(Icon(icons.id, name), tier)
    return None


def phrases_of(reading: Reading, *, whole: bool = False) -> list[Name]:
    """What is asked for, the whole phrase first and the bare noun last; `whole`: only the noun."""
    if whole:
        return [name_of_words(reading.noun)]
    said = reading.phrase or (reading.noun,)
    if reading.noun in said:  # what comes after it is a job: a papaya yoga teacher is a papaya
        said = said[: said.index(reading.noun) + 1]
    phrase = name_of_words(" ".join(said))
    noun = name_of_words(reading.noun)
    if not noun:
        return []
    asked = [phrase[at:] for at in range(max(len(phrase) - len(noun), 0) + 1)]
    return [each for each in dict.fromkeys([*asked, noun]) if each]


def _own_name(asked: list[Name], reading: Reading, icons: IconSet) -> str:
    noun = asked[-1] if asked else ()
    if reading.kind in ANIMALS and (*noun, "face") in icons.exact:
        return icons.exact[(*noun, "face")]
    for words in asked:
        found = icons.exact.get(words) or icons.joined.get("".join(words))
        if found and not set(words) <= WORDS["mistaken"]:
            return found
    return ""


def _listed_name(asked: list[Name], icons: IconSet) -> str:
    """A name out of our list of other names, or of the set's own in English."""
    english = words_of_set(icons, "en")
    for words in asked:
        other = icons.exact.get(name_of_words(OTHER_NAMES.get(" ".join(words), "")))
        if other:
            return other
        if words in english and not set(words) <= WORDS["mistaken"]:
            return english[words]
    return ""


def _other_name(asked: list[Name], reading: Reading, language: str, icons: IconSet) -> str:
    if listed := _listed_name(asked, icons):
        return listed
    own = language.split("-")[0].lower()
    tags = [own] if own != "en" else []
    if not reading.known:  # of a word that English does not know, any language may know more
        tags += [tag for tag in languages_of_set(icons) if tag not in (own, "en")]
    said = list(_parts(name_of_words(reading.concept))) if tags else []
    for tag in tags:
        foreign = words_of_set(icons, tag)
        for words in said:
            if words in foreign:
                return foreign[words]
    return ""


def _parts(words: Name) -> Iterator[Name]:
    """All runs of words, the longest first; of those as long, the first."""
    for size in range(min(len(words), 4), 0, -1):
        for at in range(len(words) - size + 1):
            yield words[at : at + size]


def _fuller_name(asked: list[Name], icons: IconSet) -> str:
    """A name that only says more of the same thing: red apple, lotus flower."""
    for words in asked:
        for name in icons.last.get(words[-1], ()):
            if name[-len(words) :] == words and set(name[: -len(words)]) <= _qualifiers():
                return icons.exact[name]
        if len(words) == 1:
            for name in icons.first.get(words[0], ()):
                if name[1] in WORDS["after"]:
                    return icons.exact[name]
    return ""


def _qualifiers() -> frozenset[str]:
    return WORDS["before"] | lexicon.colours()


def _is_compound(reading: Reading) -> bool:
    """Whether a word before the noun is itself a thing, so that the noun alone is another."""
    described = {*reading.adjectives, *reading.materials, *reading.colours, reading.profession}
    return any(word not in described for word in reading.phrase if word != reading.noun)


def find_icons(text: str, sets: Sequence[IconSet], most: int = 40) -> list[Icon]:
    """Icons whose names have all words of a text, the shortest names first; people as well."""
    wanted = set(name_of_words(text))
    found: list[tuple[int, int, str, Icon]] = []
    for order, icons in enumerate(sets):
        for name, words in icons.words.items():
            if wanted.issubset(words):
                found.append((len(words), order, name, Icon(icons.id, name)))
    return [icon for *_, icon in sorted(found, key=lambda each: each[:3])[:most]]
