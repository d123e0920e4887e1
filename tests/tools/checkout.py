"""A Python of its own in which `chatanything` is this checkout."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def run_python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run code in `folder`; every warning is an error."""
    environment = {**os.environ, "PYTHONPATH": str(TESTS), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import conftest\n{code}"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
