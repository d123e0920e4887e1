"""What is measured on the rendered pictures themselves, without a judge."""

import tempfile
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from chatanything.landmarks import Face
from chatanything.runtime import default_runtime
from chatanything.talking_head import Amounts, heads, plan_motion
from chatanything.video import write_video
from chatanything.voice import Speech

Pixels = npt.NDArray[np.uint8]


def changed_outside(image: Pixels, face: Face, speech: Speech, fps: float) -> int:
    """Largest change of a grey level outside the face while only the face is commanded to move."""
    still = Amounts(head=0.0, breath=0.0)
    motion = plan_motion(speech.timeline, fps=fps, seed=1, amounts=still)
    height, width = image.shape[:2]
    points = face.points * (width, height)
    low, high = points.min(0), points.max(0)
    margin = 0.35 * (high - low)
    left, top = np.maximum(low - margin, 0).astype(int)
    right, bottom = (high + margin).astype(int)
    outside = np.ones((height, width), bool)
    outside[top:bottom, left:right] = False
    worst = 0
    for frame in (
        heads.create("warp").prepare(image, face, default_runtime()).frames(motion, speech)
    ):
        if outside.any():
            worst = max(worst, int(np.abs(frame.astype(int) - image)[outside].max()))
    return worst


def swayed(image: Pixels, frames: int = 50) -> list[Pixels]:
    """The whole of RGB `image` sinking and rising by one pixel, once, exactly (by its spectrum):
    what a judge makes of a picture in which nothing else moves."""
    height = len(image)
    # Mirrored, its upper and lower rim meet without a step.
    spectrum = np.fft.fft(np.concatenate([image, image[::-1]]).astype(np.float64), axis=0)
    turns = np.fft.fftfreq(2 * height)[:, None, None]
    made = []
    for way in np.sin(np.arange(frames) / frames * 2 * np.pi):
        moved = np.fft.ifft(spectrum * np.exp(-2j * np.pi * turns * way), axis=0).real[:height]
        made.append(np.clip(moved + 0.5, 0, 255).astype(np.uint8))
    return made


def sharpness(frames: list[Pixels], image: Pixels) -> float:
    """Variance of the Laplacian over the middle three fifths of the picture, mean of all frames
    over that of the portrait."""
    height, width = image.shape[:2]
    middle = (slice(height // 5, -height // 5), slice(width // 5, -width // 5))

    def variance(frame: Pixels) -> float:
        grey = frame[middle].astype(np.float64).mean(-1)
        around = grey[1:-1, :-2] + grey[1:-1, 2:] + grey[:-2, 1:-1] + grey[2:, 1:-1]
        return float(np.var(around - 4 * grey[1:-1, 1:-1]))

    return float(np.mean([variance(frame) for frame in frames[::5]]) / variance(image))


def coded(frames: list[Pixels], speech: Speech, fps: float) -> tuple[float, float, float]:
    """What the encoder costs: PSNR in dB of the decoded against the handed-over samples (luma,
    and colour at half its resolution, as every H.264 player expects it), PSNR in dB against the
    rendered RGB, and how far in milliseconds the ends of picture and sound lie apart."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.mp4"
        write_video(
            path, iter(frames), len(frames), fps=fps, samples=speech.samples, rate=speech.rate
        )
        with av.open(str(path)) as file:
            ends: list[float] = [float(s.duration * s.time_base) for s in file.streams]  # type: ignore[operator]
            stored, seen = [], []
            for frame, rendered in zip(file.decode(video=0), frames, strict=True):
                given = av.VideoFrame.from_ndarray(rendered, format="rgb24")
                stored.append(_error(frame, given, "yuv420p"))
                seen.append(_error(frame, given, "rgb24"))
    return _decibels(stored), _decibels(seen), 1000 * (max(ends) - min(ends))


def _error(a: av.VideoFrame, b: av.VideoFrame, form: str) -> float:
    """Mean squared difference of all samples in a pixel format."""
    one, other = (frame.to_ndarray(format=form).astype(np.float64) for frame in (a, b))
    return float(np.mean((one - other) ** 2))


def _decibels(errors: list[float]) -> float:
    return float(10 * np.log10(255**2 / max(float(np.mean(errors)), 1e-9)))
