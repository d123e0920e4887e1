"""`chatanything facetime` as a process of its own."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def page_server(folder: Path, listener: int = 0) -> Iterator[str]:
    """`chatanything facetime` with a server that understands speech at the port `listener`."""
    config = folder / "config"
    config.mkdir()
    if listener:
        entry = {"name": "transcription", "address": f"http://127.0.0.1:{listener}/v1"}
        (config / "profiles.json").write_text(json.dumps([{**entry, "model": "whisper-1"}]))
    own = {"CHATANYTHING_DATA": str(folder / "data"), "CHATANYTHING_CONFIG_DIR": str(config)}
    command = [sys.executable, "-m", "chatanything_core", "facetime", "--no-browser", "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **own, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            told = ""
            for line in process.stdout:
                told += line
                if found := re.search(r"http://127.0.0.1:\d+/", line):
                    yield found[0]
                    break
            else:
                raise AssertionError(told)
        finally:
            process.kill()
