"""A portrait as data: what is needed to draw it, made once, so that a page can play any motion."""

from .make_rig import make_rig
from .motion_rows import motion_rows
from .records import Rig
from .rig_bytes import rig_bytes
from .web_folder import web_folder

__all__ = ["Rig", "make_rig", "motion_rows", "rig_bytes", "web_folder"]
