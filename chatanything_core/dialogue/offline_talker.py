"""The chat engine that needs no model: it listens for what is meant and answers in character.

In the tradition of ELIZA (Weizenbaum 1966): patterns pick an intent, the persona's own tastes,
past and temper fill the answer, the memory holds what the user said of themselves, and the seed
chooses among answers that were not given yet.
"""

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from ..llm import OnText
from ..llm.text_length import within
from ..persona import Emotion, Reading, read_concept
from ..persona.cards.card_versions import card_data
from ..persona.cards.greetings import places_of
from ..persona.cards.lorebook import spoken_lore, told_lore
from ..persona.cards.told_card import example_lines
from ..persona.offline.english import noun_phrase, noun_texts, with_article
from ..persona.offline.languages import Language, languages
from ..persona.offline.lexicon import split
from ..persona.offline.other_languages import what_it_is
from ..progress import Tick
from ..seeding import generator
from .base import ChatRequest
from .memory import learned, named_user
from .records import Reply, Turn

_LORE = 2000
"""Tokens of lore that are looked at; what is said of it keeps to the reply's words."""


class OfflineTalker:
    """Deterministic: same conversation, message and seed, same reply."""

    def reply(self, said: ChatRequest, tick: Tick, on_text: OnText) -> Reply:
        """Answer at once."""
        random = generator(said.seed, "chat", str(len(said.history.turns)), said.message)
        answer = _Answer(said, read_concept(said.persona.concept), random)
        facts = learned(said.history.memory, _facts(said.message))
        text, emotion = answer.text(facts)
        text = within(text, said.limit, said.persona.voice.language)
        on_text(text)
        key = blake2b(f"offline {said}".encode("utf-8", "surrogatepass"), digest_size=16)
        turn = Turn(said.message, text, emotion, facts, key.hexdigest())
        history = replace(
            said.history,
            turns=(*said.history.turns, turn),
            memory=(*said.history.memory, *facts),
        )
        return Reply(text, emotion, history)


@cache
def _table() -> dict[str, Any]:
    path = Path(__file__).parent / "data" / "english.json"
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return table


@cache
def _no_facts() -> frozenset[str]:
    return frozenset(split(_table()["no_facts"]))


def _facts(message: str) -> list[str]:
    """What the user says of themselves, as sentences about the user."""
    found = []
    for rule in _table()["facts"]:
        for match in re.finditer(rule["pattern"], message, re.IGNORECASE):
            parts = [re.split(r"\b(?:and|but|because|so)\b", part)[0] for part in match.groups()]
            parts = [part.strip(" .,!?'") for part in parts]
            told = {word for part in parts for word in part.lower().split()}
            if all(parts) and not told & _no_facts():
                shown = [part.capitalize() for part in parts] if rule.get("capital") else parts
                found.append(rule["fact"].format(*shown))
    return found


