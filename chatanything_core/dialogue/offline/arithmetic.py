"""Sums in digits and in words, in every language of the phrasebooks."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from .phrasebook import LANGUAGES, Phrasebook, folded, small_words

_SIGNS = {"+": "+", "-": "-", "−": "-", "–": "-", "*": "×", "x": "×", "×": "×", "·": "×"} | {
    "/": "÷",
    "÷": "÷",
    ":": "÷",
}
_HAN_DIGITS = "〇一二三四五六七八九"
_LARGEST = 10**9
"""Of either number."""


@dataclass(frozen=True)
class Sum:
    """Two numbers and what becomes of them."""

    left: int
    sign: str
    """One of + - × ÷."""
    right: int

    @property
    def value(self) -> Fraction | None:
        """The result; None for a division by zero."""
        left, right = Fraction(self.left), Fraction(self.right)
        if self.sign == "÷":
            return left / right if right else None
        results = {"+": left + right, "-": left - right, "×": left * right}
        return results[self.sign]


def find_sum(message: str, book: Phrasebook) -> Sum | None:
    """The sum that a message asks for, by the words of its language, else of any."""
    for code in dict.fromkeys((book.code, *LANGUAGES)):
        text = folded(message[-600:])
        match = _pattern(code).search(text)
        if match and _meant(match, text):
            left, right = (_number(match[name], code) for name in ("left", "right"))
            if max(left, right) <= _LARGEST:
                return Sum(left, _signs(code)[" ".join(match["sign"].split())], right)
    return None


def shown(sum_: Sum, book: Phrasebook) -> str:
    """The sum in words and digits: "7 times 8"."""
    spoken = book.words["signs"][sum_.sign]
    return str(spoken).replace("{0}", str(sum_.left)).replace("{1}", str(sum_.right))


def result(sum_: Sum, book: Phrasebook) -> str:
    """Its result, rounded to three places."""
    value = sum_.value
    if value is None:
        return ""
    if value.denominator == 1:
        text = str(value.numerator)
    else:
        text = f"{float(value):.3f}".rstrip("0").replace(".", book.words["point"])
    return text.replace("-", f"{book.words['minus']} ") if value < 0 else text


def _meant(match: re.Match[str], text: str) -> bool:
    """Not a range, a score or a date: "5-6" needs a question or little else beside it."""
    if match["sign"] not in ("-", "−", "–", "/", ":"):
        return True
    rest = text[: match.start()] + text[match.end() :]
    return "?" in rest or len(re.findall(r"\w+", rest)) <= 2


@cache
def _signs(code: str) -> dict[str, str]:
    words: dict[str, str] = small_words(code)["sign_words"]
    return {**_SIGNS, **{folded(word): sign for word, sign in words.items()}}


@cache
def _numbers(code: str) -> dict[str, int]:
    """Words from 0 to 99, and 100."""
    words = small_words(code)
    if code in ("zh", "ja"):
        return {_han(number): number for number in range(101)} | {"两": 2, "零": 0}
    units = {folded(word): n for n, word in enumerate(words["units"])}
    tens = {folded(word): 10 * n for n, word in enumerate(words["tens"], start=2)}
    both = {
        folded(joint).format(t=ten, u=unit, stem=ten[:-1]): high + low
        for ten, high in tens.items()
        for unit, low in units.items()
        if low > 0 and high + low < 100
        for joint in words["joints"]
    }
    return {**both, **units, **tens, folded(words["hundred"]): 100, **words["more_numbers"]}


def _han(number: int) -> str:
    tens, unit = divmod(number, 10)
    if number < 10:
        return _HAN_DIGITS[number]
    if number == 100:
        return "百"
    return ("" if tens == 1 else _HAN_DIGITS[tens]) + "十" + (_HAN_DIGITS[unit] if unit else "")


@cache
def _pattern(code: str) -> re.Pattern[str]:
    def either(words: dict[str, object]) -> str:
        longest = sorted(words, key=len, reverse=True)
        return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in longest)

    number = rf"\d{{1,9}}|{either({**_numbers(code)})}"
    sign = either({**_signs(code)})
    edges = ("", "") if code in ("zh", "ja") else (r"(?<![\w.,/:-])", r"(?!\w|[.,:/-]\d)")
    between = r"\s*"
    return re.compile(
        rf"{edges[0]}(?P<left>{number}){between}(?P<sign>{sign}){between}(?P<right>{number}){edges[1]}"
    )


def _number(text: str, code: str) -> int:
    if text.isdecimal():
        return int(text)
    return _numbers(code)[re.sub(r"[\s-]+", " ", text)]
