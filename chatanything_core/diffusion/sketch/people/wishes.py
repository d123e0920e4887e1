"""What the phrases of a concept ask for: of hair, skin, eyes, beard, and of everything worn.

A phrase is a few words such as "curly red hair" or "a green dress". Words before a term belong to
it; what is asked for twice is taken as it was said last.
"""

from dataclasses import dataclass, field, replace

from .dyes import PATTERNS, colour_in
from .terms import Term, terms, words_in

WORN = ("clothes", "headwear", "over", "jewellery", "face", "beard")
"""Tables of what is worn or grows on a face."""
FACIAL = frozenset({"long beard", "walrus moustache"})
HAIR = frozenset(["hair", "haired", "locks", "tresses", "mane", "hairdo", "hairstyle", "haircut"])
EYES = frozenset(["eyes", "eyed", "eye"])
SKIN = frozenset(["skin", "skinned", "complexion", "complexioned"])
ALONE = frozenset(["blonde", "blond", "brunette", "brunet", "redhead", "redheaded", "ginger"])
"""Words that say a colour of hair without the word hair."""
FLESH = frozenset(["pale", "tanned", "sunburnt", "suntanned", "bronzed", "pasty"])
"""Words that say a colour of skin without the word skin."""
CUTS = frozenset(
    [
        "bald",
        "balding",
        "afro",
        "dreadlocks",
        "cornrows",
        "mohawk",
        "pigtails",
        "braids",
        "bun",
        "ponytail",
        "bob",
        "pixie",
        "buzz",
        "quiff",
        "space",
        "curly",
        "fringe",
    ]
)
"""Styles that need not be called hair."""


@dataclass(frozen=True)
class Item:
    """Something that is worn."""

    name: str
    """Name of its drawing."""
    colour: str = ""
    """rrggbb; empty for its own."""
    pattern: str = ""
    """`stripes`, `checks`, `dots`, `flowers`, or nothing."""


@dataclass(frozen=True)
class Wishes:
    """What a concept asks for; empty where it says nothing."""

    style: tuple[str, ...] = ()
    """Words about hair, as the rows of `looks` have them."""
    hair: str = ""
    """Colour, rrggbb."""
    skin: tuple[str, ...] = ()
    """Colours, rrggbb, of which a seed chooses."""
    origin: int = -1
    """Row of `origins`; -1 for none."""
    eyes: str = ""
    """Colour, rrggbb."""
    items: dict[str, tuple[Item, ...]] = field(default_factory=dict)
    """Table to what of it is worn."""

    def of(self, table: str) -> tuple[Item, ...]:
        """What of a table is worn."""
        return self.items.get(table, ())


def wishes_of(phrases: tuple[str, ...]) -> tuple[Wishes, tuple[str, ...]]:
    """What phrases ask for, and those of them that ask for nothing known."""
    wishes, unused = Wishes(), []
    for phrase in phrases:
        more = add_phrase(wishes, phrase)
        if more == wishes:
            unused.append(phrase)
        wishes = more
    return wishes, tuple(unused)


def add_phrase(wishes: Wishes, phrase: str) -> Wishes:
    """What was asked for before, and what a phrase adds."""
    words = words_in(phrase)
    for term in terms(words, ("origins",)):
        wishes = replace(wishes, origin=int(term.name))
    worn = terms(words, WORN)
    since = 0
    for term in worn:
        wishes = _add_item(wishes, term, words[since : term.start], words)
        since = term.end
    rest = tuple("" if _within(i, worn) else word for i, word in enumerate(words))
    wishes = _add_hair(wishes, rest)
    if EYES & set(rest):
        wishes = replace(wishes, eyes=_named("eyes", rest) or wishes.eyes)
    elif SKIN & set(rest) or FLESH & set(rest):
        tones = _named("skin", rest)
        wishes = replace(wishes, skin=tuple(tones.split()) or wishes.skin)
    return wishes


def _within(at: int, found: list[Term]) -> bool:
    return any(term.start <= at < term.end for term in found)


def _named(table: str, words: tuple[str, ...]) -> str:
    """The entry of the last term of a table."""
    found = terms(words, (table,))
    return found[-1].name if found else ""


def _add_item(
    wishes: Wishes, term: Term, before: tuple[str, ...], words: tuple[str, ...]
) -> Wishes:
    """An item in the colour said before it, or within its own words: "white coat"."""
    own = words[term.start : term.end]
    if term.table == "beard":
        colour = _named("hair colour", before)
    else:
        colour = colour_in(before) or colour_in(own)
    pattern = next((PATTERNS[word] for word in (*before, *own) if word in PATTERNS), "")
    name = term.name
    if "long" in before and f"long {name}" in FACIAL:
        name = f"long {name}"
    elif {"bushy", "thick", "big"} & set(before) and f"walrus {name}" in FACIAL:
        name = f"walrus {name}"
    old = [item for item in wishes.of(term.table) if item.name != name]
    items = (*old, Item(name, colour, pattern))
    return replace(wishes, items={**wishes.items, term.table: items})


def _add_hair(wishes: Wishes, words: tuple[str, ...]) -> Wishes:
    said = HAIR & set(words)
    cuts = tuple(term.name for term in terms(words, ("looks",)))
    if not said:
        cuts = tuple(cut for cut in cuts if cut.split()[0] in CUTS)
    alone = tuple(word for word in words if word in ALONE)
    colour = _named("hair colour", words if said or cuts else alone)
    hair = colour or wishes.hair
    return replace(wishes, style=tuple(dict.fromkeys((*wishes.style, *cuts))), hair=hair)
