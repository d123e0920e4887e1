"""The Video Frames node."""

from comfy_api.v0_0_2 import io

from ..chatanything_core.video import read_frames
from .comfy.progress import node_tick
from .comfy.tensors import from_frames
from .video_join import video_file


class VideoFrames(io.ComfyNode):
    """Gives the frames of a video as images, when they fit into memory."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingVideoFrames",
            display_name="Video Frames",
            category="ChatAnything",
            description="Frames of a video as images. A second of 512x512 at 25 fps needs 75 MB, "
            "so the memory is stated first and capped.",
            inputs=[
                io.Video.Input("video", tooltip="From Talking Head or any video."),
                io.Int.Input(
                    "first", default=0, min=0, max=10_000_000, tooltip="First frame, from 0."
                ),
                io.Int.Input(
                    "count", default=100, min=0, max=100_000, tooltip="Frames at most; 0 takes all."
                ),
                io.Int.Input(
                    "megabytes",
                    default=2000,
                    min=1,
                    max=1_000_000,
                    tooltip="More memory than this is refused, with the figure.",
                ),
            ],
            outputs=[io.Image.Output("IMAGE", tooltip="The frames as a batch.")],
        )

    @classmethod
    def execute(cls, video, first, count, megabytes) -> io.NodeOutput:
        frames = read_frames(video_file(video), first, count, megabytes=megabytes, tick=node_tick())
        return io.NodeOutput(from_frames(frames))
