"""`chatanything profiles`: which language models may be asked; no file holds a secret."""

import time
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..errors import InputError
from .output import Json, reported, screen, show_json

profiles = typer.Typer(
    help="Language models by name. A key stays in its environment variable or the keyring.",
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(help="What nodes and commands call it.")]


@profiles.command()
@reported
def add(
    name: Name,
    address: Annotated[
        str, typer.Option(help="Base URL, such as http://localhost:11434/v1 (Ollama).")
    ],
    model: Annotated[str, typer.Option(help="Name of the model on that server.")],
    key_env: Annotated[
        str, typer.Option(help="Name of the environment variable that holds the key.")
    ] = "",
    keyring: Annotated[
        bool, typer.Option("--keyring", help="Ask for the key and keep it in the system keyring.")
    ] = False,
    window: Annotated[
        int, typer.Option(help="Tokens that fit into the model at once (its context window).")
    ] = 8192,
    timeout: Annotated[float, typer.Option(help="Seconds allowed for one question.")] = 120.0,
) -> None:
    """Add a profile, or replace the one of that name."""
    from ..llm import profiles as store

    if key_env and keyring:
        raise InputError("A key lives in one place: give either --key-env or --keyring.")
    place: store.KeyPlace = "environment" if key_env else "keyring" if keyring else "none"
    profile = store.Profile(name, address, model, place, key_env, window, timeout)
    store.add_profile(profile)
    if keyring:
        stored = store.find_profile(name)
        store.store_key(stored, typer.prompt("Key", hide_input=True, err=True))
    screen.print(f"Profile {name!r} is in {store.profiles_file()}.", soft_wrap=True)
    screen.print(f"Try it with: chatanything profiles test {name!r}")


@profiles.command(name="list")
@reported
def show_all(as_json: Json = False) -> None:
    """List the profiles; keys are not among what they hold."""
    from ..llm.profiles import profiles as stored

    found = list(stored().values())
    if as_json:
        show_json([asdict(profile) for profile in found])
        return
    table = Table(box=None, pad_edge=False)
    for title in ("profile", "model", "address", "key", "window", "timeout"):
        table.add_column(title, overflow="fold")
    for p in found:
        key = p.variable or p.key
        table.add_row(p.name, p.model, p.address, key, str(p.window), f"{p.timeout:g} s")
    Console(highlight=False).print(
        table if found else "No profiles yet. Add one with: chatanything profiles add"
    )


@profiles.command()
@reported
def test(name: Name, as_json: Json = False) -> None:
    """Ask the model one short question and report what it can do."""
    from ..llm import Message, ask, open_model
    from ..llm.probe import Probe

    model = open_model("openai", name)
    began = time.monotonic()
    answer = ask(model, (Message("user", "Say hello in three words."),), Probe, max_tokens=200)
    seconds = time.monotonic() - began
    record = {
        "model": model.identity,
        "answer": answer.value.answer,
        "seconds": round(seconds, 2),
        "notes": list(answer.notes),
    }
    if as_json:
        show_json(record)
        return
    console = Console(highlight=False)
    console.print(f"{model.identity}: {answer.value.answer!r} in {seconds:.1f} s", markup=False)
    for note in answer.notes or ("It follows a JSON schema.",):
        console.print(f"  {note}", markup=False)


@profiles.command()
@reported
def remove(name: Name) -> None:
    """Forget a profile, and its key if that is in the keyring."""
    from ..llm.profiles import remove_profile

    remove_profile(name)
    screen.print(f"Profile {name!r} was removed.")
