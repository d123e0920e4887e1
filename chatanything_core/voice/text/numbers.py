"""Figures: money, dates, times, units, ranges, telephone numbers, Roman numerals."""

import re
from collections.abc import Iterator

from .dates import date_rules, day_name
from .rewrite import Rule
from .vocabulary import Vocabulary

_FIGURE = r"\d{1,3}(?:[.,  ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_DASH = r"\s?[-–—−]\s?"
_RULER = re.compile(
    r"(?<=[^\W\d_])(?P<gap> )(?P<roman>(?=[XVI]{1,6}\b)X{0,2}(?:IX|IV|V?I{0,3}))\b(?P<stop>\.?)"
)
_PHONE = re.compile(
    r"(?<![\w.,-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\) ?|\d{2,4}[-. ])\d{3,4}[-. ]\d{3,4}(?![\w-])"
    r"|(?<![\w.,-])\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}(?![\w-])",
    re.ASCII,
)
_VERSION = re.compile(
    r"\bv(?:ersion )?(\d+(?:\.\d+){1,3})\b|(?<![\w.,])(\d+(?:\.\d+){2,3})(?![\w.,]*\d)", re.ASCII
)
_NUMBERED = re.compile(r"(?<!\w)(?:No\.|Nos\.|Nr\.|N°|n°|nº|Nº|№|#) ?(?=\d)")
_NUMERALS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_COUNTED = {
    "World War",
    "Chapter",
    "Part",
    "Act",
    "Volume",
    "Book",
    "Phase",
    "Type",
    "Section",
    "Level",
}
"""What Roman numerals count in English, rather than put in order."""


def number_rules(words: Vocabulary) -> list[Rule]:
    """Rules for what the language has words for; the narrower go first."""
    return [
        *_phone(words),
        *date_rules(words),
        *_version(words),
        *_money(words),
        *_units(words),
        *_fractions(words),
        *_ranges(words),
        *_groups(words),
        *_roman(words),
    ]


def _phone(words: Vocabulary) -> Iterator[Rule]:
    """Telephone numbers figure by figure, in groups."""

    def digits(match: re.Match[str]) -> str:
        groups = re.findall(r"\+|\d+", match[0])
        if sum(map(len, groups)) < 9:
            return match[0]
        said = ", ".join(" ".join(group) for group in groups if group != "+")
        return f"plus {said}" if groups[0] == "+" else said

    if words.phone:
        yield _PHONE, digits


def _version(words: Vocabulary) -> Iterator[Rule]:
    def version(match: re.Match[str]) -> str:
        figures = (match[1] or match[2]).replace(".", f" {words.point} ")
        return words.version.format(figures) if match[1] else figures

    if words.point:
        yield _VERSION, version
    if words.number:
        yield _NUMBERED, lambda match: words.number.format("").rstrip() + " "


def _money(words: Vocabulary) -> Iterator[Rule]:
    """`$3.50`, `3,50 €`, `$1.5 million`."""
    if not words.currencies:
        return
    signs = "|".join(map(re.escape, sorted(words.currencies, key=len, reverse=True)))
    scales = "|".join(map(re.escape, sorted(words.scales, key=len, reverse=True))) or "(?!)"
    scale = rf"(?:(?P<scale> ?(?:{scales}))(?![^\W\d_]))?"

    def amount(match: re.Match[str]) -> str:
        return _amount(words, match["sign"], match["figure"], (match["scale"] or "").strip())

    yield re.compile(rf"(?P<sign>{signs}) ?(?P<figure>{_FIGURE}){scale}"), amount
    yield re.compile(rf"(?P<figure>{_FIGURE}){scale} ?(?P<sign>{signs})(?![^\W\d_])"), amount


