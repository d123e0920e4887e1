"""`chatanything voices`: what it prints, what it writes, how it fails."""

import json

import pytest
from typer.testing import CliRunner

from chatanything.cli import app
from chatanything.voice import load_audio, voices


def run(*words):
    return CliRunner().invoke(app, ["voices", *words])


def test_every_voice_has_a_measured_card():
    cards = json.loads(run("list", "--json").stdout)
    assert voices.status("espeak").about.startswith(f"{len(cards)} voices in")
    assert {card["source"] for card in cards} == {"measured"}
    assert {card["gender"] for card in cards} == {"female", "male"}


def test_language_filters_the_list():
    cards = json.loads(run("list", "--engine", "edge", "--language", "de", "--json").stdout)
    assert cards
    assert all(card["language"] == "de-DE" for card in cards)


def test_an_audition_is_a_wav_file(tmp_path):
    path = tmp_path / "a.wav"
    result = run(
        "audition", "f3:0.6,m3:0.4", "--text", "Who goes there?", "--out", str(path), "--json"
    )
    assert result.exit_code == 0
    samples, rate = load_audio(path)
    assert json.loads(result.stdout)["seconds"] == pytest.approx(len(samples) / rate, abs=0.01)


def test_what_cannot_be_said_is_a_note(tmp_path):
    result = run("audition", "f3", "--text", "ສະບາຍດີ friend", "--out", str(tmp_path / "a.wav"))
    assert result.exit_code == 0
    assert "Note: No voice can say what is in 'lo'" in result.output


def test_explain_gives_voices_and_figures():
    found = json.loads(run("explain", "ancient stone giant", "--json").stdout)
    assert found["targets"]["f3"] < 2500
    assert sum(weight for _, weight in found["voice"]["mix"]) == pytest.approx(1, abs=0.01)
    assert "Hz" in run("explain", "ancient stone giant").stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("audition", "nobody"), 2, "Unknown espeak voice 'nobody'"),
        (("audition", "f3", "--preset", "dragon"), 2, "Unknown voice preset"),
        (("audition", "f3", "--text", ""), 2, "no text"),
        (("list", "--engine", "festival"), 2, "Unknown voice engine"),
        (("explain", ""), 2, "concept"),
    ],
)
def test_mistakes_are_one_sentence(words, code, message):
    result = run(*words)
    assert result.exit_code == code
    assert message in " ".join(result.stderr.split())


@pytest.mark.slow
def test_measuring_again_finds_what_is_shipped(monkeypatch, tmp_path):
    shipped = {card["name"]: card for card in json.loads(run("list", "--json").stdout)}
    monkeypatch.setenv("CHATANYTHING_CACHE", str(tmp_path))
    assert run("measure", "--json").exit_code == 0
    own = {card["name"]: card for card in json.loads(run("list", "--json").stdout)}
    assert own.keys() == shipped.keys()
    for name in ("default", "f3", "m3"):
        assert own[name]["f0"] == pytest.approx(shipped[name]["f0"], rel=0.02)


def test_a_broken_bank_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("CHATANYTHING_CACHE", str(tmp_path))
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "espeak.json").write_text("{}")
    result = run("list")
    assert result.exit_code == 2
    assert "cannot be read" in " ".join(result.stderr.split())
