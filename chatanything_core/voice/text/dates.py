"""Dates and times of day."""

import re
from collections.abc import Iterator

from .rewrite import Rule
from .vocabulary import Vocabulary

_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])", re.ASCII)
_FIGURES = re.compile(r"(?<![\w./])(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})(?![\w/])", re.ASCII)
_CLOCK = re.compile(
    r"(?<![\w:.,])(\d{1,2})(?::|h)(\d{2})(?::\d{2})?(?: ?([ap])(?:m\b|\.m\b(?=\.))| (Uhr))?(?![\w:])",
    re.ASCII | re.IGNORECASE,
)
_HOUR = re.compile(r"(?<![\w:.,])(\d{1,2}) ?([ap])m\b", re.ASCII | re.IGNORECASE)


def date_rules(words: Vocabulary) -> Iterator[Rule]:
    """Rules for dates of figures and times of day, where the language has words for them."""
    if words.date:
        yield _ISO, lambda m: _date(words, m, int(m[1]), int(m[2]), int(m[3]))
        yield _FIGURES, lambda m: _of_figures(words, m)
    if words.date and (words.days or words.code == "en"):
        yield from _named(words)
    if words.clock:
        yield _CLOCK, lambda m: _clock(words, m)
    if words.code == "en":
        yield _HOUR, lambda m: f"{m[1]} {m[2].lower()}.m"


def day_name(words: Vocabulary, day: int) -> str:
    """The ordinal of a day of the month, or of a ruler."""
    if words.code == "en":
        ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        return f"{day}{ending}"
    return words.days[day - 1] if day <= len(words.days) else str(day)


def _of_figures(words: Vocabulary, match: re.Match[str]) -> str:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 0 if len(match[4]) == 4 else 2000 if year < 70 else 1900
    day_first = words.order == "dmy" or match[2] == "."
    day, month = (first, second) if day_first else (second, first)
    if month > 12:
        day, month = month, day
    return _date(words, match, year, month, day)


def _date(words: Vocabulary, match: re.Match[str], year: int, month: int, day: int) -> str:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match[0]
    name = day_name(words, day)
    if words.code == "de" and words.days:
        name = _german(match, name)
    return words.date.format(day=name, month=words.months[month - 1], year=year)


def _german(match: re.Match[str], name: str) -> str:
    """The ordinal in the case that the word before it wants."""
    before = match.string[: match.start()].split()
    oblique = bool(before) and before[-1].lower() in {
        "am",
        "vom",
        "zum",
        "dem",
        "den",
        "bis",
        "des",
    }
    article = bool(before) and before[-1].lower() == "der"
    return name if article else name + ("n" if oblique else "r")


def _named(words: Vocabulary) -> Iterator[Rule]:
    """A figure beside the name of a month: "3. Mai", "May 3", "1er mai"."""
    months = "|".join(map(re.escape, words.months))
    if words.code == "en":
        short = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
        found = re.compile(rf"\b({months}|(?:{short})\.?)(?= \d) (\d{{1,2}})(?!\w|:|\.\d)")
        yield found, lambda m: f"{_month(words, m[1])} {day_name(words, int(m[2]))}"
    elif words.code == "de":
        found = re.compile(rf"(?<!\d)(\d{{1,2}})\. ?(?={months})")
        yield found, lambda m: f"{_german(m, day_name(words, int(m[1])))} "
    else:
        yield re.compile(rf"\b1 (?=(?:de |d')?(?:{months})\b)"), lambda m: f"{words.days[0]} "


def _month(words: Vocabulary, name: str) -> str:
    bare = name.rstrip(".")
    return next((month for month in words.months if month.startswith(bare[:3])), bare)


def _clock(words: Vocabulary, match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    if hour > 24 or minute > 59:
        return match[0]
    half = f" {match[3].lower()}.m" if match[3] else ""
    if not minute:
        return f"{hour}{half}" if half else words.full.format(hour)
    if words.code == "en":
        minutes = f"oh {minute}" if minute < 10 else str(minute)
        return f"{hour} {minutes}{half}"
    return words.clock.format(hour, minute)
