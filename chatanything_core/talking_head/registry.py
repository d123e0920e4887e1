"""The talking heads; the first needs no model."""

from ..model_folders import default_folders
from ..registry import Registry
from .base import Head

heads: Registry[Head] = Registry("head")
"""Engines that play a motion, or a sound, on a portrait."""


def _warp() -> Head:
    from .warp import WarpHead

    return WarpHead()


heads.add("warp", _warp, about="bends the portrait by its landmarks; any face, any CPU, offline")


def _auto() -> Head:
    from .auto_head import AutoHead

    return AutoHead()


def _liveportrait() -> Head:
    from .liveportrait.liveportrait_head import LivePortraitHead

    return LivePortraitHead()


def _check_liveportrait() -> None:
    from .liveportrait.weight_files import find_files

    find_files(default_folders())


heads.add(
    "liveportrait",
    _liveportrait,
    about="moves photographs and paintings of faces by LivePortrait; needs its weights and a GPU",
    package="torch safetensors",
    modules=("torch", "safetensors"),
    check=_check_liveportrait,
)

heads.add("auto", _auto, about="takes what suits the portrait and this machine, and says why")
