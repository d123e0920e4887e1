"""The Video Join node."""

from typing import Any

from comfy_api.v0_0_2 import io

from ..chatanything_core.video import join_videos, natural_suffix, read_film
from .comfy.head_inputs import video_preview
from .comfy.progress import node_tick, temporary_file
from .comfy.shown import later
from .comfy.video_files import file_of

MOST = 8


class VideoJoin(io.ComfyNode):
    """Puts videos one after the other, as they are or encoded again to be alike."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingVideoJoin",
            display_name="Video Join",
            category="ChatAnything/video",
            description="Joins up to eight videos into one file: alike ones packet by packet, without "
            "loss or wait, others by encoding them again.",
            inputs=[
                *(
                    io.Video.Input(
                        f"video{number}",
                        optional=number > 2,
                        tooltip=f"Part {number}; of the same size, frame rate and codec as the "
                        "others, unless they are encoded again.",
                    )
                    for number in range(1, MOST + 1)
                ),
                io.Boolean.Input(
                    "encode",
                    default=False,
                    optional=True,
                    tooltip="Encodes all parts again, for parts that are not alike: they get the size "
                    "and frame rate of the first, with bars where their shape differs.",
                ),
            ],
            outputs=[io.Video.Output("VIDEO", tooltip="All parts in one file on disk.")],
            **later("concat", "concatenate", "merge"),
        )

    @classmethod
    def execute(cls, encode: bool = False, **videos: Any) -> io.NodeOutput:
        parts = [videos.get(f"video{number}") for number in range(1, MOST + 1)]
        files = [file_of(part) for part in parts if part is not None]
        suffix = natural_suffix(read_film(files[0])) if encode else ".mp4"
        joined = join_videos(temporary_file(suffix), files, encode=encode, tick=node_tick())
        return video_preview(joined.path)
