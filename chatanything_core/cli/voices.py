"""`chatanything voices list|audition|measure|explain`."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from .output import Json, Out, Seed, progress, reported, screen, show_json

if TYPE_CHECKING:
    from ..voice import Voice, VoiceCard

app = typer.Typer(
    help="Hear and measure the voices, and see how one is chosen.", no_args_is_help=True
)

Engine = Annotated[
    str, typer.Option(help="Voice engine; empty means the first of `chatanything engines`.")
]
Language = Annotated[str, typer.Option(help="Only voices of this language, such as en-GB.")]
Text = Annotated[str, typer.Option(help="What is said.")]
Preset = Annotated[str, typer.Option(help="giant, tiny, robot, ancient, ghost or helium.")]
GREETING = "Good evening. I have been waiting for you, and the water has just begun to boil."


@app.command("list")
@reported
def list_voices(engine: Engine = "", language: Language = "", as_json: Json = False) -> None:
    """Show the card of every voice of an engine."""
    from ..voice import known_voices

    cards = [
        card
        for card in known_voices(engine)
        if card.language.lower().startswith(language.lower()) or not card.language
    ]
    if as_json:
        show_json([asdict(card) for card in cards])
    else:
        Console(highlight=False).print(_table(cards))


@app.command()
@reported
def audition(
    voice: Annotated[str, typer.Argument(help="A voice, or a blend such as f3:0.7,whisper:0.3.")],
    text: Text = GREETING,
    engine: Engine = "",
    preset: Preset = "",
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Say a sentence with a voice as it is, and write it to a WAV file."""
    from ..voice import save_wav, speak, voices
    from ..voice.mixture.choose_voice import plain_voice

    speech = speak(plain_voice(voice, engine=engine, preset=preset), text)
    path = out or Path("out") / f"{voices.resolve(engine)}-{_file_name(voice)}.wav"
    save_wav(path, speech.samples, speech.rate)
    if as_json:
        seconds = round(speech.seconds, 3)
        show_json({"path": str(path), "seconds": seconds, "notes": list(speech.notes)})
    else:
        for note in speech.notes:
            screen.print(f"Note: {note}")
        screen.print(f"Wrote {path} ({speech.seconds:.1f} s).")


@app.command()
@reported
def measure(engine: Engine = "", as_json: Json = False) -> None:
    """Let every voice of an engine speak, measure it, and keep the cards for the matcher."""
    from ..voice import voices
    from ..voice.mixture.measure_voices import measure_voices
    from ..voice.voice_cards import keep_cards

    engine = voices.resolve(engine)
    speaker = voices.create(engine)
    began = time.perf_counter()
    with progress(as_json) as stage:
        cards = measure_voices(speaker, speaker.catalogue(), stage("measure"))
    path = keep_cards(engine, cards)
    seconds = time.perf_counter() - began
    if as_json:
        show_json({"path": str(path), "voices": len(cards), "seconds": round(seconds, 2)})
    else:
        screen.print(f"Measured {len(cards)} voices in {seconds:.0f} s; kept in {path}.")


@app.command()
@reported
def explain(
    concept: Annotated[str, typer.Argument(help="Anything, such as: ancient stone giant.")],
    engine: Engine = "",
    language: Language = "",
    preset: Preset = "",
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Say which voices a concept gets, and why, in words and numbers."""
    from ..persona import write_persona
    from ..voice import choose_voice
    from ..voice.mixture.targets import targets_of

    traits = write_persona(concept, language=language, seed=seed).voice
    voice = choose_voice(traits, engine=engine, seed=seed, preset=preset)
    if as_json:
        show_json({"voice": asdict(voice), "targets": asdict(targets_of(traits))})
    else:
        Console(highlight=False).print(_explained(voice))


def _table(cards: Sequence["VoiceCard"]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("voice", "speaks", "gender"):
        table.add_column(title, no_wrap=True)
    for title in ("f0 Hz", "span st", "tilt dB", "HNR dB", "F3 Hz", "syll/s"):
        table.add_column(title, justify="right", no_wrap=True)
    for card in cards:
        figures = (card.f0, card.f0_range, card.tilt, card.hnr, card.f3, card.rate)
        digits = (0, 1, 1, 1, 0, 1)
        shown = [f"{v:.{d}f}" if card.f0 else "?" for v, d in zip(figures, digits, strict=True)]
        table.add_row(card.name, card.language or "any", card.gender, *shown)
    return table


def _explained(voice: "Voice") -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, value in asdict(voice.traits).items():
        table.add_row(name, value if isinstance(value, str) else _bar(value))
    table.add_section()
    for name, weight in voice.mix:
        table.add_row(name, f"{weight:.0%}")
    for reason in voice.reasons:
        table.add_row("", reason)
    return table


def _bar(value: float) -> str:
    place = round((value + 1) * 10)
    return f"{'·' * place}●{'·' * (20 - place)} {value:+.2f}"


def _file_name(voice: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in voice)[:60].strip("-")
