"""The thing that an English message is about, in words that can be said back."""

import re

from ...persona.offline import lexicon

_NOUN_PHRASE = re.compile(
    r"\b(my|our|your|the|a|an|this|that|these|those|some)\s+((?:[\w'-]+\s+)?)([\w'-]+)", re.I
)
_PLURAL = re.compile(r"(?:(\w+)\s+)?\b([a-z]{3,}s)\b", re.I)
_BACK = {"my": "your", "our": "your", "your": "my", "a": "the", "an": "the", "some": ""}
_NO_TOPICS = frozenset(
    lexicon.split(
        "can, date, times, time, well, may, will, might, must, match, fly, saw, bolt, nut, mind, "
        "question, bit, lot, kind, sort, thing, things, way, day, today, stuff, person, people, "
        "human, one, minute, second, hour, week, month, year, idea, number, letter, plus, minus, "
        "friend, joke, story, word, name, answer, language, drinks, likes, iron, screws, plants"
    )
)
_NO_ADJECTIVE = frozenset(lexicon.split("of, and, or, is, are, was, in, on, to, that, who, with"))


def topic_of(message: str) -> str:
    """A noun of the lexicon with its article as the persona would say it: "your dog", "spiders".

    Empty when there is none. Only what stands after an article or is a plural counts, so that no
    verb, unit or pronoun becomes a topic.

    >>> topic_of("Can you explain spiders to my old dog?"), topic_of("Can you explain?")
    ('your old dog', '')
    """
    for match in _NOUN_PHRASE.finditer(message[-600:]):
        article, before, noun = match[1].lower(), match[2], match[3]
        if before.strip().lower() in _NO_ADJECTIVE:
            continue
        if _is_noun(before.strip()) and not _is_noun(noun):
            before, noun = "", before.strip()
        if _is_noun(noun):
            return f"{_BACK.get(article, article)} {before}{noun}".strip()
    for match in _PLURAL.finditer(message[-600:]):
        pronoun = (match[1] or "").lower() in ("he", "she", "it", "who", "that", "this", "one")
        singular = _singular(match[2].lower())
        if singular and not pronoun and not {match[2].lower(), singular} & _NO_TOPICS:
            return match[2]
    return ""


def _is_noun(word: str) -> bool:
    word = word.lower()
    known = word in lexicon.nouns() or bool(_singular(word))
    return known and not {word, _singular(word)} & _NO_TOPICS


def _singular(plural: str) -> str:
    forms = (plural[:-1], plural[:-2], plural[:-3] + "y")
    if not plural.endswith("s"):
        return ""
    return next((form for form in forms if form in lexicon.nouns()), "")
