"""Play a face's motion into a video file, and handle such files."""

from .encoder import write_video
from .formats import PRESETS, Coding
from .joining import join_videos
from .playing import SUBTITLES, animate, check_subtitles, check_suffix, idle
from .preview import write_preview
from .reading import frames_memory, read_frames
from .records import Video
from .subtitles import Cue, cues_of, to_srt, to_vtt

__all__ = [
    "PRESETS",
    "SUBTITLES",
    "Coding",
    "Cue",
    "Video",
    "animate",
    "check_subtitles",
    "check_suffix",
    "cues_of",
    "frames_memory",
    "idle",
    "join_videos",
    "read_frames",
    "to_srt",
    "to_vtt",
    "write_preview",
    "write_video",
]
