"""The head that suits a portrait and this machine, and why it does."""

import numpy as np
import numpy.typing as npt

from ..errors import ChatAnythingError
from ..landmarks import Face
from ..registry import is_installed
from ..runtime import Runtime, device_for
from .base import OtherHead, PreparedPortrait
from .liveportrait.unsuited_portraits import what_hinders
from .liveportrait.weight_files import find_files
from .warp import WarpHead
from .warp.warp_head import check_portrait

PACKAGES = ("torch", "safetensors")
"""What LivePortrait needs to be imported."""


class AutoHead:
    """Takes LivePortrait where it is there, quick, and suits the portrait, else the warp."""

    def prepare(
        self, image: npt.NDArray[np.uint8], face: Face, runtime: Runtime
    ) -> PreparedPortrait:
        """See `Head`; the notes of what it gives say what was chosen and why."""
        check_portrait(image)
        reason = why_not_liveportrait(image, face, runtime)
        if reason:
            ready = WarpHead().prepare(image, face, runtime)
            return OtherHead(ready, (f"`auto` chose the head `warp`: {reason}.",))
        from .liveportrait.liveportrait_head import LivePortraitHead

        ready = LivePortraitHead().prepare(image, face, runtime)
        note = "`auto` chose the head `liveportrait`: its weights and a GPU are there."
        return OtherHead(ready, (note,))


def why_not_liveportrait(image: npt.NDArray[np.uint8], face: Face, runtime: Runtime) -> str:
    """Why the warp suits better, in words; empty when LivePortrait does."""
    hindrance = what_hinders(image, face)
    if hindrance:
        return hindrance
    missing = [name for name in PACKAGES if not is_installed(name)]
    if missing:
        return f"`liveportrait` needs {' and '.join(missing)}, which are not installed"
    try:
        find_files(runtime.folders)
    except ChatAnythingError as error:
        return str(error).rstrip(".")
    if device_for(runtime).type == "cpu":
        return "there is no GPU, and `liveportrait` takes seconds a frame without one"
    return ""
