"""Any bytes at all give a character or one of our errors: crashes that were found, and mutations.

The mutations come from fixed seeds, so a failure is the same on every machine.
"""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from chatanything.dialogue import chat, history_from_json
from chatanything.errors import ChatAnythingError
from chatanything.persona import persona_to_json, write_persona
from chatanything.persona.cards import (
    as_v2,
    card_of_persona,
    load_card,
    persona_of_card,
    save_card,
    save_card_png,
)
from chatanything.persona.cards.greetings import places_of
from chatanything.persona.cards.lorebook import spoken_lore, told_lore
from chatanything.persona.cards.told_card import told_card
from chatanything.persona.persona_files import load_persona
from tests.fuzz.mutate import changed_tree
from tests.tools.card_exports import as_json, exports, lore, v3

CRASHES = sorted((Path(__file__).parent / "crashes").glob("*.bin"))
RICH = v3(
    nickname="Mi",
    character_book=lore(
        {"selective": True, "secondary_keys": ["bridge"], "priority": 3},
        {"keys": ["/tr(o|a)ll/i"], "use_regex": True, "content": "@@scan_depth 2\n{{random:a,b}}"},
        scan_depth=4, token_budget=200, recursive_scanning=True,
    ),
    extensions={"depth_prompt": {"prompt": "x", "depth": 4}, "chatanything": {"concept": "elf"}},
)  # fmt: skip
SEEDS = {**exports(), "rich.json": as_json(RICH)}
VALUES = (
    *(None, True, False, 0, -1, 10**400, 1e308, "", " ", "\0", "\ud800", "{{char}}", "{{random:}}"),
    *(
        "{{roll:9d999999}}",
        "{{{{",
        "/(a+)+$/",
        "/[/",
        "@@activate",
        [],
        [None],
        [[]],
        {},
        {"a": {}},
    ),
    *(["\udc00"], {"entries": [None, 3, "x", {}]}, [{"keys": 3}], "x" * 3000, [1] * 50),
)


def used(path: Path, folder: Path) -> None:
    """Everything that is ever done with a card's file."""
    card = load_card(path)
    persona = persona_of_card(card)
    save_card(card, folder / "again.json")
    save_card_png(card, np.zeros((4, 4, 3), np.uint8), folder / "again.png")
    as_v2(card)
    back = card_of_persona(persona)
    data = back["data"]
    spoken_lore(told_lore(persona, ["A troll on a bridge!"], 1, 300))
    assert told_card(persona, places_of(data, "en"), "rules", 500)
    assert persona.greeting.strip()
    assert persona_of_card(back).greeting == persona.greeting


def changed_bytes(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(changed))
        how = dice.randrange(4)
        if how == 0:
            changed[at] = dice.randrange(256)
        elif how == 1:
            del changed[at : at + dice.randint(1, 40)]
        elif how == 2:
            changed[at:at] = changed[at : at + dice.randint(1, 40)]
        else:
            del changed[max(1, at) :]
        if not changed:
            break
    return bytes(changed) or b"\0"


def mutant(number: int) -> bytes:
    dice = random.Random(number)
    name = dice.choice(sorted(SEEDS))
    data = SEEDS[name]
    if name.endswith(".json") and dice.random() < 0.8:
        try:
            tree = json.loads(data)
        except ValueError:
            return changed_bytes(data, dice)
        for _ in range(dice.randint(1, 3)):
            tree = changed_tree(tree, dice, VALUES)
        return json.dumps(tree).encode()
    return changed_bytes(data, dice)


@pytest.mark.parametrize("path", CRASHES, ids=lambda path: path.stem)
def test_what_crashed_once_is_read_or_refused(path, tmp_path):
    copy = tmp_path / "who.json"
    copy.write_bytes(path.read_bytes())
    for read in (lambda: used(path, tmp_path), lambda: load_persona(copy)):
        try:
            read()
        except ChatAnythingError as error:
            assert str(error).endswith((".", "!"))


def test_mutated_cards_are_read_or_refused(tmp_path):
    path = tmp_path / "card.bin"
    for number in range(400):
        path.write_bytes(mutant(number))
        try:
            used(path, tmp_path)
        except ChatAnythingError:
            continue
        except Exception as error:
            raise AssertionError(f"mutant {number}: {error!r}") from error


def test_mutated_personas_are_read_or_refused(tmp_path):
    persona = persona_to_json(write_persona("grumpy teapot"))
    seeds = [persona, {"persona": persona, "face": None}, {**persona, "card": json.dumps(RICH)}]
    path = tmp_path / "who.json"
    for number in range(300):
        dice = random.Random(number)
        path.write_text(
            json.dumps(changed_tree(dice.choice(seeds), dice, VALUES)), encoding="utf-8"
        )
        try:
            read = load_persona(path)
            chat(read, "What about the troll?")
            card_of_persona(read)
        except ChatAnythingError:
            continue
        except Exception as error:
            raise AssertionError(f"mutant {number}: {error!r}") from error


def test_mutated_histories_are_read_or_refused():
    ours = {"turns": [{"message": "a", "reply": "b", "emotion": {"name": "happy", "strength": 1}}]}
    others = [
        [{"role": "user", "content": "a"}, {"role": "assistant", "content": [{"text": "b"}]}],
        {"messages": [{"is_user": True, "mes": "a"}, {"is_user": False, "mes": "b"}]},
    ]
    for number in range(600):
        dice = random.Random(number)
        text = json.dumps(changed_tree(dice.choice([ours, *others]), dice, VALUES))
        if dice.random() < 0.3:
            text = changed_bytes(text.encode(), dice).decode("utf-8", "surrogateescape")
        try:
            history_from_json(text)
        except ChatAnythingError:
            continue
        except Exception as error:
            raise AssertionError(f"mutant {number}: {error!r}") from error


@pytest.mark.parametrize("deep", [b"[" * 100_000, b'{"data":' * 500 + b"1" + b"}" * 500])
def test_deep_documents_are_refused(deep, tmp_path):
    path = tmp_path / "deep.json"
    path.write_bytes(deep)
    for read in (load_card, load_persona):
        with pytest.raises(ChatAnythingError):
            read(path)
    with pytest.raises(ChatAnythingError):
        history_from_json(deep.decode())
