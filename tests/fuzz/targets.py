"""What reads things from outside: each target takes any bytes and lets only our errors out."""

import gzip
import io
import json
import tarfile
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from chatanything.dialogue import history_from_json
from chatanything.diffusion import load_experts
from chatanything.diffusion.drawings import load_drawing
from chatanything.diffusion.icon_sets.read_icons import read_icons
from chatanything.diffusion.mixture.expert_files import BUILT_IN
from chatanything.diffusion.safetensors_header import read_header
from chatanything.diffusion.sketch.bodies.load import load_body
from chatanything.errors import ChatAnythingError
from chatanything.evaluation import folder_study
from chatanything.evaluation.measures.other_system import read_sample
from chatanything.landmarks import face_from_json, face_to_json, find_face, read_face, read_picture
from chatanything.llm.servers.profile_file import read_profiles
from chatanything.persona import persona_to_json, write_persona
from chatanything.persona.cards import card_of_persona, load_card, persona_of_card, save_card_png
from chatanything.persona.persona_files import load_persona
from chatanything.voice import Timeline, load_audio, timeline_from_json, timeline_to_json
from chatanything.voice.text.markup import parse_markup
from tests.tools.card_exports import as_json, exports, v3

Read = Callable[[bytes, Path], object]
ROOT = Path(__file__).resolve().parents[2]
DRAWINGS = ROOT / "chatanything_core/diffusion/sketch/bodies/drawings"


@dataclass(frozen=True)
class Target:
    """One reader and valid inputs of it."""

    read: Read
    """Called with the bytes and an empty folder."""
    seeds: Callable[[], list[bytes]]


def attempt(target: Target, data: bytes) -> bool:
    """Read bytes; True when they are refused. Whatever else is raised is an escape."""
    with TemporaryDirectory(prefix="fuzz-") as place:
        try:
            target.read(data, Path(place))
        except ChatAnythingError as error:
            told = str(error)
            assert told and "\n" not in told and len(told) <= 500, told
            return True
    return False


def _file(read: Callable[[Path], object], name: str) -> Read:
    def run(data: bytes, folder: Path) -> object:
        path = folder / name
        path.write_bytes(data)
        return read(path)

    return run


def _card(path: Path) -> None:
    card = load_card(path)
    persona = persona_of_card(card)
    assert persona.greeting.strip()
    card_of_persona(persona)


