"""The Video Join node."""

from pathlib import Path
from typing import Any

from comfy_api.v0_0_2 import InputImpl, Types, io

from ..chatanything_core.video import join_videos
from .comfy.head_inputs import video_preview
from .comfy.progress import node_tick, temporary_file
from .comfy.shown import later

MOST = 8


class VideoJoin(io.ComfyNode):
    """Puts videos one after the other without encoding them again."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingVideoJoin",
            display_name="Video Join",
            category="ChatAnything/video",
            description="Joins up to eight videos into one file, packet by packet: no loss, no wait.",
            inputs=[
                io.Video.Input(
                    f"video{number}",
                    optional=number > 2,
                    tooltip=f"Part {number}; all parts need the same size, frame rate and codec.",
                )
                for number in range(1, MOST + 1)
            ],
            outputs=[io.Video.Output("VIDEO", tooltip="All parts in one file on disk.")],
            **later("concat", "concatenate", "merge"),
        )

    @classmethod
    def execute(cls, **videos: Any) -> io.NodeOutput:
        parts = [videos.get(f"video{number}") for number in range(1, MOST + 1)]
        files = [video_file(part) for part in parts if part is not None]
        return video_preview(join_videos(temporary_file(".mp4"), files, tick=node_tick()).path)


def video_file(video: Any) -> Path:
    """The file behind a VIDEO; one that lives in memory is written to ComfyUI's temp folder."""
    if isinstance(video, InputImpl.VideoFromFile):
        source = video.get_stream_source()
        if isinstance(source, str):
            return Path(source)
    path = temporary_file(".mp4")
    video.save_to(str(path), format=Types.VideoContainer.MP4, codec=Types.VideoCodec.H264)
    return path
