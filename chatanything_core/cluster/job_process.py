"""Do jobs for another process: one line of JSON in, one line of JSON out.

Run by its path with the name and the folder of the package and the function, so that it works in
a checkout, in ComfyUI and installed. Ends when its standard input does, thus with its parent.
"""

import importlib
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def load_function(package: str, folder: str, target: str) -> Callable[..., dict[str, Any]]:
    """The function `module:name` of the package in `folder`, imported under the name `package`."""
    if package not in sys.modules:
        home = Path(folder)
        spec = importlib.util.spec_from_file_location(
            package, home / "__init__.py", submodule_search_locations=[folder]
        )
        assert spec and spec.loader
        sys.modules[package] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[package])
    module, _, name = target.partition(":")
    function: Callable[..., dict[str, Any]] = getattr(
        importlib.import_module(f"{package}.{module}"), name
    )
    return function


def answer_jobs(package: str, folder: str, target: str) -> None:
    """Answer every job on standard input; what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    function = load_function(package, folder, target)
    for line in sys.stdin.buffer:
        try:
            answer: dict[str, Any] = {"done": function(**json.loads(line))}
        except Exception as error:  # noqa: BLE001  told to whoever gave the job
            answer = {"failed": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    try:
        answer_jobs(*sys.argv[1:])
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)
