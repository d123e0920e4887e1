"""Play a face's motion into a video file, and handle such files."""

from .animate import (
    SIDES,
    SUBTITLES,
    Subtitles,
    animate,
    check_portrait,
    check_subtitles,
    check_suffix,
    idle,
)
from .encoder import write_video
from .files.join import join_videos
from .files.read_film import Film, read_film
from .files.save_video import SAVED, natural_suffix, save_video
from .fit_portrait import fit_portrait, portrait_size
from .formats import PRESETS, Coding, keeps_transparency
from .preview import write_preview
from .read_frames import frames_memory, read_frames
from .records import Video
from .subtitles import Cue, cues_of, to_srt, to_vtt

__all__ = [
    "PRESETS",
    "SAVED",
    "SIDES",
    "SUBTITLES",
    "Coding",
    "Cue",
    "Film",
    "Subtitles",
    "Video",
    "animate",
    "check_portrait",
    "check_subtitles",
    "check_suffix",
    "cues_of",
    "fit_portrait",
    "frames_memory",
    "idle",
    "join_videos",
    "keeps_transparency",
    "natural_suffix",
    "portrait_size",
    "read_film",
    "read_frames",
    "save_video",
    "to_srt",
    "to_vtt",
    "write_preview",
    "write_video",
]
