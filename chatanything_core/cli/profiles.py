"""`chatanything profiles`: which language models may be asked; no file holds a secret."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from ..errors import ChatAnythingError, InputError
from .output import Json, printed, reported, screen, show_json

if TYPE_CHECKING:
    from ..llm.servers.probe import Abilities

profiles = typer.Typer(
    help="Language models by name. A key stays in its environment variable or the keyring.",
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(help="What nodes and commands call it.")]
Address = Annotated[str, typer.Option(help="Base URL, such as http://localhost:11434/v1 (Ollama).")]
KeyVariable = Annotated[
    str, typer.Option(help="Name of the environment variable that holds the key.")
]
Keyring = Annotated[
    bool, typer.Option("--keyring", help="Ask for the key and keep it in the system keyring.")
]
Window = Annotated[
    int, typer.Option(help="Tokens that fit into the model at once (its context window).")
]
EffortLevel = Annotated[
    str,
    typer.Option(
        help="How long a reasoning model thinks: none, minimal, low, medium or high; default: as "
        "the server has it."
    ),
]
Probe = Annotated[
    bool, typer.Option("--probe/--no-probe", help="Ask it two short questions at once.")
]


@profiles.command()
@reported
def add(
    name: Name,
    address: Address,
    model: Annotated[str, typer.Option(help="Name of the model on that server.")],
    key_env: KeyVariable = "",
    keyring: Keyring = False,
    window: Window = 8192,
    timeout: Annotated[float, typer.Option(help="Seconds allowed for one question.")] = 120.0,
    effort: EffortLevel = "",
    probe: Probe = True,
) -> None:
    """Add a profile, or replace the one of that name, and see what its server can do."""
    from ..llm import profiles as store

    if key_env and keyring:
        raise InputError("A key lives in one place: give either --key-env or --keyring.")
    place: store.KeyPlace = "environment" if key_env else "keyring" if keyring else "none"
    level: store.Effort = effort  # type: ignore[assignment]  # checked where it is stored
    store.add_profile(store.Profile(name, address, model, place, key_env, window, timeout, level))
    if keyring:
        stored = store.find_profile(name)
        store.store_key(stored, typer.prompt("Key", hide_input=True, err=True))
    screen.print(f"Profile {name!r} is in {store.profiles_file()}.", soft_wrap=True)
    if name == store.SPEECH_PROFILE:
        screen.print("Hear its voices with: chatanything voices list --engine openai-speech")
    elif probe:
        _show_probe(name)


def _show_probe(name: str) -> None:
    """What the server can do; that it does not answer yet is no mistake in the profile."""
    try:
        found = _probed(name)
    except ChatAnythingError as error:
        screen.print(f"[yellow]It does not answer yet.[/yellow] {printed(error)}", soft_wrap=True)
        screen.print(f"Try again with: chatanything profiles test {name!r}")
        return
    for line in (f"{found.answer!r} in {found.seconds:.1f} s", *found.sentences()):
        screen.print(f"  {printed(line)}", soft_wrap=True)
    screen.print(
        f"Talk with it: chatanything chat 'grumpy teapot' --engine openai --source {name!r}"
    )


def _probed(name: str) -> "Abilities":
    from ..llm import open_model
    from ..llm.servers.probe import probed

    return probed(open_model("openai", name))


@profiles.command()
@reported
def find(as_json: Json = False) -> None:
    """Look for language-model servers on this machine, at the ports that they usually have."""
    from ..llm.servers.loopback import PORTS, find_servers

    found = find_servers()
    if as_json:
        show_json([asdict(server) for server in found])
        return
    console = Console(highlight=False)
    for server in found:
        names = ", ".join(server.models[:8]) or "models are not listed"
        console.print(f"{server.program} at {server.address}: {names}", markup=False)
        name = server.program.split()[0].lower().replace(".", "")
        model = server.models[0] if server.models else "MODEL"
        add_it = f"chatanything profiles add {name} --address {server.address} --model {model!r}"
        console.print(f"  {add_it}", markup=False, soft_wrap=True)
    if not found:
        ports = ", ".join(f"{port} ({program})" for port, program in PORTS.items())
        console.print(f"No server answers on this machine. Asked were the ports {ports}.")


@profiles.command(name="list")
@reported
def show_all(as_json: Json = False) -> None:
    """List the profiles; keys are not among what they hold."""
    from ..llm import profiles as store

    found = list(store.profiles().values())
    for told in store.skipped_profiles():
        screen.print(f"[yellow]{printed(told)}[/yellow]", soft_wrap=True)
    if as_json:
        show_json([asdict(profile) for profile in found])
        return
    table = Table(box=None, pad_edge=False)
    for title in ("profile", "model", "address", "key", "window", "timeout", "effort"):
        table.add_column(title, overflow="fold")
    for p in found:
        key = p.variable or p.key
        table.add_row(
            p.name, printed(p.model), p.address, key, str(p.window), f"{p.timeout:g} s", p.effort
        )
    Console(highlight=False).print(
        table
        if found
        else "No profiles yet. See what runs here with: chatanything profiles find. Add a server "
        "with: chatanything profiles add"
    )


@profiles.command()
@reported
def test(name: Name, as_json: Json = False) -> None:
    """Ask the model two short questions and tell what it can do."""
    from ..llm import open_model
    from ..llm.profiles import SPEECH_PROFILE
    from ..llm.servers.probe import probed

    if name == SPEECH_PROFILE:
        raise InputError(
            f"The profile {name!r} is a speech server, which does not chat. Try it with: "
            "chatanything voices list --engine openai-speech"
        )
    model = open_model("openai", name)
    found = probed(model)
    if as_json:
        show_json({"model": model.identity, **asdict(found)})
        return
    console = Console(highlight=False)
    console.print(
        printed(f"{model.identity}: {found.answer!r} in {found.seconds:.1f} s"), soft_wrap=True
    )
    for line in found.sentences():
        console.print(f"  {printed(line)}", soft_wrap=True)


@profiles.command()
@reported
def remove(name: Name) -> None:
    """Forget a profile, and its key if that is in the keyring."""
    from ..llm.profiles import remove_profile

    remove_profile(name)
    screen.print(f"Profile {name!r} was removed.")
