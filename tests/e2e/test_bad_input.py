"""What a user is told after a mistake: one clear sentence, and the server goes on."""

import io
import wave

import numpy as np
import pytest
from PIL import Image

from tests.tools.comfyui.client import RefusedError
from tests.tools.comfyui.graphs import change, find, template

pytestmark = pytest.mark.comfyui


def complaint(server, prompt):
    """The sentence that the user reads: from validation, or from the node that stopped."""
    try:
        run = server.run(prompt)
    except RefusedError as refused:
        ((reason,),) = refused.reasons.values()
        return reason.partition(" - ")[2]
    assert run.error, "it ran"
    assert run.error["exception_type"].startswith("chatanything."), run.error["traceback"]
    return run.error["exception_message"].strip()


def is_one_sentence(text):
    return "\n" not in text and len(text) < 700 and text[-1] in ".!" and "Traceback" not in text


@pytest.fixture(scope="module")
def prompt():
    return change(template("2 The whole chain"), "Speak", text="Well?")


WRONG = {
    "empty concept": ("Persona", {"concept": ""}, "concept"),
    "long concept": ("Persona", {"concept": "tea " * 1250}, "500"),
    "emoji concept": ("Persona", {"concept": "🫖🔥"}, "letter"),
    "punctuation concept": ("Persona", {"concept": "?!…"}, "letter"),
    "unknown language": ("Persona", {"language": "klingon!"}, "klingon"),
    "unknown voice": ("VoiceMixer", {"override": "nobody"}, "nobody"),
    "bad weights": ("VoiceMixer", {"override": "f3:lots"}, "f3"),
    "unknown accent": ("VoiceMixer", {"language": "xx-XX"}, "xx-XX"),
    "nothing to say": ("Speak", {"text": " ", "persona": None}, "text"),
    "an endless speech": ("Speak", {"text": "no " * 40_000}, "characters"),
    "unknown expert": ("DiffuserMixer", {"mix": "rembrandt: 1"}, "rembrandt"),
    "bad mix": ("DiffuserMixer", {"mix": "soft 3D: -2"}, "soft 3D"),
    "odd width": ("Portrait", {"width": 515}, "8"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_values_are_explained(server, prompt, name):
    kind, values, word = WRONG[name]
    said = complaint(server, change(prompt, kind, **values))
    assert is_one_sentence(said), said
    assert word.lower() in said.lower(), said


ALONE = {
    "2 The whole chain": ("Persona", "concept", " "),
    "5 A language model writes": ("Chat", "message", ""),
}


@pytest.mark.parametrize("name", ALONE)
def test_a_wrong_text_is_told_once_and_at_its_own_input(server, name):
    kind, entry, value = ALONE[name]
    with pytest.raises(RefusedError) as refused:
        server.run(change(template(name), kind, **{entry: value}))
    (node,) = refused.value.answer["node_errors"].values()
    assert [error["extra_info"]["input_name"] for error in node["errors"]] == [entry]


def test_a_profile_of_another_machine_stops_nothing_that_needs_none(server):
    prompt = template("2 The whole chain")
    persona = find(prompt, "Persona")
    alone = {persona: change(prompt, "Persona", profile="from elsewhere")[persona]}
    alone["show"] = {"class_type": "PreviewAny", "inputs": {"source": [persona, 1]}}
    assert server.run(alone).error is None


OUT_OF_RANGE = {
    "unknown engine": ("Persona", {"engine": "oracle"}),
    "unknown speaker": ("VoiceMixer", {"engine": "parrot"}),
    "unknown painter": ("DiffuserMixer", {"engine": "brush"}),
    "unknown head": ("TalkingHead", {"engine": "puppet"}),
    "negative seed": ("Portrait", {"seed": -1}),
    "tiny portrait": ("Portrait", {"width": 8}),
    "huge portrait": ("Portrait", {"height": 40960}),
    "turned away": ("LandmarkGuidance", {"yaw": 180}),
    "strength above one": ("Inversion", {"strength": 1.5}),
    "a thousand frames a second": ("TalkingHead", {"fps": 1000}),
    "a missing persona": ("VoiceMixer", {"persona": None}),
    "a face where a voice belongs": ("Speak", {"voice": "portrait"}),
}


@pytest.mark.parametrize("name", OUT_OF_RANGE)
def test_comfyui_refuses_before_anything_runs(server, prompt, name):
    kind, values = OUT_OF_RANGE[name]
    if values.get("voice"):
        values = {"voice": [find(prompt, "Portrait"), 1]}
    with pytest.raises(RefusedError) as refused:
        server.run(change(prompt, kind, **values))
    assert find(prompt, kind) in refused.value.reasons


def picture(size, mode="RGB"):
    """A PNG of noise."""
    noise = np.random.default_rng(0).integers(0, 255, (*size, 4), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise, "RGBA").convert(mode).save(file, "PNG")
    return file.getvalue()


def with_picture(server, prompt, content, name="picture.png"):
    """The prompt with a loaded picture as the reference of its Inversion and the guide."""
    server.put(name, content)
    changed = change(prompt, "Inversion", reference=["load", 0])
    changed["load"] = {"class_type": "LoadImage", "inputs": {"image": name}}
    return changed


def test_a_picture_of_one_pixel_is_explained(server, prompt):
    said = complaint(server, with_picture(server, prompt, picture((1, 1)), "one.png"))
    assert is_one_sentence(said) and "pixel" in said, said


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "RGB"])
def test_pictures_of_any_mode_will_do(server, prompt, mode):
    changed = with_picture(server, prompt, picture((300, 200), mode), f"{mode}.png")
    assert server.run(changed).error is None


def test_a_text_file_is_no_picture(server, prompt):
    changed = with_picture(server, prompt, b"not a picture", "text.png")
    with pytest.raises(RefusedError):
        server.run(change(changed, "Inversion", strength=7.0))
    run = server.run(changed)  # ComfyUI's own LoadImage stops it, before us
    assert run.error["node_type"] == "LoadImage"


def test_a_head_takes_sixteen_bits_and_six_channels(server, prompt):
    grey = np.tile(np.linspace(0, 65535, 320).astype(np.uint16), (320, 1))
    file, sound = io.BytesIO(), io.BytesIO()
    Image.fromarray(grey).save(file, "PNG")
    with wave.open(sound, "wb") as made:
        made.setparams((6, 2, 48000, 0, "NONE", ""))
        made.writeframes(np.zeros((48000, 6), np.int16).tobytes())
    server.put("deep.png", file.getvalue())
    server.put("six.wav", sound.getvalue())
    changed = change(
        prompt, "TalkingHead", image=["load", 0], audio=["hear", 0], face=None, timeline=None
    )
    changed["load"] = {"class_type": "LoadImage", "inputs": {"image": "deep.png"}}
    changed["hear"] = {"class_type": "LoadAudio", "inputs": {"audio": "six.wav"}}
    assert server.run(changed).error is None


def test_after_all_that_it_still_works(server, prompt):
    assert server.run(prompt).error is None
