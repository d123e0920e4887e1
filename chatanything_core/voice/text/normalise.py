"""What is written but not said as it is written: numbers, signs, addresses, sounds."""

import re
from collections.abc import Iterator
from functools import lru_cache

from .interjections import sound_rules
from .japanese import read_japanese
from .numbers import number_rules
from .rewrite import Rule, SpokenText, rewrite
from .vocabulary import Vocabulary, vocabulary

_LENGTH = 600
"""Characters that are looked at together, so that no text takes long."""
_ADDRESS = re.compile(
    r"(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+)"
    r"|(?:https?://|(?=www\.))(?P<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?::\d+)?(?:[/?#][!#-;=?-\\^-~]*[#-(*+/-9=@-Z_-~])?/?"
    r"|\b(?P<bare>[a-z0-9-]{2,}\.(?:com|org|net|io|de|fr|es|it|eu|uk|info|dev|ai|jp|cn|br))\b(?:/[\w/.-]*\w)?"
)
_TAGGED = re.compile(r"(?<![\w&])#(?P<tag>[^\W\d_]\w*)|(?<![\w.])@(?P<user>\w{2,})")
_LANGUAGE_NAMES = re.compile(r"\b([CFJ])(#|\+\+)(?!\w)")
_FORMULA = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z][a-z]?[\d₀-₉]*){1,6}(?<=[\d₀-₉])(?:[A-Z][a-z]?)?(?![A-Za-z0-9])"
)
_SLASH = re.compile(r"(?<=[^\W\d_])/(?=[^\W\d_])")
_UNDERSCORE = re.compile(r"(?<=\w)_+(?=\w)|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")
_RUN = re.compile(r"\b\w{0,40}?([^\W\d_])\1{2,}\w*", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[^\W\d_a-z][^\W\d_a-z'’]*(?:[ ,]+[^\W\d_a-z][^\W\d_a-z'’]*)+\b")
_SIGNS = re.compile(r"(?<=[\d)]) ?\* ?(?=[\d(])|(?<=\w)[²³]|~(?=\d)")
_HEART = re.compile(r"<3+")
_COMPARED = re.compile(r"(?<=\w) ?([<>]) ?(?=\w)")
_BRACES = re.compile(r"[{}\[\]|\\]+|(?<=\s)~(?=\d)|^~(?=\d)")


def spoken_text(text: str, language: str, *, sounds: bool = False) -> SpokenText:
    """What is said of a sentence or more of one language.

    Args:
        language: BCP-47 tag. One without a vocabulary of its own keeps its numbers and signs, as
            most engines read them rightly.
        sounds: whether the engine says "Hmph" and "Shh" as sounds by itself.

    >>> spoken_text("Hmph. It cost $3.50, approx. 50% off.", "en-GB").spoken
    'humph. It cost 3 dollars and 50 cents, approximately 50% off.'
    """
    if _code(language) == "ja":
        return read_japanese(text)
    if len(text) > _LENGTH:
        parts = [spoken_text(part, language, sounds=sounds) for part in _cut(text)]
        return SpokenText(tuple(span for part in parts for span in part.spans))
    if _PLAIN.fullmatch(text) and not _RUN.search(text):
        return SpokenText(rewrite(text, () if sounds else _sounds(_code(language))))
    return SpokenText(rewrite(text, _rules(_code(language), sounds)))


SENTENCE_ENDS = tuple('.!?…。！？।؟۔"”’»)」』:;')
"""Signs behind which a speaker pauses."""
_SAYABLE = re.compile(r"[^\W_]|[&%@+=$€£<>#°]")


def sayable(text: str) -> bool:
    """Whether there is anything to say in a text: "..." is a silence.

    >>> sayable("No..."), sayable("...?!")
    (True, False)
    """
    return _SAYABLE.search(text) is not None


_PLAIN = re.compile(
    r"(?:[^\W\d_A-Z]|[A-Z](?![A-Z])|[ \t\n,;:!?…'’\"“”()—–-]|(?<=[a-z]{4})\.(?=\s|$)|\.(?=\.)|(?<=\.)\.)*"
)
"""Words without a figure, an abbreviation or a sign."""


