"""A text as it is shown and as it is said, side by side."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from ..records import Word

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
"""What is looked for in the shown text, and what is said for it."""
_EDGES = ' \t\n\r.,;:!?¡¿…"“”„«»()[]—–、。，！？；：।'


@dataclass(frozen=True)
class Span:
    """A stretch of a text."""

    shown: str
    spoken: str
    fixed: bool = False
    """Whether a rule has decided how it is said."""


@dataclass(frozen=True)
class SpokenText:
    """A text of one language, ready to be spoken."""

    spans: tuple[Span, ...]
    notes: tuple[str, ...] = ()
    """What could not be said as it is written."""

    @cached_property
    def shown(self) -> str:
        """What captions show."""
        return "".join(span.shown for span in self.spans)

    @cached_property
    def spoken(self) -> str:
        """What an engine is given."""
        return "".join(span.spoken for span in self.spans)

    def with_stress(self, stressed: Sequence[tuple[int, int]], start: int = 0) -> str:
        """`spoken` with every stressed word between asterisks.

        Args:
            stressed: stretches of the shown text, as `MarkedText.stressed` has them.
            start: where this text begins in them.

        >>> said = SpokenText((Span("It is ", "It is "), Span("$5", "5 dollars", fixed=True)))
        >>> said.with_stress([(2, 4)]), said.with_stress([(8, 10)], start=10)
        ('It *is* 5 dollars', 'It is 5 dollars')
        >>> said.with_stress([(4, 6)])
        'It is *5* *dollars*'
        """
        end = start + len(self.shown)
        stressed = [span for span in stressed if span[0] < end and start < span[1]]
        flags, at = "", start
        for span in self.spans:
            parts = [(span.shown, span.spoken)] if span.fixed else [(c, c) for c in span.shown]
            for shown, spoken in parts:
                after = at + len("".join(shown.split()))
                found = any(first < after and at < last for first, last in stressed)
                flags, at = flags + "01"[found and at < after] * len(spoken), after

        def marked(word: re.Match[str]) -> str:
            return f"*{word[0]}*" if "1" in flags[word.start() : word.end()] else word[0]

        return WORD.sub(marked, self.spoken)

    def shown_words(self, words: Iterable[Word]) -> tuple[Word, ...]:
        """The words of the shown text, at the times of the spoken ones.

        >>> said = SpokenText((Span("It is ", "It is "), Span("$5", "5 dollars", fixed=True)))
        >>> [w.text for w in said.shown_words([Word("is", 0, 1), Word("5", 1, 2), Word("dollars", 2, 3)])]
        ['is', '$5']
        """
        if len(self.spans) == 1 and not self.spans[0].fixed and not _DIGIT.search(self.shown):
            return tuple(words)
        found: list[tuple[int, int, Word]] = []
        at = 0
        for word in words:
            place = self.spoken.casefold().find(word.text.casefold(), at)
            if place < 0:
                continue
            at = place + len(word.text)
            first, last = self._shown_range(place, at)
            if found and first < found[-1][1]:
                first, last = found[-1][0], max(last, found[-1][1])
                word = replace(word, start=found.pop()[2].start)
            found.append((first, last, word))
        return tuple(
            replace(word, text=text)
            for first, last, word in found
            if (text := self.shown[first:last].strip(_EDGES) or self.shown[first:last].strip())
        )

    def _shown_range(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the spoken text is shown; a number is never taken apart."""
        first, last = self._place(start)[0], self._place(end - 1)[1]
        while (
            first and _DIGIT.search(self.shown[first:last]) and not self.shown[first - 1].isspace()
        ):
            first -= 1
            if not _NUMERIC.fullmatch(self.shown[first]):
                first += 1
                break
        while last < len(self.shown) and _DIGIT.search(self.shown[first:last]):
            if not _NUMERIC.fullmatch(self.shown[last]):
                break
            last += 1
        return first, last

    def _place(self, index: int) -> tuple[int, int]:
        """First and end of what is shown for one character of the spoken text."""
        spoken, shown = self._starts
        number = bisect_right(spoken, index) - 1
        span = self.spans[number]
        if span.fixed:
            return shown[number], shown[number] + len(span.shown)
        place = shown[number] + index - spoken[number]
        return place, place + 1

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        """Where each span begins, in the spoken and in the shown text."""
        spoken = accumulate((len(span.spoken) for span in self.spans), initial=0)
        shown = accumulate((len(span.shown) for span in self.spans), initial=0)
        return list(spoken)[:-1], list(shown)[:-1]


WORD = re.compile(r"\w+(?:['’-]\w+)*")
"""A word of a text that is to be spoken."""
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"[\d.,:'’%-]")


def rewrite(text: str, rules: Sequence[Rule]) -> tuple[Span, ...]:
    """The text with the rules applied in order; what one has decided, no later one sees.

    >>> [span.spoken for span in rewrite("5 km", [(re.compile("km"), lambda m: "kilometres")])]
    ['5 ', 'kilometres']
    """
    spans: list[Span] = [Span(text, text)]
    for pattern, say in rules:
        if pattern.search(text):
            spans = [part for span in spans for part in _cut(span, pattern, say)]
    return tuple(span for span in spans if span.shown)


def _cut(span: Span, pattern: re.Pattern[str], say: Callable[[re.Match[str]], str]) -> list[Span]:
    if span.fixed:
        return [span]
    parts, at = [], 0
    for match in pattern.finditer(span.shown):
        spoken = say(match)
        if spoken == match[0] or not match[0]:
            continue
        before = span.shown[at : match.start()]
        parts += [Span(before, before), Span(match[0], spoken, fixed=True)]
        at = match.end()
    rest = span.shown[at:]
    return [*parts, Span(rest, rest)]
