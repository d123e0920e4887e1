"""Find, place, draw and judge the landmarks of faces."""

from .annotators import annotators
from .base import Detector
from .detectors import detectors, ready_detectors
from .finding import find_face
from .guide import make_guide
from .images import Picture, is_picture, load_image, opaque, read_picture
from .library import LIBRARY
from .maps import MAPS, draw_map
from .overlay import describe_face, draw_overlay
from .records import Eye, Face, FaceGuide, Origin
from .scoring import GOOD, score_face
from .serial import face_from_json, face_to_json
from .user_points import read_points
from .written_face import face_beside, read_face

__all__ = [
    "GOOD",
    "LIBRARY",
    "MAPS",
    "Detector",
    "Eye",
    "Face",
    "FaceGuide",
    "Origin",
    "Picture",
    "annotators",
    "describe_face",
    "detectors",
    "draw_map",
    "draw_overlay",
    "face_beside",
    "face_from_json",
    "face_to_json",
    "find_face",
    "is_picture",
    "load_image",
    "make_guide",
    "opaque",
    "read_face",
    "read_picture",
    "read_points",
    "ready_detectors",
    "score_face",
]
