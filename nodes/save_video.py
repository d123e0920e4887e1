"""The Save Talking Video node."""

from typing import Any

from comfy_api.v0_0_2 import io

from ..chatanything_core.video import PRESETS, SAVED, Coding, natural_suffix, read_film, save_video
from .comfy.head_inputs import video_preview
from .comfy.progress import node_tick
from .comfy.shown import later
from .comfy.video_files import file_of, output_file, workflow_texts
from .comfy.widgets import RARE, field_input

AUTO = "auto"


class SaveTalkingVideo(io.ComfyNode):
    """Saves a video with its transparency, subtitles and workflow."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingSaveVideo",
            display_name="Save Talking Video",
            category="ChatAnything/video",
            description="Saves a video as it is or in another format, with transparency, subtitles and "
            "workflow.",
            inputs=_inputs(),
            outputs=[
                io.Video.Output("VIDEO", tooltip="The file that was saved."),
                io.String.Output("path", tooltip="Where it is."),
            ],
            hidden=[io.Hidden.prompt, io.Hidden.extra_pnginfo],
            is_output_node=True,
            **later("save video", "export video", "webm", "prores", "gif", "alpha", "transparent"),
        )

    @classmethod
    def execute(
        cls, video: Any, filename_prefix: str, format: str = AUTO, crf: int = Coding.crf,
        preset: str = Coding.preset,
    ) -> io.NodeOutput:  # fmt: skip
        film = read_film(file_of(video))
        suffix = natural_suffix(film) if format == AUTO else f".{format}"
        path = output_file(filename_prefix.strip() or "ChatAnything", suffix, film.size)
        _, lost = save_video(
            film.path, path, tags=workflow_texts(cls.hidden), coding=Coding(crf, preset),
            tick=node_tick(),
        )  # fmt: skip
        said = [f"{path.name}, {film.size[0]} x {film.size[1]}", *(f"⚠ {note}" for note in lost)]
        return video_preview(path, *said, outputs=(str(path),))


def _inputs() -> list[io.Input]:
    return [
        io.Video.Input("video", tooltip="From Talking Head, Idle Head, Video Join or any other."),
        io.String.Input(
            "filename_prefix",
            default="video/ChatAnything",
            tooltip="Where in ComfyUI's output folder; a number is added. %date:yyyy-MM-dd%, "
            "%width%, %height% and %Node.widget% are filled in.",
        ),
        io.Combo.Input(
            "format",
            options=[AUTO, *SAVED],
            default=AUTO,
            optional=True,
            tooltip="`auto` copies what it gets without loss. webm (VP9) and mov (ProRes 4444) keep "
            "transparency; gif and webp are silent loops of half the frame rate.",
        ),
        field_input(
            "crf",
            Coding,
            "Quality of what is encoded again: lower looks better and makes larger files.",
            optional=True,
            **RARE,
        ),
        io.Combo.Input(
            "preset",
            options=list(PRESETS),
            default=Coding.preset,
            tooltip="Slower presets make smaller files.",
            optional=True,
            **RARE,
        ),
    ]
