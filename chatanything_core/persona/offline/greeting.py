"""Put a greeting together: a word of temper, who it is, something only it would say, a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..records import Reading, VoiceTraits
from .english import called, noun_phrase, noun_texts, whole_phrase, with_article

_WORDS = (16, 30)
"""A greeting of so many words lasts 6 to 12 seconds at an ordinary pace."""
_TRIES = 24
_OWN_LINE = 0.4
"""How often a noun with a line of its own says it."""


@dataclass(frozen=True)
class Greeting:
    """The lines that a greeting is chosen from."""

    reading: Reading
    name: str
    opens: Sequence[str]
    says: Sequence[str]
    """What anything of its kind may say."""
    voice: VoiceTraits
    random: np.random.Generator

    def text(self) -> str:
        """One of the greetings that take about ten seconds."""
        # Slow speakers take almost twice as long for a word.
        least, most = (round(words * (1 + 0.4 * min(self.voice.pace, 0.3))) for words in _WORDS)
        said = ""
        for attempt in range(_TRIES):
            # First with all that the concept tells, then with fewer sentences, then in short.
            short, whole = attempt % 12 >= 8, attempt < _TRIES * 2 // 3
            draft = self._draft(short=short, whole=whole)
            if not said or _misses(draft, least, most) < _misses(said, least, most):
                said = draft
            if not _misses(said, least, most):
                break
        longer = f"{said} {self._pick(noun_texts()['closings'])}"
        return longer if len(longer.split()) <= most else said

    def _draft(self, *, short: bool, whole: bool) -> str:
        parts = [self._pick(self.opens), self._introduction(whole=whole), self._remark()]
        if short:
            del parts[int(self.random.integers(2)) * 2]
        return " ".join(parts)

    def _introduction(self, *, whole: bool) -> str:
        reading, table = self.reading, noun_texts()
        name = called(reading, self.name)
        if reading.name and not reading.phrase:
            return sentence(self._pick(table["named_introductions"]), name=name)
        what = with_article(noun_phrase(reading, with_emotions=False), reading.noun)
        work = ""
        if reading.profession and reading.profession not in (reading.noun, "human"):
            job = with_article(reading.profession, reading.profession)
            work = sentence(self._pick(table["works"]), a_job=job)
        elif whole and reading.rest:
            what = whole_phrase(reading)
        line = self._pick(table["leads"]) + self._pick(table["introductions"])
        return sentence(line, name=name, a_noun=what, work=work)

    def _remark(self) -> str:
        """The noun's own line now and then, else one of its kind."""
        own: dict[str, Any] = noun_texts()["nouns"]
        words = (self.reading.noun, self.reading.profession)
        special = [str(own[word]) for word in dict.fromkeys(words) if word in own]
        mine = special and self.random.random() < _OWN_LINE
        return self._pick(special if mine else self.says)

    def _pick(self, lines: Sequence[str]) -> str:
        return str(lines[int(self.random.integers(len(lines)))])


def sentence(line: object, **values: str) -> str:
    """A line of the tables with its places filled, and a capital in front.

    What is filled in is not read again.
    """
    filled = str(line).format(**values)
    return filled[:1].upper() + filled[1:]


def _misses(text: str, least: int, most: int) -> int:
    """Words too few or too many."""
    words = len(text.split())
    return max(0, least - words, words - most)