@dataclass(frozen=True)
class _Answer:
    said: ChatRequest
    reading: Reading
    random: np.random.Generator

    def text(self, facts: tuple[str, ...]) -> tuple[str, Emotion]:
        """What it says, and what its face shows."""
        own = self.said.persona.emotion
        if language := languages().get(self.said.persona.language[:2].lower()):
            return self._abroad(language), own
        if (recalled := self._recalled()) is not None:
            return self._coloured(recalled, own), own
        lore = self._lore()
        if lore:
            return self._coloured(lore, own), own
        intent = self._intent()
        if facts and not intent:
            return self._coloured(self._with_remark(_table()["learned"]), own), own
        if intent:
            emotion = Emotion(*intent["emotion"]) if intent["emotion"] else own
            return self._coloured(self._fresh(intent["replies"]), emotion), emotion
        return self._coloured(self._small_talk(), own), own

    def _abroad(self, language: Language) -> str:
        """An answer in another language: who it is at first, then what it thinks."""
        noun_texts = language.texts
        first = not self.said.history.turns
        lines = (
            noun_texts["introductions"]
            if first
            else [*noun_texts["replies"], *noun_texts["remarks"]]
        )
        what = what_it_is(self.said.persona.concept, self.reading, language)
        return self._fresh([line.replace("{what}", what) for line in lines])

    def _recalled(self) -> str | None:
        """An answer from memory, when that is what was asked for."""
        for rule in _table()["recalls"]:
            match = re.search(rule["pattern"], self.said.message, re.IGNORECASE)
            if match:
                wanted = rule["fact"].format(*(re.escape(part) for part in match.groups()))
                facts = [fact for fact in self.said.history.memory if re.search(wanted, fact, re.I)]
                if not facts:
                    return self._fresh(_table()["forgotten"])
                told = " ".join(_to_you(fact) for fact in facts[-3:])
                return self._fresh(_table()["recalled"]).replace("{fact}", told)
        return None

    def _lore(self) -> str:
        """What the lorebook says to this message alone."""
        persona, turns = self.said.persona, len(self.said.history.turns)
        data = card_data(persona.card)
        if not data:
            return ""
        user = self.said.user or named_user(self.said.history.memory)
        places = places_of(data, persona.language, user)
        return spoken_lore(told_lore(persona, [self.said.message], turns, _LORE, places))

    def _intent(self) -> dict[str, Any] | None:
        message = self.said.message.lower().strip()
        intents: list[dict[str, Any]] = _table()["intents"]
        found = (i for i in intents if any(re.search(p, message) for p in i["patterns"]))
        return next(found, None)

    def _small_talk(self) -> str:
        topic = read_concept(self.said.message)
        if topic.known and topic.noun != self.reading.noun:
            named = _as_said(topic)
            return self._with_remark(
                [line.replace("{topic}", named) for line in _table()["topics"]]
            )
        return self._with_remark(
            _table()["questions" if "?" in self.said.message else "statements"]
        )

    def _with_remark(self, lines: list[str]) -> str:
        """A line, and something only it would say when that was not said lately."""
        lately = self._lately()
        remarks = [line for line in self._remarks() if line not in lately]
        return f"{self._fresh(lines)} {self._fresh(remarks) if remarks else ''}".strip()

    def _remarks(self) -> list[str]:
        """What only something of its kind would say; for a card, what its examples say."""
        persona = self.said.persona
        if persona.provenance.engine == "card":
            places = places_of(card_data(persona.card), persona.language, self._user())
            return example_lines(persona, places)
        tables: dict[str, Any] = noun_texts()
        own = [tables["nouns"].get(self.reading.noun, "")]
        return [line for line in [*own, *tables["kinds"][self.reading.kind]["says"]] if line]

    def _lately(self) -> str:
        return " ".join(turn.reply for turn in self.said.history.turns[-8:])

    def _fresh(self, options: list[str]) -> str:
        """One of `options`, filled in; one that was not said lately if there is any."""
        lately = self._lately()
        filled = [self._filled(line) for line in self.random.permutation(options)]
        return next((line for line in filled if line not in lately), filled[0])

    def _filled(self, line: str) -> str:
        persona = self.said.persona
        likes = [str(item) for item in self.random.permutation(persona.likes or ("a good chat",))]
        dislikes = persona.dislikes or ("rudeness",)
        what = with_article(noun_phrase(self.reading, with_emotions=False), self.reading.noun)
        values = {
            "name": persona.name,
            "noun": self.reading.noun,
            "a_noun": what,
            "like": likes[0],
            "like2": likes[-1],
            "dislike": str(self.random.choice(dislikes)),
            "user": self._user(),
            "home": str(self.random.choice(self._remarks() or [persona.background])),
        }
        text = re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], place[0]), line)
        return re.sub(r"(^|[.!?] )([a-z])", lambda m: m[1] + m[2].upper(), text)

    def _user(self) -> str:
        name = self.said.user or named_user(self.said.history.memory)
        return name or str(_table()["user"])

    def _coloured(self, text: str, emotion: Emotion) -> str:
        """One of its own interjections in front, now and then."""
        return str(self.random.choice(_table()["colours"][emotion.name])) + text


def _to_you(fact: str) -> str:
    """ "The user likes tea." as "You like tea."."""
    text = re.sub(r"^The user's ", "your ", fact)
    text = re.sub(r"^The user (\w+)s\b", lambda m: f"you {_bare_verb(m[1])}", text)
    return text[:1].upper() + text[1:]


def _bare_verb(stem: str) -> str:
    return {"i": "are", "ha": "have"}.get(stem, stem)


def _as_said(topic: Reading) -> str:
    """The noun as the user said it: "spiders", or "the spider" when it was one."""
    plural = next((w for w in topic.words if w != topic.noun and w[:3] == topic.noun[:3]), "")
    if plural:
        return plural
    phrase = with_article(topic.noun, topic.noun)
    return phrase if phrase == topic.noun else f"the {topic.noun}"
