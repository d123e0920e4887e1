"""Languages other than English: which one a concept is in, and its words in English."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from . import lexicon
from .concept import word_lists

LETTER = (
    r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06ed\u0900-\u0963\u0971-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece"
    r"\u0f71-\u0fbc\u102b-\u103e\u1056-\u108d\u17b4-\u17d3\u200c\u200d])"
)
"""A letter or figure, and the vowel signs and accents that stand with letters: without them the
words of India, Thailand or Israel fall to pieces."""
_WORD = re.compile(rf"{LETTER}+(?:['’-]{LETTER}+)*|[,;:.!?()،।]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SCRIPTS = (
    ("ko-KR", re.compile(r"[\uac00-\ud7af]")),
    ("uk-UA", re.compile(r"[іїєґ]", re.IGNORECASE)),
    ("ru-RU", re.compile(r"[\u0400-\u04ff]")),
    ("el-GR", re.compile(r"[\u0370-\u03ff]")),
    ("ar-SA", re.compile(r"[\u0600-\u06ff]")),
    ("he-IL", re.compile(r"[\u0590-\u05ff]")),
    ("hi-IN", re.compile(r"[\u0900-\u097f]")),
    ("th-TH", re.compile(r"[\u0e00-\u0e7f]")),
)
_LETTERS = (
    ("vi-VN", re.compile(r"[đơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)),
    ("pl-PL", re.compile(r"[łżśźćńęą]", re.IGNORECASE)),
    ("tr-TR", re.compile(r"[ğış]")),
    ("sv-SE", re.compile(r"å", re.IGNORECASE)),
)
"""Letters that only one of the languages in Latin script has."""
_JOINED = ("zh", "ja")
"""Languages that are written without blanks between words."""
_FIXED = frozenset({"vi", "tr", "ko"})
"""Languages whose adjectives have one form."""
_ENDINGS = {
    **dict.fromkeys(("de", "nl"), ("s", "n", "en")),
    **dict.fromkeys(("fr", "es", "it", "pt"), ("s", "es")),
    **dict.fromkeys(("ru", "pl", "el", "hi"), ()),
    "sv": ("n", "en", "et", "t", "ar", "or", "er", "na"),
}
"""What a noun may have behind its form in the list."""
_STEM = 3
"""Letters of a stem, at least, that endings may follow."""
_LONGEST = 4
"""Words that a noun may have."""


@dataclass(frozen=True)
class Language:
    """What the offline writer knows of one language."""

    code: str
    tag: str
    """BCP-47 tag that is spoken when only the language is known."""
    nouns: dict[str, tuple[str, str]]
    """Gender and English word, by noun in lower case."""
    keys: dict[str, str]
    """English word by noun without marks that are often left out."""
    adjectives: dict[str, str]
    """English word by stem, longest first."""
    stems: dict[str, str]
    """The same without marks that are often left out."""
    breaks: frozenset[str]
    fillers: frozenset[str]
    texts: dict[str, Any]
    """Names and sentences."""


@cache
def languages() -> dict[str, Language]:
    """Every language with texts, by its two-letter code; English has files of its own."""
    tables = (lexicon.read_data("languages.json"), lexicon.read_data("more_languages.json"))
    entries = ((code, entry) for table in tables for code, entry in table.items())
    return {code: _language(code, entry) for code, entry in entries if code != "about"}


@lru_cache(maxsize=256)
def language_of(concept: str) -> str:
    """BCP-47 tag of the language that a concept is written in; en-US when nothing speaks for
    another one.

    Scripts decide where they can. Of the languages that share one, the one that knows most of
    the words wins, if it knows more than half of them and more than English does; else letters
    that only one of them has.

    >>> language_of("grumpy teapot"), language_of("mürrische Teekanne"), language_of("暴躁的茶壶")
    ('en-US', 'de-DE', 'zh-CN')
    >>> language_of("chagrijnige theepot"), language_of("ấm trà cáu kỉnh")
    ('nl-NL', 'vi-VN')
    """
    if concept.strip().lower() in word_lists.proper_names():
        return "en-US"
    if _KANA.search(concept):
        return "ja-JP"
    if _HAN.search(concept):
        return "zh-CN"
    for tag, pattern in _SCRIPTS:
        if pattern.search(concept):
            return tag
    english = _english_score(_WORD.findall(concept.lower()))
    best, score, understood = max(map(_scored, _latin(concept)), key=lambda row: row[1])
    if score > english and understood:
        return best.tag
    hints = (tag for tag, pattern in _LETTERS if pattern.search(concept))
    return next(hints, "en-US") if english == 0 else "en-US"


def spoken_language(language: str, concept: str) -> str:
    """The full tag of what is asked for ("de" means de-DE), or of what the concept is in."""
    if not language:
        return language_of(concept)
    known = languages().get(language.lower())
    return known.tag if known else "en-US" if language.lower() == "en" else language


def english_words(concept: str) -> str:
    """The concept with the words that are known replaced by English ones, for reading."""
    code = language_of(concept)[:2]
    language = languages().get(code)
    if language is None:
        return concept
    pieces = _cut(concept, language) if code in _JOINED else _pieces(concept, language)
    return " ".join(_translated(piece, language) for piece in pieces).strip()


def own_noun(english: str, language: Language) -> tuple[str, str]:
    """The word of `language` for an English noun, and its gender; empty when it has none."""
    for word, (gender, meaning) in language.nouns.items():
        if meaning == english:
            return word, gender
    return "", ""


def _latin(concept: str) -> list[tuple[str, Language]]:
    """The concept beside each language that it may be in."""
    scripts = {tag for tag, _ in _SCRIPTS}
    plain = concept.isascii()
    return [
        (concept, language)
        for code, language in languages().items()
        # Vietnamese without a single accent is hardly ever written.
        if code not in _JOINED and language.tag not in scripts and not (plain and code == "vi")
    ]


def _scored(row: tuple[str, Language]) -> tuple[Language, float, bool]:
    """A language, how much it knows, and whether that is more than half.

    Content words count twice as much as little words, which languages share.
    """
    concept, language = row
    score = known = total = 0.0
    for piece in _pieces(concept, language):
        size, word = piece.count(" ") + 1, piece.lower()
        total += size
        if _noun(word, language) or _adjective(word, language):
            score += size
            known += size
        elif word in language.breaks or word in language.fillers:
            score += 0.5 * size
            known += size
    return language, score, 2 * known > total


def _language(code: str, entry: dict[str, Any]) -> Language:
    nouns = {}
    for item in lexicon.split(entry["nouns"]):
        word, gender, meaning = item.split(" ", 2)
        nouns[word.replace("_", " ")] = (gender.strip("_"), meaning)
    parts = (item.rpartition(" ") for item in lexicon.split(entry["adjectives"]))
    stems = [(stem, meaning) for stem, _, meaning in parts]
    ordered = dict(sorted(stems, key=lambda pair: -len(pair[0])))
    breaks = frozenset(part for part in lexicon.split(entry["breaks"]) if part)
    fillers = frozenset(lexicon.split(entry["fillers"]))
    keys = {_key(word): meaning for word, (_, meaning) in nouns.items()}
    bare = {_key(stem): meaning for stem, meaning in ordered.items()}
    texts = {**entry, "articles": {k.strip("_"): v for k, v in entry["articles"].items()}}
    return Language(code, entry["tag"], nouns, keys, ordered, bare, breaks, fillers, texts)


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    """Lower case, without what is often left out or typed otherwise: vowel signs, the Arabic
    article, dots."""
    plain = unicodedata.normalize("NFC", word.lower()).replace("i\u0307", "i").replace("’", "'")
    plain = re.sub(r"[\u064b-\u0652\u0670\u093c]|\bال(?=\w\w)", "", plain)
    return plain.replace("\u0901", "\u0902").replace("أ", "ا").replace("إ", "ا").replace("آ", "ا")


def _english_score(words: list[str]) -> float:
    little = lexicon.grammar().breaks | lexicon.grammar().fillers
    content = sum(1.0 for word in words if word in _english())
    return content + sum(0.5 for word in words if word in little)


@cache
def _english() -> frozenset[str]:
    """Every English word of the lexicon that says what something is or is like."""
    known = lexicon.nouns().keys() | lexicon.traits().keys() | word_lists.roles()
    shown = word_lists.parts() | word_lists.worn() | word_lists.words("people", "origins")
    names = word_lists.proper_names().keys()
    return frozenset(known | shown | names | lexicon.colours() | lexicon.materials())


def _noun(word: str, language: Language) -> str:
    key = _key(word)
    forms = [key, *(key.removesuffix(end) for end in _ENDINGS.get(language.code, ()))]
    return next((language.keys[form] for form in forms if form in language.keys), "")


@lru_cache(maxsize=8192)
def _adjective_of(word: str, code: str) -> str:
    stems, key = languages()[code].stems, _key(word)
    if code in _FIXED:
        return stems.get(key, "")
    lengths = (len(key), *range(len(key) - 1, max(_STEM - 1, len(key) - 4), -1))
    return next((stems[key[:length]] for length in lengths if key[:length] in stems), "")


def _adjective(word: str, language: Language) -> str:
    """By its stem, since endings of up to three letters change with gender and case."""
    return _adjective_of(word, language.code)


def _translated(piece: str, language: Language) -> str:
    word = piece.lower()
    if word in language.fillers:
        return ""
    if found := _noun(word, language) or _adjective(word, language):
        return found
    return "with" if word in language.breaks else piece


def _pieces(concept: str, language: Language) -> Iterator[str]:
    """Its words; nouns and adjectives of several words are one piece."""
    words = _WORD.findall(concept)
    while words:
        for size in range(min(_LONGEST, len(words)), 0, -1):
            piece = " ".join(words[:size])
            if size == 1 or _key(piece) in language.keys or _key(piece) in language.stems:
                break
        yield piece
        del words[:size]


def _cut(concept: str, language: Language) -> Iterator[str]:
    """Known words of a language without spaces, the longest first at each place."""
    known = sorted(
        {*language.nouns, *language.adjectives, *language.fillers}, key=len, reverse=True
    )
    pattern = re.compile("|".join(map(re.escape, known)) + r"|[^\W_]|[,。、！？]")
    unknown = ""
    for piece in pattern.findall(concept):
        if piece in known:
            yield from filter(None, (unknown, piece))
            unknown = ""
        else:
            unknown += piece
    yield from filter(None, (unknown,))
