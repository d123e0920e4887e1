"""Concepts that are drawn at random, and the ways to put one into words."""

from dataclasses import dataclass

import numpy as np

from chatanything.persona.offline import lexicon

from .vocabulary import is_held_out, people, things, vocabulary

STYLES = ("soft 3D", "paper cut", "ink")
STYLE_WORDS = (
    ("soft 3D", "soft 3D toy", "soft 3D render"),
    ("paper cut", "paper cutout", "paper collage"),
    ("ink", "ink drawing", "ink and wash"),
)
FULL, ABSTRACT, NONE = KINDS = (0, 1, 2)
"""Kinds of face: lifelike; dots for eyes and a line for a mouth; none."""
FACE_WORDS = (
    ("with a lifelike human face", "with a detailed face", "with a realistic face"),
    ("with a simple drawn face", "with dots for eyes", "with a minimal face"),
    ("without a face", "no face", "plain object"),
)
VAGUE = ("with a face", "face in the middle", "two eyes and a mouth", "looking at the viewer")
"""Words that say that there is a face, and not which kind."""
FRAMES = {
    "{}": 0.3, "a {}": 0.2, "a portrait of a {}": 0.3, "a picture of a {}": 0.05,
    "portrait of a {}": 0.05, "a drawing of a {}": 0.05, "the face of a {}": 0.05,
}  # fmt: skip
"""Beginnings of captions and how often they come."""
CAPTIONS = 4
"""Captions of a picture."""
PEOPLE, BY_BODY = 0.14, 0.45
"""Shares of people among all concepts, and of a silhouette's own name among its nouns."""
SHARES = {"trait": 0.6, "colour": 0.38, "material": 0.3, "hat": 0.1, "job": 0.05}


@dataclass(frozen=True)
class Concept:
    """A concept in parts, so that captions can word it in several ways; empty for what it has not."""

    noun: str
    trait: str = ""
    colour: str = ""
    material: str = ""
    job: str = ""
    hat: str = ""

    @property
    def head(self) -> str:
        """What it is: "pirate parrot"."""
        return joined(self.job, self.noun)

    @property
    def text(self) -> str:
        """What the painter is told."""
        tail = f" wearing {with_article(self.hat)}" if self.hat else ""
        return joined(self.trait, self.colour, self.material, self.head) + tail

    @property
    def mood(self) -> str:
        """The emotion that its trait names; empty for none."""
        family, _ = lexicon.traits().get(self.trait, (None, 0.0))
        return family.emotion[0] if family and family.emotion[0] != "neutral" else ""

    @property
    def held_out(self) -> bool:
        """True when a pair of its words must not be seen."""
        words = (self.trait, self.colour, self.material)
        return any(is_held_out(word, self.noun) for word in words if word)


def joined(*words: str) -> str:
    """The words that are not empty, with spaces between."""
    return " ".join(word for word in words if word)


def with_article(words: str) -> str:
    """
    >>> with_article("old oak")
    'an old oak'
    """
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"


def pick(rng: np.random.Generator, words: "tuple[str, ...] | list[str]") -> str:
    """One of the words, all alike."""
    return words[int(rng.integers(len(words)))]


def draw_concept(rng: np.random.Generator) -> Concept:
    """A concept that is not held out."""
    while True:
        known = vocabulary()
        has = {name: rng.random() < share for name, share in SHARES.items()}
        jobs = people()[""]
        noun = _noun(rng)
        concept = Concept(
            noun,
            pick(rng, known.traits) if has["trait"] else "",
            pick(rng, known.colours) if has["colour"] else "",
            pick(rng, known.materials) if has["material"] else "",
            pick(rng, jobs) if has["job"] and noun not in jobs else "",
            pick(rng, known.hats) if has["hat"] else "",
        )
        if not concept.held_out:
            return concept


def _noun(rng: np.random.Generator) -> str:
    """Silhouettes come evenly, so that one with many nouns is not seen more often."""
    person = rng.random() < PEOPLE
    table = people() if person else things()
    jobs = person and rng.random() < 0.7
    body = "" if jobs else pick(rng, [name for name in table if name])
    nouns = table[body]
    return body if body in nouns and rng.random() < BY_BODY else pick(rng, nouns)


def captions(rng: np.random.Generator, concept: Concept, kind: int, look: int) -> list[str]:
    """Four wordings: three do not tell which kind of face it has, the last one does.

    Half of them name the style, so that the base obeys the word and a LoRA needs none.
    """
    return [_caption(rng, concept, kind, look, told=number == 3) for number in range(CAPTIONS)]


def _caption(
    rng: np.random.Generator, concept: Concept, kind: int, look: int, *, told: bool
) -> str:
    frame = str(rng.choice(list(FRAMES), p=list(FRAMES.values())))
    core = _core(rng, concept)
    text = frame.replace("a {}", with_article(core)).replace("{}", core)
    tail = [pick(rng, FACE_WORDS[kind])] if told else []
    if not told and kind != NONE and rng.random() < 0.15:
        tail.append(pick(rng, VAGUE))
    if rng.random() < 0.5:
        tail.append(pick(rng, STYLE_WORDS[look]) + pick(rng, ("", " style")))
    if rng.random() < 0.08:
        tail.append(pick(rng, ("sharp", "high quality", "detailed", "cute")))
    rng.shuffle(tail)
    return text + "".join(
        f"{' ' if part.startswith('with ') and rng.random() < 0.7 else ', '}{part}" for part in tail
    )


def _core(rng: np.random.Generator, c: Concept) -> str:
    """The concept itself, in the usual order or another one."""
    core = joined(c.trait, c.colour, c.material, c.head)
    if c.material and rng.random() < 0.2:
        core = joined(c.trait, c.colour, c.head, "made of", c.material)
    elif c.trait and rng.random() < 0.12:
        core = joined(c.colour, c.material, c.head, "that is", c.trait)
    return core + (f" {pick(rng, ('wearing', 'with'))} {with_article(c.hat)}" if c.hat else "")
