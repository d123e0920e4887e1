"""Find, place, draw and judge the landmarks of faces."""

from .finding import find_face
from .guide import make_guide
from .images import load_image
from .maps import MAPS, draw_map
from .records import Eye, Face, FaceGuide, Origin
from .serial import face_from_json, face_to_json

__all__ = [
    "MAPS",
    "Eye",
    "Face",
    "FaceGuide",
    "Origin",
    "draw_map",
    "face_from_json",
    "face_to_json",
    "find_face",
    "load_image",
    "make_guide",
]
