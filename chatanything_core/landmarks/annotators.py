"""Control maps of a whole picture by the annotators of controlnet-aux; all optional."""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from ..errors import EngineError
from ..registry import Registry
from .images import check_image


class Annotator(Protocol):
    """Draws a control map of a picture."""

    def annotate(self, image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Control map, RGB uint8 of the size of RGB `image`, (H, W, 3)."""
        ...


class _Auxiliary:
    """One annotator of controlnet-aux, made when it is first used."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    def annotate(self, image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        check_image(image)
        h, w = image.shape[:2]
        try:
            drawn = self._make()(Image.fromarray(image), output_type="pil")
        except (AttributeError, NameError, OSError) as error:
            # mediapipe without `solutions`, or weights that are not on this machine.
            raise EngineError(
                f"controlnet-aux could not draw this map ({error}). `mediapipe-face` needs "
                "mediapipe 0.10.21 or earlier; other annotators need their weights."
            ) from error
        return np.asarray(drawn.convert("RGB").resize((w, h), Image.Resampling.NEAREST))


def _canny() -> Annotator:
    from controlnet_aux import CannyDetector

    return _Auxiliary(CannyDetector)


def _lineart() -> Annotator:
    from controlnet_aux import LineartStandardDetector

    return _Auxiliary(LineartStandardDetector)


def _mediapipe_face() -> Annotator:
    from controlnet_aux import MediapipeFaceDetector

    return _Auxiliary(MediapipeFaceDetector)


annotators: Registry[Annotator] = Registry("annotator")
for _name, _factory, _about in (
    ("canny", _canny, "edges; needs no weights"),
    ("lineart", _lineart, "lines; needs no weights"),
    ("mediapipe-face", _mediapipe_face, "face contours; needs mediapipe 0.10.21 or earlier"),
):
    annotators.add(
        _name,
        _factory,
        about=_about,
        package="controlnet-aux",
        modules=("controlnet_aux", "torch"),
    )
