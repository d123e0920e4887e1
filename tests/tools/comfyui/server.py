"""A real ComfyUI on the CPU in a process of its own, with this pack as its only custom node."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from tests.tools.comfyui.client import Client

ROOT = Path(__file__).resolve().parents[3]
COMFYUI = Path(os.environ.get("COMFYUI_DIR") or Path.home() / "ComfyUI")
MISSING = f"no ComfyUI with a .venv at {COMFYUI}: set COMFYUI_DIR to one to run this"
START_SECONDS = 120


def comfyui_python() -> Path | None:
    """The Python of ComfyUI's own environment."""
    places = (COMFYUI / ".venv" / "bin" / "python", COMFYUI / ".venv" / "Scripts" / "python.exe")
    found = (path for path in places if path.exists() and (COMFYUI / "main.py").exists())
    return next(found, None)


def pack_packages(python: Path, extra: tuple[str, ...] = ()) -> Path:
    """Folder with what requirements.txt lists, `extra`, and nothing else, kept between runs.

    Beside ComfyUI's environment and without dependencies of dependencies, so that the tests
    never change the user's ComfyUI and a package missing from the list is found out.
    """
    requirements = ROOT / "requirements.txt"
    key = sha256(requirements.read_bytes() + repr(extra).encode()).hexdigest()[:12]
    folder = ROOT / ".venv" / "comfyui-site" / key
    if not (folder / ".whole").exists():
        pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
        options = ["--no-deps", "--upgrade", "--disable-pip-version-check"]
        command = [*pip, *options, "--target", str(folder), "-r", str(requirements), *extra]
        subprocess.run(command, check=True)
        (folder / ".whole").touch()
    return folder


def comfyui_environment(
    python: Path, packages: tuple[str, ...] = (), **extra: str
) -> dict[str, str]:
    """Environment variables of a ComfyUI that finds our packages and no model hub."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    site = {"PYTHONPATH": str(pack_packages(python, packages)), "HF_HUB_OFFLINE": "1"}
    return kept | site | extra


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(client: Client, process: "subprocess.Popen[bytes]") -> None:
    """Return when the server answers; fail with the end of its log when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client.get("/system_stats")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"ComfyUI did not start:\n{client.log.read_text(errors='replace')[-3000:]}")


@contextmanager
def comfyui(
    base: Path,
    name: str = "ChatAnything",
    packages: tuple[str, ...] = (),
    more: tuple[str, ...] = (),
    port: int = 0,
    **environment: str,
) -> Iterator[Client]:
    """Run a server on `base`; it may have served before. Skips without a ComfyUI.

    The pack is installed as a folder called `name`, optional `packages` beside it; `more` are
    options of ComfyUI's, and `port` 0 is any that is free.
    """
    python = comfyui_python() or pytest.skip(MISSING)
    packs = base / "custom_nodes"
    packs.mkdir(exist_ok=True)
    if not (packs / name).exists():
        (packs / name).symlink_to(ROOT, target_is_directory=True)
    port = port or free_port()
    options = ["--cpu", "--port", str(port), "--base-directory", str(base), *more]
    quiet = ["--disable-api-nodes", "--database-url", "sqlite:///:memory:"]
    settings = {"CHATANYTHING_CONFIG_DIR": str(base / "config")} | environment
    log = base / "server.log"
    with (
        log.open("wb") as sink,
        subprocess.Popen(
            [str(python), "main.py", *options, *quiet],
            cwd=COMFYUI,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env=comfyui_environment(python, packages, **settings),
        ) as process,
    ):
        client = Client(f"http://127.0.0.1:{port}", base, log, process)
        try:
            wait_until_up(client, process)
            yield client
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def kill(client: Client) -> None:
    """End a server as an empty battery would."""
    assert client.process is not None
    client.process.kill()
    client.process.wait()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The one server that all tests share; what a test leaves in it must not disturb others."""
    with comfyui(tmp_path_factory.mktemp("comfyui")) as client:
        yield client
