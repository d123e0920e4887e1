"""The Video Frames node."""

from typing import Any

from comfy_api.v0_0_2 import io

from ..chatanything_core.video import read_frames
from .comfy.progress import node_tick
from .comfy.shown import later
from .comfy.tensors import from_frames
from .comfy.video_files import file_of


class VideoFrames(io.ComfyNode):
    """Gives the frames of a video as images, when they fit into memory."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingVideoFrames",
            display_name="Video Frames",
            category="ChatAnything/video",
            description="Turns a video into images. A second of 512x512 at 25 fps needs 75 MB, "
            "so the memory is worked out first and capped.",
            inputs=[
                io.Video.Input("video", tooltip="From Talking Head or any video."),
                io.Int.Input(
                    "first", default=0, min=0, max=10_000_000, tooltip="First frame, from 0."
                ),
                io.Int.Input(
                    "count",
                    default=100,
                    min=0,
                    max=100_000,
                    tooltip="Most frames to take; 0 takes all.",
                ),
                io.Int.Input(
                    "megabytes",
                    default=2000,
                    min=1,
                    max=1_000_000,
                    tooltip="Most memory to use; if more is needed, the error says how much.",
                ),
            ],
            outputs=[io.Image.Output("IMAGE", tooltip="The frames as a batch.")],
            **later("frames", "video to images"),
        )

    @classmethod
    def execute(cls, video: Any, first: int, count: int, megabytes: int) -> io.NodeOutput:
        frames = read_frames(file_of(video), first, count, megabytes=megabytes, tick=node_tick())
        return io.NodeOutput(from_frames(frames))
