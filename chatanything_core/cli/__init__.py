"""The command line. One file per command; each imports what it needs when it runs."""

import typer

from .animate import animate
from .bodies import bodies
from .chat import talk
from .create import create
from .drawings import app as drawings
from .duet import duet
from .engines import engines
from .evaluate import evaluate
from .experts import app as experts
from .facetime import facetime
from .headless import batch, run
from .models import app as models
from .profiles import profiles
from .voices import app as voices

app = typer.Typer(
    help="Type any concept; get a persona that talks back as a video.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(create)
app.command()(animate)
app.command()(batch)
app.command()(run)
app.command()(engines)
app.command()(bodies)
app.command(name="chat")(talk)
app.command()(facetime)
app.command()(duet)
app.command()(evaluate)
app.add_typer(profiles, name="profiles")
app.add_typer(voices, name="voices")
app.add_typer(experts, name="experts")
app.add_typer(models, name="models")
app.add_typer(drawings, name="drawings")


def main() -> None:
    """Run one command of this process's own command line."""
    app()
