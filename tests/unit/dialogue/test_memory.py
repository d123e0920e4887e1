"""What is remembered keeps to its room in the window."""

import pytest

from chatanything.dialogue.memory import recalled
from chatanything.llm.text_length import tokens

FACTS = tuple(
    f"The user has a {pet} that is called {name} and sleeps a lot."
    for pet, name in (("cat", "Minka"), ("dog", "Rex"), ("parrot", "Ahab"), ("horse", "Bella"))
)
EACH = max(tokens(fact) for fact in FACTS) + 1


def test_all_facts_are_recalled_where_there_is_room():
    assert recalled(FACTS, "Hello!", 4 * EACH) == list(FACTS)


@pytest.mark.parametrize("room", [0, 5, EACH, 2 * EACH, 3 * EACH])
def test_facts_never_take_more_than_their_room(room):
    facts = recalled(FACTS, "Hello!", room)
    assert sum(tokens(fact) + 1 for fact in facts) <= room
    assert len(facts) >= room // EACH


def test_facts_that_the_message_touches_come_first_and_stay_in_order():
    assert recalled(FACTS, "Where is my parrot?", EACH) == [FACTS[2]]
    assert recalled(FACTS, "Do my horse and my dog get on?", 2 * EACH) == [FACTS[1], FACTS[3]]
