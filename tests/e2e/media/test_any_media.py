"""Pictures, masks and sounds as other nodes hand them over, and what the node says of them."""

import io
import wave

import av
import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.comfyui
T = np.arange(16000) / 16000
HUM = 0.3 * np.sin(2 * np.pi * 150 * T) * (np.sin(2 * np.pi * 3 * T) > 0)
OPTIONS = {
    "engine": "warp",
    "fps": 12,
    "emotion": "neutral",
    "strength": 1.0,
    "mouth": 1.0,
    "blink": 1.0,
    "brows": 1.0,
    "gaze": 1.0,
    "head_motion": 1.0,
    "breath": 1.0,
    "seed": 0,
    "crf": 20,
    "preset": "ultrafast",
    "subtitles": "none",
    "format": "mp4",
}


def encoded(picture):
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def rough(width, height, mode="RGB"):
    noise = np.random.default_rng(0).integers(0, 256, (9, 9, len(mode)), np.uint8)
    return Image.fromarray(noise).resize((width, height))


def sound(*channels, rate=16000):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((len(channels), 2, rate, 0, "NONE", ""))
        out.writeframes(np.round(np.stack(channels, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def silent_film():
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("mpeg4", rate=25)
        stream.width = stream.height = 64
        out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
        out.mux(stream.encode(None))
    return file.getvalue()


@pytest.fixture(scope="module")
def files(server):
    server.put("any.png", encoded(rough(300, 260)))
    clear = np.array(rough(300, 260, "RGBA"))
    clear[..., 3] = 255
    clear[:60] = 0
    server.put("clear.png", encoded(Image.fromarray(clear)))
    server.put("phone.png", encoded(rough(3024, 4032)))
    server.put("avatar.png", encoded(rough(150, 150)))
    server.put("hum.wav", sound(HUM))
    server.put("cancelled.wav", sound(HUM, -HUM))
    server.put("silent.mp4", silent_film())


def prompt(picture="any.png", audio="hum.wav", **inputs):
    return {
        "load": {"class_type": "LoadImage", "inputs": {"image": picture}},
        "hear": {"class_type": "LoadAudio", "inputs": {"audio": audio}},
        "talk": {
            "class_type": "ChatAnythingTalkingHead",
            "inputs": {"image": ["load", 0], "audio": ["hear", 0], **OPTIONS, **inputs},
        },
    }


def filmed(server, graph):
    """The film that the node shows, and what it says."""
    run = server.run(graph)
    assert not run.error, run.error
    shown = run.outputs["talk"]
    return server.view(shown["images"][0]), shown.get("text", [])


def loudness(film):
    with av.open(io.BytesIO(film)) as file:
        heard = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    return float(np.sqrt(np.mean(heard**2)))


def size(film):
    with av.open(io.BytesIO(film)) as file:
        return file.streams.video[0].width, file.streams.video[0].height


def alpha(film):
    with av.open(io.BytesIO(film)) as file:
        decoder = av.CodecContext.create("libvpx-vp9", "r")
        packets = file.demux(file.streams.video[0])
        return next(f for p in packets for f in decoder.decode(p)).to_ndarray(format="rgba")[..., 3]


def test_a_video_without_sound_says_what_to_connect(server, files):
    graph = prompt()
    graph["film"] = {"class_type": "LoadVideo", "inputs": {"file": "silent.mp4"}}
    graph["parts"] = {"class_type": "GetVideoComponents", "inputs": {"video": ["film", 0]}}
    graph["talk"]["inputs"]["audio"] = ["parts", 1]
    run = server.run(graph)
    assert run.error["exception_type"] == "chatanything.InputError"
    said = run.error["exception_message"].strip()
    assert said == "This video has no sound. Connect audio to Talking Head."


def test_no_seconds_of_audio(server, files):
    graph = prompt()
    graph["hear"] = {
        "class_type": "EmptyAudio",
        "inputs": {"duration": 0.0, "sample_rate": 44100, "channels": 2},
    }
    assert "no sound" in server.run(graph).error["exception_message"]


def test_channels_that_cancel_are_heard(server, files):
    plain, _ = filmed(server, prompt())
    film, _ = filmed(server, prompt(audio="cancelled.wav"))
    assert loudness(film) == pytest.approx(loudness(plain), rel=0.1)


def test_the_empty_mask_of_an_opaque_picture_changes_nothing(server, files):
    film, _ = filmed(server, prompt(mask=["load", 1]))
    assert size(film) == (300, 260)


def test_a_mask_of_another_size_is_scaled(server, files):
    graph = prompt(mask=["other", 1], format="webm")
    graph["other"] = {"class_type": "LoadImage", "inputs": {"image": "clear.png"}}
    graph["load"]["inputs"]["image"] = "avatar.png"
    film, _ = filmed(server, graph)
    seen = alpha(film)
    assert seen.shape == (256, 256)
    assert seen[10, 128] < 20 and seen[200, 128] > 235


def test_an_image_of_four_channels_stays_transparent(server, files):
    graph = prompt("clear.png", format="webm")
    graph["join"] = {
        "class_type": "JoinImageWithAlpha",
        "inputs": {"image": ["load", 0], "alpha": ["load", 1]},
    }
    graph["talk"]["inputs"]["image"] = ["join", 0]
    film, _ = filmed(server, graph)
    assert alpha(film)[10, 150] < 20 and alpha(film)[200, 150] > 235
    graph["talk"]["inputs"]["format"] = "mp4"
    assert size(filmed(server, graph)[0]) == (300, 260)


@pytest.mark.parametrize(
    ("picture", "was", "now"),
    [("phone.png", "3024x4032", (1440, 1920)), ("avatar.png", "150x150", (256, 256))],
)
def test_any_size_is_scaled_and_said(server, files, picture, was, now):
    film, said = filmed(server, prompt(picture))
    assert size(film) == now
    assert f"The picture was scaled from {was} to {now[0]}x{now[1]} pixels." in said


def test_a_batch_says_that_its_first_picture_talks(server, files):
    graph = prompt()
    graph["more"] = {"class_type": "LoadImage", "inputs": {"image": "clear.png"}}
    batch = {"image1": ["load", 0], "image2": ["more", 0]}
    graph["batch"] = {"class_type": "ImageBatch", "inputs": batch}
    graph["talk"]["inputs"]["image"] = ["batch", 0]
    _, said = filmed(server, graph)
    assert said[0].startswith("The first of 2 pictures talks.") and "Rebatch Images" in said[0]
    graph["each"] = {
        "class_type": "RebatchImages",
        "inputs": {"images": ["batch", 0], "batch_size": 1},
    }
    graph["talk"]["inputs"]["image"] = ["each", 0]
    run = server.run(graph)
    assert len(run.outputs["talk"]["images"]) == 2, "its advice works"


def test_a_guessed_face_is_said_on_both_nodes(server, files):
    graph = prompt()
    graph["check"] = {
        "class_type": "ChatAnythingFaceCheck",
        "inputs": {"image": ["load", 0], "detector": "none"},
    }
    graph["talk"]["inputs"]["face"] = ["check", 0]
    run = server.run(graph)
    assert not run.error, run.error
    for node in ("check", "talk"):
        (said,) = run.outputs[node]["text"]
        assert "so a face was placed by guess and the mouth may be wrong" in said


@pytest.mark.parametrize(("form", "codec"), [("webm", "vp9"), ("mov", "prores")])
def test_a_transparent_video_is_saved_as_it_is(server, files, form, codec):
    prefix = f"talks/{form}"
    graph = prompt("clear.png", mask=["load", 1], format=form, filename_prefix=prefix)
    run = server.run(graph)
    assert not run.error, run.error
    (shown,) = run.outputs["talk"]["images"]
    assert (shown["subfolder"], shown["type"]) == ("talks", "output")
    assert shown["filename"] == f"{form}_00001_.{form}"
    with av.open(io.BytesIO(server.view(shown))) as file:
        stream = file.streams.video[0]
        assert stream.codec_context.name == codec
        clear = stream.metadata.get("alpha_mode") == "1" or "a" in stream.codec_context.pix_fmt
    assert clear
