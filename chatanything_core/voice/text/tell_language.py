"""Which language each sentence is in, and what is said in which."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ...llm.sentences import sentences
from .vocabulary import known_languages, vocabulary

_LETTERS = re.compile(r"[^\W\d_]+")
_SIGNS = {
    "de": "ßäöü",
    "es": "¿¡ñ",
    "pt": "ãõ",
    "fr": "œêëùû",
    "pl": "łęąśżź",
    "tr": "ğış",
    "cs": "ěřů",
}
"""Letters that speak for a language among those of the Latin script; each counts as a word."""
_REGIONS = {"en": "en-US", "zh": "zh-CN", "ja": "ja-JP", "ko": "ko-KR", "pt": "pt-PT"}
_SCRIPTS = {
    "CYRILLIC": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tt", "ba", "cv", "mn", "tg"),
    "GREEK": ("el", "grc"),
    "ARABIC": ("ar", "fa", "ur", "sd", "ug", "ku", "ps"),
    "HEBREW": ("he", "yi"),
    "DEVANAGARI": ("hi", "mr", "ne", "kok"),
    "BENGALI": ("bn", "as", "bpy"),
    "THAI": ("th",),
    "HANGUL": ("ko",),
    "KANA": ("ja",),
    "CJK": ("zh", "ja", "cmn", "yue", "hak", "ko"),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "KANNADA": ("kn",),
    "MALAYALAM": ("ml",),
    "GUJARATI": ("gu",),
    "GURMUKHI": ("pa",),
    "ORIYA": ("or",),
    "SINHALA": ("si",),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy", "hyw"),
    "ETHIOPIC": ("am", "ti"),
    "MYANMAR": ("my", "shn"),
    "KHMER": ("km",),
    "LAO": ("lo",),
    "TIBETAN": ("bo", "dz"),
}
"""Languages by the script that they are written in, the commonest first."""
_LETTERS_OF = {
    "uk": re.compile("[іїєґІЇЄҐ]"),
    "fa": re.compile("[پچژگ]"),
    "ur": re.compile("[ٹڈڑںے]"),
    "be": re.compile("[ўЎ]"),
}
"""Letters that a language has of its own in a script that others share."""
_NEUTRAL = re.compile(
    r"https?://[!-~]+|www\.[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+"
    r"|(?<![\d.,])[°℃]?\d[\d.,]{0,20}[ ]?[°µ]?[A-Za-z]{1,3}(?:/[a-z]{1,2})?(?![A-Za-z])",
    re.ASCII,
)
"""What is of no language: addresses, and figures with their units."""
_ENOUGH = 2
"""Words that must speak for another language than the expected one."""


@dataclass(frozen=True)
class Utterance:
    """A stretch of text in one language."""

    text: str
    language: str
    """BCP-47 tag."""


def utterances(text: str, language: str) -> list[Utterance]:
    """A text in stretches of one language each; `language` is what it is expected to be in.

    A sentence is in the language that most of its letters or little words speak for. A word in a
    script that this language's voices cannot read is a stretch of its own; a foreign word in Latin
    letters stays, save in Japanese.

    >>> [(u.text, u.language) for u in utterances("Hello there. 你好，我是茶壶。 Say привет to me.", "en-GB")]
    [('Hello there. ', 'en-GB'), ('你好，我是茶壶。 ', 'zh-CN'), ('Say ', 'en-GB'), ('привет ', 'ru'), ('to me.', 'en-GB')]
    """
    if text.isascii() and language_of_sentence(text, language) == language:
        return [Utterance(text, language)]
    expected = language_of_sentence(text, language)
    found: list[Utterance] = []
    for sentence in sentences(text, expected):
        for piece in _pieces(sentence, language_of_sentence(sentence, expected)):
            # The speaker's own accent, where it is the speaker's own language.
            own = _primary(piece.language) == _primary(language)
            tag = language if own else piece.language
            before = found.pop().text if found and found[-1].language == tag else ""
            found.append(Utterance(before + piece.text, tag))
    return found


def language_of_sentence(sentence: str, expected: str) -> str:
    """BCP-47 tag of the language that a sentence is in; `expected` where nothing speaks against it.

    >>> language_of_sentence("Setz dich, ich habe eine Geschichte für dich.", "en-US")
    'de'
    >>> language_of_sentence("Die Hard is on.", "en-US"), language_of_sentence("42!", "th")
    ('en-US', 'th')
    """
    sentence = _masked(sentence)
    scripts = _scripts(sentence)
    if not scripts:
        return expected
    main = max(scripts, key=lambda script: scripts[script])
    if main == "CJK" and "KANA" in scripts:
        main = "KANA"
    return (
        _of_latin(sentence, expected) if main == "LATIN" else _of_script(main, sentence, expected)
    )


def _of_script(script: str, sentence: str, expected: str) -> str:
    able = _SCRIPTS.get(script)
    primary = _primary(expected)
    if able is None or primary in able:
        return expected
    own = next(
        (code for code in able if code in _LETTERS_OF and _LETTERS_OF[code].search(sentence)), ""
    )
    return _tag(own or able[0])


def _of_latin(sentence: str, expected: str) -> str:
    primary = _primary(expected)
    words = [word.lower() for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", sentence)]
    scores = {code: _score(words, sentence, code) for code in known_languages()}
    best = max(scores, key=lambda code: scores[code])
    latin = all(primary not in able for able in _SCRIPTS.values())
    if not latin:
        return _tag(best) if scores[best] > scores["en"] else _tag("en")
    enough = scores[best] >= max(_ENOUGH, 0.25 * len(words))
    foreign = primary in scores and enough and scores[best] > 2 * scores[primary]
    return _tag(best) if foreign else expected


def _score(words: list[str], sentence: str, code: str) -> int:
    little = vocabulary(code).little
    return sum(word in little for word in words) + sum(
        letter in _SIGNS.get(code, "") for letter in sentence
    )


def _pieces(sentence: str, language: str) -> Iterator[Utterance]:
    """The sentence, cut where it changes to a script that its language's voices cannot read."""
    masked = _masked(sentence)
    if len(_scripts(masked)) < 2:
        yield Utterance(sentence, language)
        return
    start, current = 0, language
    for run in _LETTERS.finditer(masked):
        for word in _runs(run[0]):
            at = run.start() + word.start()
            wanted = _reader(word[0], language)
            if wanted != current:
                if sentence[start:at].strip():
                    yield Utterance(sentence[start:at], current)
                    start = at
                current = wanted
    yield Utterance(sentence[start:], current)


