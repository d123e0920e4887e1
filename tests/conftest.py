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
