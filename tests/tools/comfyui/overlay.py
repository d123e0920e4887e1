"""diffusers beside ComfyUI's own environment, for the tests of the painter that needs it."""

import subprocess
import sys
from pathlib import Path

from tests.tools.comfyui.server import ROOT, pack_packages

PACKAGES = ("diffusers", "peft", "accelerate")


def diffusers_path(python: Path) -> str:
    """PYTHONPATH with our requirements and what `pip install diffusers peft` would add."""
    folder = ROOT / ".venv" / "comfyui-site" / "diffusers"
    if not (folder / ".whole").exists():
        pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
        # Without their dependencies: torch and transformers are ComfyUI's own.
        options = ["--no-deps", "--upgrade", "--disable-pip-version-check"]
        subprocess.run([*pip, *options, "--target", str(folder), *PACKAGES], check=True)
        (folder / ".whole").touch()
    return f"{pack_packages(python)}:{folder}"


def make_models(python: Path, models: Path) -> None:
    """Write the models of `native.py` with ComfyUI's own Python."""
    script = Path(__file__).with_name("native.py")
    environment = {"PYTHONPATH": diffusers_path(python), "HF_HUB_OFFLINE": "1"}
    command = [str(python), "-W", "ignore", str(script), str(models)]
    subprocess.run(command, check=True, env=environment, capture_output=True)
