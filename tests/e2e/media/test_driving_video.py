"""A talking head as the driving video of other packs: its frames as IMAGE batches, in pieces."""

import io

import numpy as np
import pytest
from PIL import Image

from chatanything.diffusion import PaintJob, paint
from tests.e2e.media.test_any_media import HUM, OPTIONS, encoded, sound
from tests.tools.samples import plain_persona, style

pytestmark = pytest.mark.comfyui
PIECE = 5


def frames_of(server, run, node):
    """The frames that a Preview Image shows, in order, as (F, H, W, 3)."""
    files = run.outputs[node]["images"]
    return np.stack([np.asarray(Image.open(io.BytesIO(server.view(file)))) for file in files])


def test_pieces_are_the_frames_of_the_film(server):
    portrait = paint(PaintJob(plain_persona("cheerful apple"), style("soft 3D"), seed=3))
    server.put("driver.png", encoded(Image.fromarray(portrait.image)))
    server.put("hum.wav", sound(HUM))
    head = {"image": ["1", 0], "audio": ["2", 0], **OPTIONS}
    prompt = {
        "1": {"class_type": "LoadImage", "inputs": {"image": "driver.png"}},
        "2": {"class_type": "LoadAudio", "inputs": {"audio": "hum.wav"}},
        "3": {"class_type": "ChatAnythingTalkingHead", "inputs": head},
        "4": {"class_type": "GetVideoComponents", "inputs": {"video": ["3", 0]}},
        "all": {"class_type": "PreviewImage", "inputs": {"images": ["4", 0]}},
    }
    for name, first in {"first": 0, "second": PIECE}.items():
        cut = {"video": ["3", 0], "first": first, "count": PIECE, "megabytes": 100}
        prompt[f"cut {name}"] = {"class_type": "ChatAnythingVideoFrames", "inputs": cut}
        shown = {"images": [f"cut {name}", 0]}
        prompt[name] = {"class_type": "PreviewImage", "inputs": shown}
    run = server.run(prompt)
    assert run.error is None
    every, first, second = (frames_of(server, run, name) for name in ("all", "first", "second"))
    pieces = np.concatenate([first, second])
    assert len(pieces) == 2 * PIECE <= len(every)
    # Two decoders round colours by themselves.
    assert np.abs(pieces.astype(int) - every[: len(pieces)]).max() <= 4
    moved = np.ptp(every, 0).max(-1)
    x, y = (portrait.face.points[48:68].mean(0) * every.shape[2:0:-1]).astype(int)
    assert moved[y - 40 : y + 40, x - 40 : x + 40].max() > 60, "the mouth drives"