def _json(data: bytes) -> object:
    """JSON as a page or a node hands it over: parsed already."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _face(data: bytes, folder: Path) -> None:
    face_from_json(_json(data))  # type: ignore[arg-type]


def _points(data: bytes, folder: Path) -> None:
    read_face(data.decode("utf-8", "replace"), np.full((64, 64, 3), 128, np.uint8))


def _timeline(data: bytes, folder: Path) -> None:
    timeline_from_json(_json(data))  # type: ignore[arg-type]


def _history(data: bytes, folder: Path) -> None:
    history_from_json(data.decode("utf-8", "replace"))


def _text(data: bytes, folder: Path) -> None:
    parse_markup(data.decode("utf-8", "replace"))


def _icons(data: bytes, folder: Path) -> None:
    packed = data.startswith(b"\x1f\x8b")
    path = folder / ("icons.tgz" if packed else "icons.json")
    path.write_bytes(data)
    read_icons(path)


def _system(data: bytes, folder: Path) -> None:
    (folder / "manifest.json").write_bytes(data)
    Image.new("RGB", (64, 64)).save(folder / "1.png")
    for prompt in folder_study(folder, ("none",)).prompts[:3]:
        read_sample(folder, prompt)


def _card_seeds() -> list[bytes]:
    return [data for name, data in exports().items() if name.endswith(".json")] + [as_json(v3())]


def _packed_card_seeds() -> list[bytes]:
    packed = [data for name, data in exports().items() if not name.endswith(".json")]
    with TemporaryDirectory() as place:
        path = Path(place) / "card.png"
        card = card_of_persona(write_persona("elf"))
        save_card_png(card, np.zeros((4, 4, 3), np.uint8), path)
        return [*packed, path.read_bytes()]


def _persona_seeds() -> list[bytes]:
    plain = persona_to_json(write_persona("grumpy teapot"))
    return [json.dumps(one).encode() for one in (plain, {"persona": plain, "face": None})]


def _face_seeds() -> list[bytes]:
    face = face_to_json(find_face(np.full((96, 96, 3), 128, np.uint8), detector="none"))
    return [json.dumps(face).encode()]


def _point_seeds() -> list[bytes]:
    six = [[20, 30], [26, 30], [38, 30], [44, 30], [24, 48], [40, 48]]
    named = {
        str(n): {"x": x, "y": y} for n, (x, y) in zip((36, 39, 42, 45, 48, 54), six, strict=True)
    }
    return [json.dumps(six).encode(), json.dumps(named).encode(), *_face_seeds()]


def _timeline_seeds() -> list[bytes]:
    plain = timeline_to_json(Timeline(1.0, text="a"))
    events = {
        "phones": [["a", 0.1, 0.3, 1]],
        "words": [["a", 0.1, 0.3]],
        "visemes": [["aa", 0, 1, 1]],
    }
    return [json.dumps(one).encode() for one in (plain, plain | events)]


def _history_seeds() -> list[bytes]:
    ours = {"turns": [{"message": "a", "reply": "b", "emotion": {"name": "happy", "strength": 1}}]}
    theirs = [{"role": "user", "content": "a"}, {"role": "assistant", "content": [{"text": "b"}]}]
    lines = b'{"user_name": "a"}\n{"is_user": true, "mes": "a"}\n{"is_user": false, "mes": "b"}'
    return [json.dumps(ours).encode(), json.dumps(theirs).encode(), lines]


def _sound_seeds() -> list[bytes]:
    made = []
    for channels in (1, 2, 8):
        data = io.BytesIO()
        with wave.open(data, "wb") as file:
            file.setparams((channels, 2, 16000, 0, "NONE", ""))
            file.writeframes(bytes(range(256)) * 8 * channels)
        made.append(data.getvalue())
    return made


def _picture_seeds() -> list[bytes]:
    made, image = [], Image.radial_gradient("L").resize((48, 48)).convert("RGB")
    for form in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "DDS", "ICO", "PPM", "TGA", "AVIF"):
        data = io.BytesIO()
        try:
            image.save(data, form)
        except (KeyError, OSError, ValueError):
            continue
        made.append(data.getvalue())
    palette = io.BytesIO()
    image.quantize(8).save(palette, "PNG")
    return [*made, palette.getvalue()]


def _svg_seeds() -> list[bytes]:
    shapes = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><defs><linearGradient '
        b'id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><circle cx="50" '
        b'cy="50" r="40" fill="url(#g)"/><use href="#p"/><path id="p" d="M10 10 L90 90 Z"/></svg>'
    )
    return [shapes, gzip.compress(shapes)]


def _body_seeds() -> list[bytes]:
    return [path.read_bytes() for path in sorted(DRAWINGS.glob("*.svg"))[::90]]


def _icon_seeds() -> list[bytes]:
    icons = {"harp": {"body": '<path d="M0 0h16v16z"/>'}, "old": {"body": "<g/>", "hidden": True}}
    info = {"name": "Set", "license": {"title": "MIT", "spdx": "MIT"}, "author": {"name": "x"}}
    whole = {"prefix": "set", "info": info, "icons": icons, "width": 16, "height": 16}
    plain = json.dumps(whole | {"aliases": {"a": {"parent": "harp"}}}).encode()
    package = io.BytesIO()
    with tarfile.open(fileobj=package, mode="w:gz") as file:
        member = tarfile.TarInfo("package/icons.json")
        member.size = len(plain)
        file.addfile(member, io.BytesIO(plain))
    return [plain, package.getvalue()]


def _profile_seeds() -> list[bytes]:
    one = {"name": "a", "address": "http://localhost:11434/v1", "model": "m", "window": 8192}
    return [json.dumps([one, one | {"name": "b", "key": {"env": "KEY"}}]).encode()]


def _weights_seeds() -> list[bytes]:
    head = json.dumps({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}).encode()
    return [len(head).to_bytes(8, "little") + head + bytes(8)]


def _system_seeds() -> list[bytes]:
    corners = [[20, 30], [26, 30], [38, 30], [44, 30], [24, 48], [40, 48]]
    entry = {"prompt": "a", "category": "b", "portrait": "1.png", "guide": corners}
    return [json.dumps({"system": "x", "entries": [entry | {"seconds": {"a": 1}}]}).encode()]


TARGETS = {
    "card": Target(_file(_card, "card.json"), _card_seeds),
    "packed-card": Target(_file(_card, "card.png"), _packed_card_seeds),
    "persona": Target(_file(load_persona, "who.json"), _persona_seeds),
    "history": Target(_history, _history_seeds),
    "face": Target(_face, _face_seeds),
    "points": Target(_points, _point_seeds),
    "timeline": Target(_timeline, _timeline_seeds),
    "text": Target(
        _text, lambda: [b"Hello [pause 0.5s] *whispers* so [happy] there. 3.5 kg & <b>"]
    ),
    "experts": Target(_file(load_experts, "experts.yaml"), lambda: [BUILT_IN.read_bytes()]),
    "profiles": Target(_file(read_profiles, "profiles.json"), _profile_seeds),
    "sound": Target(_file(load_audio, "sound.wav"), _sound_seeds),
    "picture": Target(_file(read_picture, "picture.png"), _picture_seeds),
    "drawing": Target(_file(load_drawing, "drawing.svg"), _svg_seeds),
    "body": Target(_file(load_body, "body.svg"), _body_seeds),
    "icons": Target(_icons, _icon_seeds),
    "weights": Target(_file(read_header, "model.safetensors"), _weights_seeds),
    "system": Target(_system, _system_seeds),
}
