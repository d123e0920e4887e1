"""Do jobs for another process: pickles in, pickles out.

Run by its path, so that it works in a checkout, in ComfyUI and installed. It ends when its
standard input does, thus with its parent.
"""

import importlib.util
import os
import pickle
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

SCRIPT = str(Path(__file__).resolve())
PACKAGE = (__name__.rpartition(".cluster.")[0], str(Path(SCRIPT).parent.parent))
"""Name and folder of the package that this file belongs to."""

Reply = tuple[bool, Any]
"""Whether a job was done, and what its function returned, or why it was not in words."""


def answer_job(package: tuple[str, str], job: bytes) -> Reply:
    """Call a pickled function with its pickled argument.

    Errors are told as words, since those of other processes cannot all be sent.
    """
    try:
        import_package(*package)
        function, argument = pickle.loads(job)
        return True, function(argument)
    except Exception as error:  # noqa: BLE001  told to whoever gave the job
        errors = sys.modules.get(f"{package[0]}.errors")
        if errors and isinstance(error, errors.ChatAnythingError):
            return False, str(error)
        traceback.print_exc()
        return False, f"{type(error).__name__}: {error}"


def import_package(name: str, folder: str) -> None:
    """Import the package in `folder` under the name that whoever gave the job knows it by."""
    if name in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(
        name, Path(folder) / "__init__.py", submodule_search_locations=[folder]
    )
    assert spec and spec.loader
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


def answer_jobs() -> None:
    """Answer every job on standard input; Ctrl-C is the parent's to handle.

    What libraries print goes to standard error, and they find nothing to read.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    with suppress(EOFError, OSError):
        package, sys.path[:] = pickle.load(jobs)
        while True:
            pickle.dump(answer_job(package, pickle.load(jobs)), answers)
            answers.flush()


if __name__ == "__main__":
    answer_jobs()
