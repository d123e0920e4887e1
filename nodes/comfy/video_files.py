"""Files of videos: the one behind a VIDEO, where a new one goes, and the workflow in it."""

import json
from pathlib import Path
from typing import Any

import folder_paths
from comfy.cli_args import args
from comfy_api.v0_0_2 import InputImpl, Types

from .progress import temporary_file


def file_of(video: Any) -> Path:
    """The file behind a VIDEO; one that is in memory or cut is written to ComfyUI's temp folder."""
    if isinstance(video, InputImpl.VideoFromFile) and not _cut(video):
        source = video.get_stream_source()
        if isinstance(source, str):
            return Path(source)
    path = temporary_file(".mp4")
    video.save_to(str(path), format=Types.VideoContainer.MP4, codec=Types.VideoCodec.H264)
    return path


def _cut(video: Any) -> bool:
    """Whether it is only a part of its file, as newer versions of ComfyUI have it."""
    window = getattr(video, "get_active_trim_window", None)
    return bool(window and any(window()))


def output_file(prefix: str, suffix: str, size: tuple[int, int]) -> Path:
    """Where a video of `size` (width, height) goes: into ComfyUI's output folder under the next
    free number of `prefix`, or into its temp folder when that is empty."""
    if not prefix.strip():
        return temporary_file(suffix)
    output = folder_paths.get_output_directory()
    folder, name, number, _, _ = folder_paths.get_save_image_path(prefix, output, *size)
    return Path(folder) / f"{name}_{number:05}_{suffix}"


def workflow_texts(hidden: Any) -> dict[str, str]:
    """What makes a file open as a workflow; nothing when the user switched that off."""
    if args.disable_metadata:
        return {}
    texts = {"prompt": hidden.prompt, **(hidden.extra_pnginfo or {})}
    return {key: json.dumps(value) for key, value in texts.items() if value is not None}
