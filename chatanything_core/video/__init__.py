"""Play a face's motion into a video file, and handle such files."""

from .animate import SUBTITLES, Subtitles, animate, check_portrait, check_subtitles, idle
from .encoder import write_video
from .formats import PRESETS, Coding
from .join import join_videos
from .preview import write_preview
from .read_frames import frames_memory, read_frames
from .records import Video
from .subtitles import Cue, cues_of, to_srt, to_vtt

__all__ = [
    "PRESETS",
    "SUBTITLES",
    "Coding",
    "Cue",
    "Subtitles",
    "Video",
    "animate",
    "check_portrait",
    "check_subtitles",
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
