"""`chatanything experts`: the pool, its files, and why an expert is chosen."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from .output import Json, Seed, reported, show_json

app = typer.Typer(help="The experts that paint portraits.", no_args_is_help=True)

Judge = Annotated[
    str, typer.Option(help="Who compares descriptions: words (when empty) or model2vec.")
]
Engine = Annotated[
    str, typer.Option(help="Whose experts: sketch or diffusers; empty means the first.")
]


@app.command("list")
@reported
def show(as_json: Json = False) -> None:
    """List the pool: built-in, your own files, and every installed checkpoint and LoRA."""
    from ..diffusion import find_experts
    from ..runtime import default_runtime

    found = find_experts(default_runtime().folders)
    if as_json:
        show_json([asdict(expert) for expert in found])
        return
    table = Table(box=None, pad_edge=False)
    for title in ("expert", "family", "source", "what it paints well"):
        table.add_column(title, overflow="fold")
    for expert in found:
        table.add_row(expert.name, expert.family, expert.source, expert.description)
    Console(highlight=False).print(table)


@app.command()
@reported
def check(
    file: Annotated[
        Path | None, typer.Argument(help="An expert file; default: all of yours.")
    ] = None,
) -> None:
    """Check expert files: every mistake with its file, line and field, and every file that is not here."""
    from ..diffusion import load_experts, missing_parts, user_folder
    from ..errors import MissingModelError
    from ..runtime import default_runtime

    files = [file] if file else sorted(user_folder().glob("*.y*ml"))
    folders = default_runtime().folders
    for path in files:
        experts = load_experts(path)
        missing = [f"{e.name}: {part}" for e in experts for part in missing_parts(e, folders)]
        if missing:
            raise MissingModelError(f"{path}: not on this machine: {'; '.join(missing)}.")
        count = len(experts)
        typer.echo(f"{path}: {count} {'expert' if count == 1 else 'experts'}, no mistakes")
    if not files:
        typer.echo(f"There are no expert files in {user_folder()}.")


@app.command()
@reported
def explain(
    concept: Annotated[str, typer.Argument(help="Anything.")],
    engine: Engine = "",
    judge: Judge = "",
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Say which expert would paint a concept, with what prompt, and why."""
    from ..diffusion import WORDS, choose_expert, find_experts
    from ..persona import write_persona
    from ..runtime import default_runtime

    pool = find_experts(default_runtime().folders)
    persona = write_persona(concept, seed=seed)
    mixture = choose_expert(persona, engine=engine, seed=seed, pool=pool, judge=judge or WORDS)
    if as_json:
        show_json(asdict(mixture))
        return
    for expert, weight in mixture.experts:
        typer.echo(f"{expert.name} ({expert.family}) {weight:.0%}")
    for line in (*mixture.reasons, f"prompt: {mixture.prompt}", f"negative: {mixture.negative}"):
        typer.echo(line)
