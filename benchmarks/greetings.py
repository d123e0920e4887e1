"""How often lines come back in 500 greetings: `python -m benchmarks.greetings [LEAST]`.

Prints the lines that are said LEAST times or more (5), with the name and the noun phrase of each
persona taken out, so that the frames of introductions count as lines too. Interjections of one or
two words ("Hello.") are no lines.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from chatanything_core.persona import Persona, write_persona
from chatanything_core.persona.offline.concept import word_lists
from chatanything_core.persona.offline.lexicon import families, nouns

TOTAL = 500
_INTERJECTION = 2
"""Words."""


def concepts(total: int = TOTAL) -> list[str]:
    """`total` concepts, every third with a temper, every fifth a person, spread over all kinds."""
    things = sorted(nouns().values(), key=lambda noun: (len(noun.word), noun.word))
    kinds = sorted({noun.kind for noun in things})
    by_kind = {kind: [noun.word for noun in things if noun.kind == kind] for kind in kinds}
    people = sorted(word_lists.roles())
    tempers = sorted(families())
    found = []
    for index in range(total):
        kind = by_kind[kinds[index % len(kinds)]]
        word = people[index * 37 % len(people)] if index % 5 == 0 else kind[index * 7 % len(kind)]
        found.append(f"{tempers[index % len(tempers)]} {word}" if index % 3 == 0 else word)
    return found


def lines(persona: Persona) -> Iterator[str]:
    """The sentences of a greeting; of an introduction only the frame before the name."""
    text = persona.greeting.replace(persona.name, "NAME")
    for said in re.split(r"(?<=[.?!]) ", text):
        if "NAME" in said:
            yield re.sub(r"NAME.*", "NAME ...", said)
        elif len(said.split()) > _INTERJECTION:
            yield said


def counted(personas: Iterable[Persona]) -> Counter[str]:
    """How many greetings have each line."""
    return Counter(line for persona in personas for line in set(lines(persona)))


if __name__ == "__main__":
    least = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    table = counted(write_persona(concept) for concept in concepts())
    sys.stdout.write(f"{len(table)} lines in {TOTAL} greetings; the most frequent:\n\n")
    sys.stdout.write("| times | share | line |\n|---|---|---|\n")
    for line, times in table.most_common():
        if times >= least:
            sys.stdout.write(f"| {times} | {times / TOTAL:.1%} | {line} |\n")
