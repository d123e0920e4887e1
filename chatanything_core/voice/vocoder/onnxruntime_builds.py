"""Builds of onnxruntime overwrite one another: pip installs the CPU's over the GPU's in silence."""

from collections.abc import Collection
from importlib import metadata
from importlib.util import find_spec

from ...errors import EngineError


def installed_builds() -> frozenset[str]:
    """Distributions that hold the module `onnxruntime`, such as `onnxruntime-gpu`."""
    return frozenset(metadata.packages_distributions().get("onnxruntime", ()))


def check_builds() -> None:
    """Refuse an onnxruntime that is there in name only.

    Raises:
        EngineError: one build was installed over another, or taken away from under it.
    """
    spec = find_spec("onnxruntime")
    if spec is not None and spec.origin is None:
        raise EngineError(repair(installed_builds()))


def repair(builds: Collection[str]) -> str:
    """What mends a module that lost its files."""
    build = max(builds, key=len, default="onnxruntime")
    return (
        "onnxruntime has lost its files, as happens when one build of it is removed beside another. "
        f"Repair it with: pip install --no-deps --force-reinstall {build}"
    )


def how_to_install(package: str, builds: Collection[str]) -> str:
    """The line that installs a package that needs onnxruntime and leaves a GPU's build in place.

    >>> how_to_install("hibari-tts", {"onnxruntime-gpu"})
    'pip install --no-deps hibari-tts (pip alone would put the CPU build over your onnxruntime-gpu)'
    >>> how_to_install("hibari-tts", {"onnxruntime"})
    'pip install hibari-tts'
    """
    others = sorted(set(builds) - {"onnxruntime"})
    if not others:
        return f"pip install {package}"
    return (
        f"pip install --no-deps {package} (pip alone would put the CPU build over your {others[0]})"
    )
