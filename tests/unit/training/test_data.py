"""What the starter learns from."""

import json

import numpy as np
import pytest

from chatanything.diffusion.sketch.bodies import has_own_body
from chatanything.landmarks import make_guide
from chatanything.landmarks.maps.control_maps import draw_map
from chatanything.persona import read_concept
from training.starter.data import concepts, pictures, vocabulary


def test_a_picture_depends_on_its_seed_and_number_alone():
    one, again, other = (pictures.example(5, n) for n in (7, 7, 8))
    assert np.array_equal(one.image, again.image)
    assert one.captions == again.captions
    assert not np.array_equal(one.image, other.image)


def test_points_are_fractions_and_lie_on_the_face():
    for number in range(8):
        row = pictures.example(1, number)
        assert row.image.shape == (256, 256, 3)
        assert np.ptp(row.points, 0).max() > 0.05
        assert np.abs(row.points.mean(0) - 0.5).max() < 0.45
        assert len(row.captions) == concepts.CAPTIONS


def test_pairs_that_the_project_is_judged_with_are_never_drawn():
    rng = np.random.default_rng(0)
    drawn = [concepts.draw_concept(rng) for _ in range(300)]
    assert vocabulary.is_held_out("grumpy", "man")
    asked = vocabulary.asked_pairs()
    pairs = {(word, c.noun) for c in drawn for word in (c.trait, c.colour, c.material)}
    assert not pairs & asked


def test_every_noun_is_a_thing_that_is_truly_shown():
    nouns = [noun for names in vocabulary.things().values() for noun in names]
    assert len(nouns) > 2000
    assert all(has_own_body(read_concept(noun)) for noun in nouns[::50])


def test_the_list_of_words_is_what_the_product_reads(tmp_path):
    from chatanything.diffusion.mixture.known_words import Vocabulary

    vocabulary.vocabulary().write(tmp_path / "words.json")
    read = Vocabulary(
        **{k: frozenset(v) for k, v in json.loads((tmp_path / "words.json").read_text()).items()}
    )
    assert read.noun_of(read_concept("grumpy teapot")) == "teapot"


def test_three_captions_do_not_tell_the_kind_of_face_and_the_last_one_does():
    rng = np.random.default_rng(3)
    for kind in concepts.KINDS:
        *others, last = concepts.captions(rng, concepts.Concept("teapot", "happy"), kind, 0)
        assert any(words in last for words in concepts.FACE_WORDS[kind])
        told = [words for words in concepts.FACE_WORDS[kind] if any(words in o for o in others)]
        assert told == []


@pytest.mark.engines
def test_maps_are_those_of_landmark_guidance_pixel_for_pixel():
    import torch

    from training.starter.data.control_map import dots

    rng = np.random.default_rng(0)
    points = rng.uniform(0.02, 0.98, (6, 68, 2)).astype(np.float32)
    points[0] = make_guide(size=(256, 256)).points
    ours = (dots(torch.from_numpy(points)) * 255).byte().permute(0, 2, 3, 1).numpy()
    for mine, row in zip(ours, points, strict=True):
        assert np.array_equal(mine, draw_map("dots68", row.astype(float), (256, 256)))


def test_two_tokenizers_of_the_same_captions_are_the_same(tmp_path):
    from training.starter.data.tokenizer import train_tokenizer

    for name in ("one", "two"):
        train_tokenizer(tmp_path / name, 700, 300)
    for file in ("vocab.json", "merges.txt"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    words = json.loads((tmp_path / "one" / "vocab.json").read_text("utf-8"))
    assert sorted(words.values()) == list(range(len(words)))


@pytest.mark.engines
def test_a_frequent_word_is_one_token_and_any_other_falls_to_bytes(tmp_path):
    from training.starter.data.tokenizer import LENGTH, load_tokenizer, tokens_of, train_tokenizer

    train_tokenizer(tmp_path, 2000, 300)
    tokenizer = load_tokenizer(tmp_path)
    words = ["a</w>", "portrait</w>", "of</w>", "a</w>"]
    assert tokenizer.tokenize("A portrait of a teapot")[:4] == words
    assert tokens_of(tokenizer, ["zorblax 頑固 7", ""]).shape == (2, LENGTH)
    assert tokenizer.decode(tokenizer("zorblax 頑固 7").input_ids, True) == "zorblax 頑固 7"