def _amount(words: Vocabulary, sign: str, figure: str, scale: str) -> str:
    one, many, cent, cents = words.currencies[sign]
    whole, _, part = figure.rpartition(words.decimal)
    if scale:
        return words.money.format(f"{figure} {words.scales[scale]}", many)
    if not whole or len(part) != 2 or not cent:
        return words.money.format(figure, one if figure == "1" else many)
    unit, hundredths = one if whole == "1" else many, int(part)
    if not hundredths:
        return words.money.format(whole, unit)
    name = cent if hundredths == 1 else cents
    if whole == "0":
        return words.money.format(hundredths, name)
    return words.cents.format(whole, unit, hundredths, name)


def _units(words: Vocabulary) -> Iterator[Rule]:
    if not words.units:
        return
    units = "|".join(map(re.escape, sorted(words.units, key=len, reverse=True)))

    def quantity(match: re.Match[str]) -> str:
        one, many = words.units[match["unit"]]
        figure = match["figure"]
        if match["to"]:
            figure = words.range.format(match["from"], match["to"])
        blank = "" if words.code == "zh" else " "
        sign = f"{words.minus}{blank}" if match["minus"] else ""
        return f"{sign}{figure}{blank}{one if figure == '1' else many}"

    span = rf"(?:(?P<from>{_FIGURE}){_DASH}(?P<to>{_FIGURE})|(?P<minus>(?<!\w)[-−])?(?P<figure>{_FIGURE}))"
    yield re.compile(rf"(?<![\d.,]){span} ?(?P<unit>{units})(?![\w/²³])", re.ASCII), quantity
    if words.code == "en":
        feet = re.compile(r"(?<!\w)(\d)['′](\d{1,2})(?:\"|″|'')")
        yield feet, lambda match: f"{match[1]} foot {match[2]}"
    if words.minus:
        yield re.compile(r"(?<![\w)])[-−](?=\d)", re.ASCII), lambda match: f"{words.minus} "


def _fractions(words: Vocabulary) -> Iterator[Rule]:
    def fraction(match: re.Match[str]) -> str:
        named = words.fractions.get(match[2])
        if named and match[1]:
            return f"{match[1].strip()} {words.fractions['and']} {named}"
        return named or words.over.format(*match[2].split("/"))

    if words.over:
        yield re.compile(r"(?<![\w./])(\d+ )?(\d{1,2}/\d{1,3})(?![\w/])", re.ASCII), fraction


def _ranges(words: Vocabulary) -> Iterator[Rule]:
    if words.range:
        found = re.compile(rf"(?<![\w.,/-])({_FIGURE}){_DASH}({_FIGURE})(?=%?(?![\w/-]))", re.ASCII)
        yield found, lambda match: words.range.format(match[1], match[2])


def _groups(words: Vocabulary) -> Iterator[Rule]:
    """Thousands that are set apart by blanks."""
    if words.decimal == ",":
        found = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)")
        yield found, lambda match: re.sub(r"\s", "", match[0])


def _roman(words: Vocabulary) -> Iterator[Rule]:
    """`Henry VIII` is put in order, `Chapter IV` is counted."""

    def ruler(match: re.Match[str]) -> str:
        if not match["roman"]:
            return match[0]
        value = _value(match["roman"])
        before = match.string[: match.start()]
        found = re.search(r"(?:World )?[^\W\d_]+$", before)
        name = found[0] if found else ""
        if name in _COUNTED:
            return f" {value}{match['stop']}"
        if not name[:1].isupper() or (match["roman"] == "I" and words.code == "en"):
            return match[0]
        stop = "" if words.code == "de" else match["stop"]
        return f" {words.regnal.format(day_name(words, value))}{stop}"

    if words.regnal:
        yield _RULER, ruler


def _value(numeral: str) -> int:
    """The value of a Roman numeral.

    >>> _value("XIV")
    14
    """
    figures = [_NUMERALS[letter] for letter in numeral]
    pairs = zip(figures, [*figures[1:], 0], strict=True)
    return sum(-figure if figure < after else figure for figure, after in pairs)
