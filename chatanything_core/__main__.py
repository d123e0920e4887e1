"""The command line as a program: `python -m chatanything`, or the script `chatanything`.

Here is what a process owes its surroundings, whatever the command: streams that are closed or
cannot show a character break nothing, and a signal ends it as Ctrl-C does, with what was begun
cleaned up.
"""

import errno
import os
import signal
import sys
from types import FrameType
from typing import NoReturn, TextIO

BROKEN_PIPE = 141
FULL = 74
"""Exit codes when nobody reads the output any more (128 + SIGPIPE), and when it cannot be written
(EX_IOERR)."""
_STOPPED = 130
_UNWRITABLE = (errno.ENOSPC, errno.EIO, errno.EBADF)


def main() -> NoReturn:
    """Entry point of the `chatanything` script."""
    try:
        _listen_to_signals()
        _open_streams()
        from .cli import main as run

        run()
        code = 0
    except KeyboardInterrupt as stopped:
        code = stopped.args[0] if stopped.args else _STOPPED
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BrokenPipeError:
        code = BROKEN_PIPE
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        _forget(sys.stdout)
        sys.stderr.write(f"Error: Cannot write the output: {error.strerror}.\n")
        code = FULL
    sys.exit(_flushed(code))


def _listen_to_signals() -> None:
    """SIGTERM and SIGHUP stop a command as Ctrl-C does; a program that ignores one (nohup) goes
    on doing so."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt(128 + number)


def _open_streams() -> None:
    """Give a closed stream an end that takes everything, and let no character be an error."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _flushed(code: int) -> int:
    """The exit code, after what was printed has been written."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            _forget(stream)
            code = code or BROKEN_PIPE
        except (OSError, ValueError):
            _forget(stream)
            code = code or FULL
    return code


def _forget(stream: TextIO) -> None:
    """Point a stream elsewhere, so that Python does not fail at it again as it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    main()