def _cut(text: str) -> Iterator[str]:
    """Parts of a bounded length that join to the text, cut at a blank where there is one."""
    while text:
        at = text.rfind(" ", _LENGTH // 2, _LENGTH) + 1 if len(text) > _LENGTH else 0
        yield text[: at or _LENGTH]
        text = text[at or _LENGTH :]


def without_script(text: str) -> SpokenText:
    """A text in a script that nothing reads: only its words in Latin letters are said.

    >>> without_script("ສະບາຍດີ friend").spoken.strip()
    'friend'
    """
    return SpokenText(rewrite(text, [(_FOREIGN, lambda match: " ")]))


_FOREIGN = re.compile(r"[^\u0000-\u024f\s]+")


def _code(language: str) -> str:
    return language.split("-")[0].lower()


@lru_cache(maxsize=64)
def _sounds(code: str) -> tuple[Rule, ...]:
    return tuple(sound_rules(vocabulary(code)))


@lru_cache(maxsize=64)
def _rules(code: str, sounds: bool) -> tuple[Rule, ...]:
    words = vocabulary(code)
    rules = [*_address_rules(words), *number_rules(words), *_word_rules(words)]
    return (*rules, *(() if sounds else _sounds(code)), *_letter_rules(words))


def _address_rules(words: Vocabulary) -> list[Rule]:
    def dotted(name: str) -> str:
        return name.removeprefix("www.").replace(".", f" {words.dot} ")

    def address(match: re.Match[str]) -> str:
        if match["mail"]:
            return dotted(match["mail"].replace("@", f" {words.at} "))
        host = dotted(match["host"] or match["bare"])
        return words.link.format(host) if match[0].startswith("http") else host

    def tagged(match: re.Match[str]) -> str:
        return f"hashtag {match['tag']}" if match["tag"] else f"{words.at} {match['user']}"

    return [(_ADDRESS, address), (_TAGGED, tagged)]


def _word_rules(words: Vocabulary) -> list[Rule]:
    def formula(match: re.Match[str]) -> str:
        if not re.search(r"[A-Z].*[A-Z]|[₀-₉]", match[0]) and match[0] not in (
            "O2",
            "N2",
            "H2",
            "O3",
        ):
            return match[0]
        figures = match[0].translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
        return " ".join(re.findall(r"[A-Z]|[a-z]|\d+", figures))

    rules: list[Rule] = [(_FORMULA, formula)]
    if words.abbreviations:
        known = sorted(words.abbreviations, key=len, reverse=True)
        pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, known))})(?!\w)")
        rules.append((pattern, lambda match: _in_full(words.abbreviations[match[0]], match)))
    rules.append((_HEART, lambda match: words.signs.get("<3", " ")))
    if words.signs:
        rules.append((_LANGUAGE_NAMES, lambda match: f"{match[1]} {words.signs[match[2]]}"))
        rules.append((_COMPARED, lambda match: f" {words.signs[match[1]]} "))
        rules.append((_SIGNS, lambda match: f" {words.signs.get(match[0].strip(), match[0])} "))
    return [
        *rules,
        (_SLASH, lambda match: " "),
        (_UNDERSCORE, lambda match: " "),
        (_BRACES, lambda match: " "),
    ]


def _in_full(words: str, match: re.Match[str]) -> str:
    """An abbreviation at the end of a sentence ends it."""
    ends = not match.string[match.end() :].strip()
    return words if ends else words.removesuffix(".")


def _letter_rules(words: Vocabulary) -> list[Rule]:
    def shouted(match: re.Match[str]) -> str:
        spoken = match[0].lower()
        if words.code == "en":
            spoken = re.sub(r"\bi\b", "I", spoken)
        little = words.little & set(re.findall(r"[^\W\d_]+", spoken))
        return spoken if any(len(word) > 1 for word in little) else match[0]

    return [(_RUN, lambda match: _shortened(match[0], words.code)), (_CAPITALS, shouted)]


def _shortened(word: str, code: str = "en") -> str:
    """Three or more of a letter become one; in English two of an "e" or "o" that others follow.

    >>> _shortened("Aaaaargh"), _shortened("Sooo"), _shortened("sweeeet"), _shortened("XXX")
    ('Argh', 'So', 'sweet', 'XXX')
    """
    if word.isupper() and len(word) <= 4:
        return word

    def one(match: re.Match[str]) -> str:
        inner = match[1].lower() in "eo" and code == "en" and match.start() > 0
        return match[1] * (2 if inner and match.end() < len(word) else 1)

    return re.sub(r"([^\W\d_])\1{2,}", one, word, flags=re.IGNORECASE)
