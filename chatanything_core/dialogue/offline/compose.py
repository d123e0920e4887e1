"""Choose what to answer: from memory, by arithmetic, from the record, or honestly nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ...persona import Emotion
from ...persona.cards.lorebook import spoken_lore, told_lore
from ..base import ChatRequest
from .arithmetic import Sum, find_sum, result, shown
from .frames import Frames
from .listen import Heard, listen
from .own_record import OwnRecord
from .phrasebook import FactKind, Phrasebook
from .prose import sentences
from .topics import topic_of
from .user_facts import asked_back, told

_LORE_ROOM = 2000
"""Tokens of lorebook entries that are looked at; only sentences are said."""
_PRESSED = 2
"""Messages in a row without an answer, after which it says what it is."""
Told = tuple[FactKind, tuple[str, ...]]


@dataclass(frozen=True)
class Composer:
    """One answer in the making."""

    said: ChatRequest
    book: Phrasebook
    record: OwnRecord
    frames: Frames

    def answer(self, new: list[Told]) -> tuple[str, Emotion]:
        """What it says and what its face shows; `new` is what the user just told of themselves."""
        own = self.said.persona.emotion
        heard = listen(self.said.message, self.book)
        first = heard[0].intent if heard else None
        if first and (first.group == "feeling" or first.name == "inject"):
            return self._to(heard), self._felt(first.emotion)
        if not new and (back := self._from_memory()) is not None:
            return back, own
        if (sum_ := find_sum(self.said.message, self.book)) is not None:
            return self._calculated(sum_), own
        if new:
            return self._learned(new, heard), own
        if first:
            text = self._to(heard)
            plain = first.gentle or first.group != "self"
            return (text if plain else self._opened(text)), self._felt(first.emotion)
        return self._opened(self._unknown()), own

    def _to(self, heard: tuple[Heard, ...]) -> str:
        """The answer to the first intent, and to a second question about itself."""
        text = self._intended(heard[0])
        if heard[0].intent.group != "self":
            return text
        more = [other for other in heard[1:] if other.intent.group == "self"]
        questions = sorted([heard[0], *more[:1]], key=lambda found: found.start)
        text, answering = "", self
        for question in questions:
            part = answering._intended(question)
            text = f"{text}{self.book.joint}{part}".strip()
            answering = Composer(self.said, self.book, self.record, self.frames.after(text))
        return text

    def _intended(self, heard: Heard) -> str:
        name = heard.intent.name
        special: dict[str, Callable[[], str]] = {
            "unanswered": self._unanswered,
            "repeat": self._repeated,
            "more": self._more,
            "opinion": lambda: self._lore() or self._opinion(heard.x),
            "knowledge": lambda: self._lore() or self.frames.fresh(*self.book.says["knowledge"]),
        }
        text = special[name]() if name in special else self._by_frames(name)
        return text or self.frames.fresh(*self.book.says["again"]) or self._unknown()

    def _by_frames(self, name: str) -> str:
        """A frame of the intent, or a sentence of the record that answers it."""
        if name in self.book.keywords:
            for tale in self.record.tales_about(self.book.keywords[name]):
                if text := self.frames.fresh(*self.book.says["quoted"], tale=tale):
                    return text
        return self.frames.fresh(*self.book.says[name])

    def _from_memory(self) -> str | None:
        """An answer from memory, when that is what was asked for."""
        memory = self.said.history.memory
        facts = asked_back(self.said.message, memory, self.book)
        if facts is None:
            return None
        if not facts:
            return self._fresh("forgotten")
        return self._fresh("recalled", facts=self.book.joint.join(facts))

    def _calculated(self, sum_: Sum) -> str:
        value = result(sum_, self.book)
        pool = "sum" if value else "zero"
        return self._fresh(pool, sum=shown(sum_, self.book), result=value)

    def _learned(self, new: list[Told], heard: tuple[Heard, ...]) -> str:
        """That it was heard, and the answer to a question in the same message."""
        kind, values = new[0]
        heard_back = told(kind, values, self.book)
        lines = kind.says or self.book.says["learned"][0]
        text = self.frames.fresh(lines, told=heard_back, value=values[0])
        text = text or self._fresh("learned", told=heard_back, value=values[0])
        questions = tuple(found for found in heard if found.intent.group == "self")
        if not questions or not self._asks():
            return text
        then = Composer(self.said, self.book, self.record, self.frames.after(text))
        return f"{text}{self.book.joint}{then._to(questions[:1])}"

    def _opinion(self, x: str) -> str:
        """What it thinks of `x`, which it likes, dislikes or has no opinion of."""
        x = _as_typed(
            re.split(self.book.words["ends"], x, maxsplit=1)[0].strip(), self.said.message
        )
        if not x or len(x) > 40 or set(x.casefold().split()) & set(self.book.words["not_said"]):
            x = ""
        persona = self.said.persona
        for pool, tastes in (("liked", persona.likes), ("disliked", persona.dislikes)):
            if x and any(_shares_word(x, taste, self.book) for taste in tastes):
                return self.frames.fresh(*self.book.says[pool], x=x)
        return self.frames.fresh(*self.book.says["opinion"], x=x)

    def _unanswered(self) -> str:
        """The last question again, with another answer when there is one."""
        for turn in reversed(self.said.history.turns):
            heard = listen(turn.message, self.book)
            names = {found.intent.name for found in heard}
            if names & {"unanswered", "repeat", "more"}:
                continue
            if heard and heard[0].intent.group == "self":
                sorry = self._fresh("sorry again")
                then = Composer(self.said, self.book, self.record, self.frames.after(sorry))
                return f"{sorry}{self.book.joint}{then._intended(heard[0])}"
            break
        return self.frames.fresh(*self.book.says["unanswered"])

    def _repeated(self) -> str:
        if not self.said.history.turns:
            return self._fresh("nothing yet")
        return self.book.says["repeat"][0][0].replace("{last}", self.said.history.turns[-1].reply)

    def _more(self) -> str:
        """More of what the lorebook, the record or its kind has to say."""
        return (
            self._lore()
            or self.frames.fresh(*self.book.says["more"])
            or self.frames.fresh(*self.book.says["quoted"])
            or self.frames.fresh(["{own}"])
        )

    def _lore(self) -> str:
        """A sentence or two of the lorebook that were not said yet."""
        persona, turns = self.said.persona, len(self.said.history.turns)
        if not persona.card:
            return ""
        places = self.record.places
        lore = told_lore(persona, [self.said.message], turns, _LORE_ROOM, places)
        text = ""
        for sentence in sentences(spoken_lore(lore), places):
            if len(text) < 120 and self.frames.after(text).fresh([_unfilled(sentence)]):
                text = f"{text}{self.book.joint}{sentence}".strip()
        return text

    def _unknown(self) -> str:
        """An honest reply to what it does not understand; what it is, when that goes on."""
        if lore := self._lore():
            return lore
        latest = [turn.message for turn in self.said.history.turns[-_PRESSED:]]
        lost = len(latest) == _PRESSED and not any(self._understood(text) for text in latest)
        if lost and (text := self.frames.fresh(*self.book.says["limits"])):
            return text
        question = self._asks()
        topic = topic_of(self.said.message) if self.book.code == "en" else ""
        pools = ["unknown question"] if question else ["topic", "unknown statement"]
        lines = [line for pool in pools for line in self.book.says[pool][0]]
        if topic and not question:
            lines = list(self.book.says["topic"][0])
        (other,) = self.book.says["unknown statement"]
        return (
            self.frames.fresh(lines, topic=topic)
            or self.frames.fresh(other)
            or self.frames.fresh(["{own}", "{tale}"])
            or other[len(self.said.history.turns) % len(other)]
        )

    def _asks(self) -> bool:
        return "?" in self.said.message or "？" in self.said.message

    def _understood(self, message: str) -> bool:
        return bool(listen(message, self.book)) or find_sum(message, self.book) is not None

    def _fresh(self, pool: str, **values: str) -> str:
        """A line of a pool; one that was said before when no other is left."""
        tiers = self.book.says[pool]
        anything = Frames(self.book, self.frames.values, frozenset(), self.frames.random)
        return self.frames.fresh(*tiers, **values) or anything.fresh(*tiers, **values)

    def _felt(self, emotion: Emotion | None) -> Emotion:
        """What an answer shows; who is sad or afraid does not get angry."""
        own = self.said.persona.emotion
        if emotion and emotion.name == "angry" and own.name in ("sad", "afraid"):
            return own
        return emotion or own

    def _opened(self, text: str) -> str:
        """An interjection of its mood in front, now and then, each once in a conversation."""
        if not self.said.history.turns or self.frames.random.random() < 0.6:
            return text
        mood = self.said.persona.emotion.name
        opener = self.frames.fresh(self.book.words["openers"][mood])
        return f"{opener}{self.book.joint if opener else ''}{text}"


def _unfilled(sentence: str) -> str:
    """A sentence whose braces are no places."""
    return sentence.replace("{", "(").replace("}", ")")


def _as_typed(x: str, message: str) -> str:
    """`x` with the capitals that the user gave it."""
    match = re.search(re.escape(x), message, re.I) if x else None
    return match[0] if match else x


def _shares_word(x: str, taste: str, book: Phrasebook) -> bool:
    """Whether both speak of the same thing, by a word of four letters or by all of `x`."""
    if not book.joint:
        return x in taste or taste in x
    words = set(re.findall(r"\w{4,}", taste.casefold()))
    return (
        bool(words & set(re.findall(r"\w{4,}", x.casefold()))) or x.casefold() == taste.casefold()
    )
