"""Find, place, draw and judge the landmarks of faces."""

from .animatability import FIRM, GOOD, POOR, score_face
from .base import Detector
from .detectors.mediapipe_to_68 import faces_of_meshes
from .face_json import face_from_json, face_to_json
from .face_model.covered_mouth import mouth_covered
from .face_model.face_library import LIBRARY
from .find_face import SET_BY_USER, find_face, find_faces
from .load_image import Picture, check_image, is_picture, load_image, opaque, read_picture
from .make_guide import guide_of_points, make_guide
from .maps.annotators import annotators
from .maps.control_maps import MAPS, draw_map
from .overlay import describe_face, draw_overlay
from .records import Eye, Face, FaceGuide, Origin
from .registry import detectors, ready_detectors
from .user_points import read_points
from .written_face import face_beside, read_face

__all__ = [
    "FIRM",
    "GOOD",
    "LIBRARY",
    "MAPS",
    "POOR",
    "SET_BY_USER",
    "Detector",
    "Eye",
    "Face",
    "FaceGuide",
    "Origin",
    "Picture",
    "annotators",
    "check_image",
    "describe_face",
    "detectors",
    "draw_map",
    "draw_overlay",
    "face_beside",
    "face_from_json",
    "face_to_json",
    "faces_of_meshes",
    "find_face",
    "find_faces",
    "guide_of_points",
    "is_picture",
    "load_image",
    "make_guide",
    "mouth_covered",
    "opaque",
    "read_face",
    "read_picture",
    "read_points",
    "ready_detectors",
    "score_face",
]
