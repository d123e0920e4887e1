"""How Japanese is read: kana for kanji and figures, as they are said.

The dictionary is IPADIC, in the package lindera-python-ipadic (MIT). Without it the words of our
own texts are read from a list, and other kanji are passed over with a note.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from .rewrite import Span, SpokenText

PACKAGE = "lindera-python-ipadic"
_DATA = Path(__file__).parent / "data"
_KANJI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff々〆ヶ]")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PARTICLES = {"助詞", "助動詞", "記号"}
_BOUND = {"接尾", "非自立"}
_DIGITS = ("ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュー")
_PLACES = ("", "ジュー", "ヒャク", "セン")
_MYRIADS = ("", "マン", "オク", "チョー")
_CHANGED = {
    "サンヒャク": "サンビャク",
    "ロクヒャク": "ロッピャク",
    "ハチヒャク": "ハッピャク",
    "サンセン": "サンゼン",
    "ハチセン": "ハッセン",
}
"""Where a digit and its place are said as one."""
_COUNTERS = {
    "時": ("ジ", {4: "ヨジ", 7: "シチジ", 9: "クジ"}),
    "分": ("フン", {1: "イップン", 3: "サンプン", 4: "ヨンプン", 6: "ロップン", 8: "ハップン"}),
    "月": ("ガツ", {4: "シガツ", 7: "シチガツ", 9: "クガツ"}),
    "日": ("ニチ", {}),
    "年": ("ネン", {4: "ヨネン"}),
    "円": ("エン", {4: "ヨエン"}),
    "人": ("ニン", {1: "ヒトリ", 2: "フタリ", 4: "ヨニン"}),
    "歳": ("サイ", {1: "イッサイ", 8: "ハッサイ"}),
    "本": ("ホン", {1: "イッポン", 3: "サンボン", 6: "ロッポン", 8: "ハッポン"}),
    "杯": ("ハイ", {1: "イッパイ", 3: "サンバイ", 6: "ロッパイ", 8: "ハッパイ"}),
    "匹": ("ヒキ", {1: "イッピキ", 3: "サンビキ", 6: "ロッピキ", 8: "ハッピキ"}),
    "回": ("カイ", {1: "イッカイ", 6: "ロッカイ", 8: "ハッカイ"}),
    "%": ("パーセント", {}),
    "℃": ("ド", {}),
    "km": ("キロメートル", {}),
    "kg": ("キログラム", {}),
    "cm": ("センチ", {}),
    "m": ("メートル", {}),
}
_DATES = {
    1: "ツイタチ",
    2: "フツカ",
    3: "ミッカ",
    4: "ヨッカ",
    5: "イツカ",
    6: "ムイカ",
    7: "ナノカ",
    8: "ヨーカ",
    9: "ココノカ",
    10: "トーカ",
    14: "ジューヨッカ",
    20: "ハツカ",
    24: "ニジューヨッカ",
}
_THINGS = (
    "",
    "ヒトツ",
    "フタツ",
    "ミッツ",
    "ヨッツ",
    "イツツ",
    "ムッツ",
    "ナナツ",
    "ヤッツ",
    "ココノツ",
)
_COUNTED = re.compile(
    rf"(?P<minus>(?<!\w)[-−])?(?P<money>[¥￥$€])?(?P<figure>{_FIGURE.pattern})(?P<counter>つ|{'|'.join(_COUNTERS)})?"
)
_MONEY = {"¥": "エン", "￥": "エン", "$": "ドル", "€": "ユーロ"}
_ADDRESS = r"(?:https?://|www\.)[!-~]+"
_LINK = " リンク"
_LATIN = re.compile(r"[A-Za-z]+")
_TOPIC = re.compile(r"(?<=[\u30a0-\u30ff\u3400-\u9fff々」』])は")
_LONG = re.compile(r"(?<![\u3041-\u30ff])ー+|(?<=[んンっッ])ー+")


def read_japanese(text: str) -> SpokenText:
    """Japanese text with its readings; a blank before each word that is not bound to the last.

    >>> read_japanese("3時10分").spoken
    ' サンジ ジュップン'
    """
    spans: list[Span] = []
    at, missing = 0, False
    for match in _settled().finditer(text):
        found, lacks = _words(text[at : match.start()])
        said = _counted(match) if match["figure"] else _data()["names"].get(match[0], _LINK)
        spans += [*found, Span(match[0], said, fixed=True)]
        at, missing = match.end(), missing or lacks
    found, lacks = _words(text[at:])
    note = (
        f"Some Japanese kanji are not read: install the dictionary with `pip install {PACKAGE}`.",
    )
    return SpokenText((*spans, *found), note if missing or lacks else ())


def number_in_kana(figure: str) -> str:
    """A number as it is said.

    >>> number_in_kana("1234"), number_in_kana("30000"), number_in_kana("3.05")
    ('センニヒャクサンジューヨン', 'サンマン', 'サンテンゼロゴ')
    """
    whole, _, part = figure.replace(",", "").partition(".")
    decimals = "テン" + "".join(_DIGITS[int(digit)] for digit in part) if part else ""
    if len(whole) > 4 * len(_MYRIADS) or not int(whole):
        return "".join(_DIGITS[int(digit)] for digit in whole) + decimals
    groups = [whole[max(0, end - 4) : end] for end in range(len(whole), 0, -4)]
    said = [
        _group(group, first=index > 0) + _MYRIADS[index]
        for index, group in enumerate(groups)
        if int(group)
    ]
    return "".join(reversed(said)) + decimals


def _group(digits: str, *, first: bool) -> str:
    said = ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), map(int, digits), strict=True):
        name = "" if digit == 1 and place and not (first and digits == "1000") else _DIGITS[digit]
        if digit:
            said += _CHANGED.get(name + _PLACES[place], name + _PLACES[place])
    return said.replace("イチセン", "イッセン")


def _counted(match: re.Match[str]) -> str:
    figure, counter = match["figure"], match["counter"]
    said = (" マイナス" if match["minus"] else " ") + number_in_kana(figure)
    if match["money"]:
        return said + _MONEY[match["money"]]
    if not counter:
        return said
    short = "." not in figure and len(figure) <= 4 * len(_MYRIADS)
    value = int(figure.replace(",", "")) if short else -1
    if counter == "つ":
        return f" {_THINGS[value]}" if 1 <= value < len(_THINGS) else f"{said}ツ"
    if counter == "日" and value in _DATES:
        return f" {_DATES[value]}"
    plain, special = _COUNTERS[counter]
    if counter == "分" and value > 0 and value % 10 == 0:
        return said.removesuffix("ジュー") + "ジュップン" if value < 100 else f"{said}プン"
    last = value if value in special else value % 10 if counter != "人" else 0
    if value > 0 and last in special:
        return said.removesuffix(_DIGITS[value % 10]) + special[last]
    return said + plain


def _words(text: str) -> tuple[list[Span], bool]:
    """The words of a stretch without figures, and whether some have no reading."""
    if not text:
        return [], False
    tokenizer = _tokenizer()
    if tokenizer is None:
        return _from_list(text)
    spans, missing, prefix, data, at = [], False, True, text.encode(), 0
    for token in tokenizer.tokenize(text):
        surface, details = token.surface, token.details
        blank, at = data[at : token.byte_start].decode(), token.byte_end
        if blank:
            spans.append(Span(blank, blank))
        kind, sub = details[0], details[1] if len(details) > 1 else ""
        reading = details[8] if len(details) > 8 and details[8] != "*" else _spelled(surface)
        missing = missing or bool(_KANJI.search(reading))
        said = _KANJI.sub("", reading)
        bound = kind in _PARTICLES or sub in _BOUND or prefix
        prefix = kind in ("接頭詞", "記号")
        spans.append(Span(surface, said if bound else f" {said}", fixed=True))
    if rest := data[at:].decode():
        spans.append(Span(rest, rest))
    return spans, missing


def _spelled(word: str) -> str:
    """Capitals by the names of their letters; a long mark that lengthens nothing goes."""
    letters = _data()["letters"]
    named = _LATIN.sub(
        lambda m: "".join(letters.get(c, c) for c in m[0]) if m[0].isupper() else m[0], word
    )
    return _LONG.sub("", named)


def _from_list(text: str) -> tuple[list[Span], bool]:
    """By the list of the words in our own texts, the longest first at each place."""
    spans, missing = [], False
    topics = _TOPIC.sub("ワ", text)
    for match in _listed().finditer(text):
        word = match[0]
        heard = "" if _KANJI.fullmatch(word) else _spelled(topics[match.start() : match.end()])
        said = _data()["words"].get(word, heard)
        missing = missing or (not said and bool(_KANJI.fullmatch(word)))
        spans.append(Span(word, said, fixed=True))
    return spans, missing


@cache
def _settled() -> re.Pattern[str]:
    """What no dictionary is asked for: figures with their counters, and names of our own."""
    return re.compile(rf"{_COUNTED.pattern}|{'|'.join(_data()['names'])}|{_ADDRESS}")


@cache
def _data() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((_DATA / "readings_ja.json").read_text("utf-8"))
    return found


@cache
def _listed() -> re.Pattern[str]:
    words = sorted(_data()["words"], key=len, reverse=True)
    return re.compile(
        "|".join(map(re.escape, words))
        + rf"|{_KANJI.pattern}|[^\u3400-\u9fff々。、！？…\s]+|[。、！？…\s]+"
    )


@cache
def _tokenizer() -> Any:
    """The dictionary's tokenizer (0.3 s to load), or None where the package is missing."""
    try:
        from lindera import Tokenizer, load_dictionary
    except ImportError:
        return None
    return Tokenizer(load_dictionary("embedded://ipadic"), mode="normal")