def _masked(text: str) -> str:
    """The text, as long as before, with a figure for each character that is of no language."""
    return _NEUTRAL.sub(lambda match: "0" * len(match[0]), text)


def _runs(word: str) -> Iterator[re.Match[str]]:
    """Stretches of one script in letters without a blank between them, as in 世界world."""
    if word.isascii():
        return re.finditer(".+", word)
    classes = (("A-Za-zÀ-ɏ", ""), ("", "A-Za-zÀ-ɏ"))
    pattern = "|".join(f"[{yes}]+" if yes else f"[^{no}]+" for yes, no in classes)
    return re.finditer(pattern, word)


def _reader(word: str, language: str) -> str:
    """Who says a word inside a sentence of `language`."""
    scripts = _scripts(word)
    primary = _primary(language)
    script = max(scripts, key=lambda name: scripts[name]) if scripts else "LATIN"
    if script == "LATIN":
        short = word.isupper() and len(word) <= 5
        return language if primary != "ja" or short else _tag("en")
    if (script == "CJK" and primary == "ja") or (script == "GREEK" and len(word) == 1):
        return language
    return _of_script(script, word, language)


@lru_cache(maxsize=512)
def _scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has; a character that is a word counts as four."""
    if text.isascii():
        count = sum(map(len, _LETTERS.findall(text)))
        return Counter({"LATIN": count} if count else {})
    found: Counter[str] = Counter()
    for letter in text:
        if letter.isalpha():
            script = _script(letter)
            found[script] += 4 if script in ("CJK", "KANA", "HANGUL") else 1
    return found


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "LATIN").split()[0].removesuffix("-HIRAGANA")
    if name in ("HIRAGANA", "KATAKANA", "KATAKANA", "HALFWIDTH"):
        return "KANA"
    known = name if name in _SCRIPTS or name == "LATIN" else ""
    return known or (
        "LATIN" if name in ("FULLWIDTH", "MODIFIER", "MASCULINE", "FEMININE", "MICRO") else name
    )


def _tag(code: str) -> str:
    return _REGIONS.get(code, code)


def _primary(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].lower()
