"""A conversation at a terminal, for `chatanything chat`."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from ...atomic_write import atomic_write
from ...dialogue import (
    History,
    Reply,
    chat,
    edit_history,
    history_from_json,
    history_to_json,
    is_own_history,
)
from ...errors import ChatAnythingError, InputError
from ...persona import Persona
from ...persona.text_files import read_text
from ..output import plain, printed, screen, show
from .reply_videos import ReplyVideos

_HELP = "/memory shows what is remembered, /add FACT, /forget WORD, /back N, /quit"


@dataclass
class Conversation:
    """Who talks with whom, and what was said."""

    persona: Persona
    engine: str
    source: str
    limit: int
    seed: int
    file: Path | None
    """Where it is kept; None keeps it nowhere."""
    quiet: bool
    """True when a machine reads the result."""
    films: ReplyVideos | None = None
    """Where replies are filmed; None films nothing."""
    user: str = ""
    """The user's own name; empty when it is not known."""
    history: History = field(default_factory=History)

    def __post_init__(self) -> None:
        if self.file and self.file.is_file():
            text = read_text(self.file)
            self.history = history_from_json(text)
            if not is_own_history(text):
                self._leave_alone(self.file)

    def _leave_alone(self, file: Path) -> None:
        """Go on in a file of our own: another program still reads the old one."""
        names = (f"{file.stem}.chatanything{number}.json" for number in ("", *range(2, 1000)))
        self.file = next(path for name in names if not (path := file.with_name(name)).exists())
        screen.print(
            f"[dim]{len(self.history.turns)} turns were read; the conversation goes on in "
            f"{printed(self.file)}.[/dim]"
        )

    def listen(self) -> None:
        """Answer line after line until the end of the input."""
        if sys.stdin.isatty():
            screen.print(f"[dim]{_HELP}[/dim]")
        for line in sys.stdin:
            message = line.strip()
            if message == "/quit":
                return
            try:
                if message:
                    self._take(message)
            except ChatAnythingError as error:
                # One failed answer ends no conversation.
                screen.print(f"[red]Error:[/red] {printed(error)}", soft_wrap=True)

    def _take(self, message: str) -> None:
        command, _, rest = message.partition(" ")
        if command == "/memory":
            show("\n".join(self.history.memory) or "Nothing is remembered yet.")
        elif command == "/add":
            self._keep(edit_history(self.history, add=rest))
        elif command == "/forget":
            self._keep(edit_history(self.history, forget=rest))
        elif command == "/back":
            if not rest.isdigit():
                raise InputError("/back needs the number of turns to take back, such as /back 1.")
            self._keep(self.history.first(len(self.history.turns) - int(rest)))
        elif command.startswith("/"):
            raise InputError(f"{command} is not a command here. Commands: {_HELP}.")
        else:
            self.say(message)

    def say(self, message: str) -> None:
        """One turn; the reply is shown while it comes."""
        if not self.quiet:
            screen.print(f"[bold]{printed(self.persona.name)}:[/bold] ", end="")
        heard: list[str] = []

        def on_text(piece: str) -> None:
            heard.append(piece)
            if not self.quiet:
                sys.stdout.write(plain(piece))
                sys.stdout.flush()

        reply = chat(
            self.persona,
            message,
            self.history,
            engine=self.engine,
            source=self.source,
            limit=self.limit,
            seed=self.seed,
            user=self.user,
            on_text=on_text,
        )
        self._finish(reply, "".join(heard))
        self._keep(reply.history)
        if self.films:
            name = f"reply-{len(self.history.turns):03d}"
            self.films.film(name, reply.text, reply.emotion)

    def _finish(self, reply: Reply, heard: str) -> None:
        if self.quiet:
            return
        if heard != reply.text:
            # It was shortened, or asked for again after a first try was shown.
            sys.stdout.write(plain(f"\n{reply.text}" if heard else reply.text))
        sys.stdout.write("\n")
        sys.stdout.flush()
        screen.print(f"[dim]({reply.emotion.name} {reply.emotion.strength:.1f})[/dim]")
        for note in reply.notes:
            screen.print(f"[dim]{printed(note)}[/dim]")

    def greet(self) -> None:
        """What it says without being asked."""
        if not self.quiet:
            screen.print(f"[bold]{printed(self.persona.name)}:[/bold] ", end="")
            show(self.persona.greeting)
        if self.films:
            self.films.film("greeting", self.persona.greeting)

    def _keep(self, history: History) -> None:
        self.history = history
        if self.file:
            with atomic_write(self.file) as part:
                part.write_text(history_to_json(history) + "\n", encoding="utf-8")
