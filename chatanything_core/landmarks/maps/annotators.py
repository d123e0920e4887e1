"""Control maps of a whole picture by the annotators of controlnet-aux; all optional."""

import pickle
import warnings
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from ...errors import EngineError, MissingModelError
from ...registry import Registry
from ...runtime import default_runtime
from ..detectors.mediapipe_files import first_line
from ..load_image import check_image

BROKEN = (RuntimeError, EOFError, KeyError, pickle.UnpicklingError)
"""What torch says of files that are not weights, or not the expected ones."""
OPENPOSE_FILES = ("body_pose_model.pth", "hand_pose_model.pth", "facenet.pth")


class Annotator(Protocol):
    """Draws a control map of a picture."""

    def annotate(self, image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Control map, RGB uint8 of the size of RGB `image`, (H, W, 3)."""
        ...


class _Auxiliary:
    """One annotator of controlnet-aux, made when it is used."""

    def __init__(self, make: Callable[[], Any], **options: Any) -> None:
        self._make = make
        self._options = options

    def annotate(self, image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        check_image(image)
        h, w = image.shape[:2]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # its imports deprecate things that are not ours
                drawn = self._make()(Image.fromarray(image), output_type="pil", **self._options)
        except (AttributeError, NameError, OSError, *BROKEN) as error:
            # mediapipe without `solutions`, or weights that are broken.
            raise EngineError(
                f"controlnet-aux could not draw this map ({first_line(error)}). "
                "`mediapipe-face` needs mediapipe 0.10.21 or earlier; other annotators need their "
                "weights, whole."
            ) from error
        return np.asarray(drawn.convert("RGB").resize((w, h), Image.Resampling.NEAREST))


def _canny() -> Annotator:
    return _Auxiliary(lambda: _package().CannyDetector())


def _lineart() -> Annotator:
    return _Auxiliary(lambda: _package().LineartStandardDetector())


def _mediapipe_face() -> Annotator:
    return _Auxiliary(lambda: _package().MediapipeFaceDetector())


def _openpose_body() -> Annotator:
    return _Auxiliary(_openpose, include_body=True, include_hand=True, include_face=True)


def _openpose() -> Any:
    folders = default_runtime().folders
    places = [folders.first("openpose", name) for name in OPENPOSE_FILES]
    if len({place.parent for place in places}) > 1:
        raise MissingModelError(
            f"OpenPose's files are in different folders: {', '.join(map(str, places))}. "
            "Put them into one folder."
        )
    return _package().OpenposeDetector.from_pretrained(str(places[0].parent))


def _package() -> Any:
    import controlnet_aux

    return controlnet_aux


annotators: Registry[Annotator] = Registry("annotator")
for _name, _factory, _about in (
    ("canny", _canny, "edges; needs no weights"),
    ("lineart", _lineart, "lines; needs no weights"),
    ("mediapipe-face", _mediapipe_face, "face contours; needs mediapipe 0.10.21 or earlier"),
    ("openpose-body", _openpose_body, "body, hands and face; its weights are for research only"),
):
    annotators.add(
        _name,
        _factory,
        about=_about,
        package="controlnet-aux",
        modules=("controlnet_aux", "torch"),
    )
