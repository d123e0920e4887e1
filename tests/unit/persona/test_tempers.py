"""Words of temper mean what they say: in texts, in the mood of the face, in the voice."""

from itertools import combinations

import pytest

from benchmarks.greetings import counted
from chatanything.persona import EMOTIONS, write_persona
from chatanything.persona.offline import lexicon
from chatanything.persona.offline.english import noun_texts

WERE_WRONG = """
stubborn stubborn angry | jealous jealous angry | gossiping gossipy happy | bitter bitter angry
obstinate stubborn angry | envious jealous angry | nosy gossipy happy | resentful angry angry
pigheaded stubborn angry | possessive jealous angry | meddling gossipy happy | vindictive bitter angry
inquisitive curious surprised | distrustful suspicious afraid | nostalgic nostalgic sad
homesick nostalgic sad | bored bored neutral | indifferent cold neutral | rude rude disgusted
insolent mischievous happy | ambitious ambitious happy | power-hungry evil angry | guilty guilty sad
remorseful sad sad | stingy greedy disgusted | miserly greedy disgusted | loyal loyal happy
devoted kind happy | dreamy dreamy happy | whimsical silly happy | hopeful cheerful happy
sanguine hopeful happy | lonely lonely sad | isolated lonely sad | despondent sad sad
inconsolable sad sad | livid angry angry | incensed angry angry | elated cheerful happy
jubilant cheerful happy | petrified fearful afraid | skittish fearful afraid | fidgety anxious afraid
flustered anxious afraid | taciturn shy neutral | demure shy neutral | raucous loud happy
serene calm neutral | phlegmatic calm neutral | magnanimous kind happy | standoffish cold neutral
malevolent evil angry | impish mischievous happy | zany silly happy | supercilious proud disgusted
vainglorious proud disgusted | genteel noble neutral | judicious wise neutral | erudite wise neutral
resourceful clever happy | gullible dim surprised | dauntless brave happy | listless sleepy sad
garrulous fast happy | sardonic gloomy sad | flabbergasted surprised surprised
"""
ROWS = [tuple(row.split()) for row in WERE_WRONG.replace("\n", "|").split("|") if row.strip()]


def test_there_are_sixty():
    assert len(ROWS) >= 60


@pytest.mark.parametrize(("word", "family", "emotion"), ROWS)
def test_a_temper_is_the_one_that_is_named(word, family, emotion):
    persona = write_persona(f"{word} teapot")
    texts = noun_texts()["traits"][family]
    it = {"he": "it", "him": "it", "his": "its", "himself": "itself"}
    spoken = {line.format(**it) for line in texts["speaks"]}
    assert any(part.strip() in persona.speaking_style for part in spoken)
    assert set(persona.likes) & set(texts["likes"])
    if emotion != "neutral":
        assert persona.emotion.name == emotion
    assert not persona.provenance.notes


def test_fifteen_hundred_words_of_temper_have_one_sense_each():
    assert len([word for word in lexicon.traits() if lexicon.is_temper(word)]) >= 1500
    words = [
        item.partition(":")[0]
        for family in lexicon.read_data("traits.json")["families"]
        for item in lexicon.split(family["words"])
    ]
    assert len(words) == len(set(words))
    assert all(family.emotion[0] in EMOTIONS for family in lexicon.families().values())


def test_every_family_and_kind_has_lines_enough():
    texts = noun_texts()
    assert set(texts["traits"]) == set(lexicon.families())
    assert all(len(trait["opens"]) >= 6 for trait in texts["traits"].values())
    assert all(len(set(kind["says"])) >= 12 for kind in texts["kinds"].values())
    pairs = combinations(texts["kinds"].values(), 2)
    assert not [line for one, two in pairs for line in set(one["says"]) & set(two["says"])]


def test_no_line_is_said_in_more_than_two_percent_of_greetings(five_hundred):
    (_, most), *_ = counted(five_hundred).most_common(1)
    assert most <= 0.02 * len(five_hundred)


@pytest.mark.parametrize(
    ("concept", "words"),
    [
        ("a sock that lost its twin", "a sock that lost its twin"),
        ("teapot who thinks it is a lighthouse", "a teapot who thinks it is a lighthouse"),
        ("the ghost of a pizza delivery boy", "a ghost of a pizza delivery boy"),
        ("half cat, half toaster", "half cat, half toaster"),
        ("moon made of cheese", "the moon made of cheese"),
        ("three wolves in a trench coat", "one of three wolves in a trench coat"),
        ("elderly Japanese fisherman", "an elderly Japanese fisherman"),
        ("iPhone", "an iPhone"),
        ("iphone", "an iPhone"),
        ("a pair of socks", "a pair of socks"),
        ("coca-cola can", "a Coca-Cola can"),
        ("Coca-Cola can", "a Coca-Cola can"),
        ("gravity", "gravity"),
        ("Tuesday", "Tuesday"),
        ("honest old umbrella", "an old umbrella"),
        ("Eiffel Tower", "the Eiffel Tower"),
        ("scissors with red handles", "a pair of scissors with red handles"),
    ],
)
def test_articles_plurals_capitals_and_clauses(concept, words):
    greetings = [write_persona(concept, seed=seed).greeting for seed in range(12)]
    assert any(words in greeting for greeting in greetings), greetings


@pytest.mark.parametrize(
    ("concept", "name"),
    [("Stonehenge", "Stonehenge"), ("mona lisa", "Mona Lisa"), ("Captain Ahab", "Captain Ahab")],
)
def test_famous_names_are_kept(concept, name):
    persona = write_persona(concept)
    assert persona.name == name
    assert f"a {name}" not in f"{persona.greeting} {persona.personality}"


def test_what_the_noun_suggests_is_said():
    silence = write_persona("silence")
    assert silence.voice.energy < 0
    assert any("'silence' suggests 'shy'" in note for note in silence.provenance.notes)
