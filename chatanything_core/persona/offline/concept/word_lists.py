"""The word lists about people, names and what is worn, indexed once."""

from dataclasses import dataclass
from functools import cache

from ...records import Sex
from .. import lexicon


@dataclass(frozen=True)
class NamedThing:
    """A proper name that everybody knows."""

    kind: str
    """One of persona.KINDS."""
    sex: Sex = ""


@cache
def table(name: str) -> dict[str, object]:
    """One data file."""
    return lexicon.read_data(f"{name}.json")


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The comma-separated list `key` of the data file `name`."""
    return frozenset(lexicon.split(str(table(name)[key])))


@cache
def mapping(name: str, key: str) -> dict[str, str]:
    """The table `key` of the data file `name`."""
    rows = table(name)[key]
    return {str(k): str(v) for k, v in rows.items()} if isinstance(rows, dict) else {}


@cache
def numbers(name: str, key: str) -> dict[str, float]:
    """A table of numbers."""
    return {word: float(value) for word, value in mapping(name, key).items()}


@cache
def roles() -> frozenset[str]:
    """Words for what someone is or does, jobs among them; things go first."""
    people = words("people", "female") | words("people", "male") | words("people", "roles")
    return lexicon.professions() | {word for word in people if word not in lexicon.nouns()}


@cache
def objects() -> dict[str, frozenset[str]]:
    """Jobs by the kind of thing that they are about; those of the empty kind take any."""
    rows = mapping("people", "objects").items()
    return {kind: frozenset(lexicon.split(jobs)) for kind, jobs in rows}


@cache
def proper_names() -> dict[str, NamedThing]:
    """Famous people and things by their name in lower case."""
    found = {
        name: NamedThing(kind)
        for kind, names in mapping("proper_names", "things").items()
        for name in lexicon.split(names)
    }
    sexes: tuple[tuple[str, Sex], ...] = (("famous_women", "female"), ("famous_men", "male"))
    for key, sex in sexes:
        for name in words("proper_names", key):
            found[name] = NamedThing(found[name].kind if name in found else "human", sex)
    return found


@cache
def parts() -> frozenset[str]:
    """What belongs to a body or a thing."""
    return words("worn", "parts")


@cache
def worn() -> frozenset[str]:
    """What is worn by someone."""
    groups = ("clothes", "headwear", "glasses", "jewellery", "carried")
    return frozenset().union(*(words("worn", group) for group in groups))


@cache
def compounds() -> dict[str, tuple[str, ...]]:
    """Everything of several words by its first word, the longest first."""
    known = frozenset().union(
        *(lexicon.nouns(), lexicon.professions(), lexicon.materials(), lexicon.traits()),
        *(roles(), parts(), worn(), words("people", "origins"), proper_names()),
        *(words("proper_names", "brands"),),
    )
    table: dict[str, list[str]] = {}
    for phrase in sorted(known, key=lambda phrase: (-phrase.count(" "), phrase)):
        if " " in phrase:
            table.setdefault(phrase.split(" ")[0], []).append(phrase)
    return {first: tuple(phrases) for first, phrases in table.items()}
