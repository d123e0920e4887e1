"""Where model files lie. The folders are ComfyUI's, so that no file has to be kept twice.

`CHATANYTHING_MODELS` names folders of the user's own, separated like PATH. Each is laid out as
ComfyUI's `models`: `checkpoints/`, `loras/`, `mediapipe/`, `TTS/kokoro/` ... After them come
ComfyUI's own, and `models` in the user's cache.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .errors import InputError, MissingModelError
from .user_folders import cache_folder, home_folder

_LANDMARKS = ("mediapipe", "face_alignment", "openpose")
KINDS: dict[str, tuple[str, ...]] = {
    "checkpoints": ("checkpoints",),
    "diffusers": ("diffusers",),
    "diffusion_models": ("diffusion_models", "unet"),
    "loras": ("loras",),
    "controlnet": ("controlnet",),
    "vae": ("vae",),
    "embeddings": ("embeddings",),
    "text_encoders": ("text_encoders",),
    "LLM": ("LLM",),
    "liveportrait": ("liveportrait",),
    "kokoro": ("TTS/kokoro", "kokoro"),
    "piper": ("TTS/piper", "piper"),
    "whisper": ("whisper", "stt/whisper"),
    **{kind: (kind,) for kind in _LANDMARKS},
}
"""Every kind of model that a stage reads, and its folders below a models folder."""
PACK = Path(__file__).resolve().parents[1] / "models"
"""What a checkout carries, laid out as ComfyUI's `models`; an installed package has no such folder."""
_VARIABLES = ("CHATANYTHING_MODELS", "CHATANYTHING_TTS_MODELS")
"""The second is what voices were looked for in before there was one variable for all."""


@dataclass(frozen=True)
class ModelFolders:
    """Folders by kind, in order of search; and a folder with the CLIP vocabulary."""

    folders: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    """Folders of each of `KINDS`."""
    tokenizer: Path | None = None
    """Folder with `vocab.json` and `merges.txt` of CLIP; checkpoints in one file lack them."""
    own: Mapping[str, Path] = field(default_factory=dict)
    """Folder of each kind that a new file is put into."""

    def new(self, kind: str) -> Path:
        """The folder that a new file of a kind is put into.

        Raises:
            InputError: there is no folder of this kind.
        """
        places = (*filter(None, [self.own.get(kind)]), *self.folders.get(kind, ()))
        if not places:
            raise InputError(f"There is no folder for {kind!r}. Choose one of: {', '.join(KINDS)}.")
        return places[0]

    def find(self, kind: str, name: str, get: str = "") -> Path:
        """Path of the file or folder `name` of a kind; a path that exists is taken as it is.

        `get` is what the catalogue of downloads calls it, empty for what is not in there.

        Raises:
            MissingModelError: it is missing.
        """
        for path in (Path(name).expanduser(), *(f / name for f in self.folders.get(kind, ()))):
            if path.exists():
                return path
        raise MissingModelError(
            f"The model {name!r} is not among the {kind} ({self.places(kind)}). {_put(get)} it "
            "there, set CHATANYTHING_MODELS to your models folder, or choose another."
        )

    def files(self, kind: str, pattern: str) -> list[Path]:
        """Files of a kind by a glob pattern, sorted by name in each folder; of two with one
        name, the first. Downloads that were interrupted (`.part`) are none."""
        found: dict[str, Path] = {}
        for folder in self.folders.get(kind, ()):
            whole = (path for path in folder.glob(pattern) if path.suffix != ".part")
            for path in sorted(path for path in whole if path.is_file()):
                found.setdefault(path.relative_to(folder).as_posix(), path)
        return list(found.values())

    def first(self, kind: str, pattern: str, what: str = "", get: str = "") -> Path:
        """The first file of a kind by a glob pattern; `what` says in words what it is.

        `get` is what the catalogue of downloads calls it, empty for what is not in there.

        Raises:
            MissingModelError: there is none; says where to put it.
        """
        for path in self.files(kind, pattern):
            return path
        raise MissingModelError(
            f"There is no {what or pattern} in {self.places(kind)}. {_put(get)} it into one of "
            "these folders, or set CHATANYTHING_MODELS to your models folder; nothing is downloaded "
            "unasked."
        )

    def list(self, kind: str) -> list[str]:
        """Names of the safetensors of a kind, relative to their folder, sorted."""
        found = {
            path.relative_to(folder).as_posix()
            for folder in self.folders.get(kind, ())
            for path in folder.rglob("*.safetensors")
        }
        return sorted(found)

    def places(self, kind: str) -> str:
        """The folders of a kind in words."""
        return ", ".join(map(str, self.folders.get(kind, ()))) or f"models/{kind}"


def _put(get: str) -> str:
    return f"Run `chatanything models get {get}`, or put" if get else "Put"


def default_folders(comfyui: ModelFolders | None = None) -> ModelFolders:
    """The user's own folders, then ComfyUI's, those in the user's cache, and what a checkout carries.

    `comfyui` is what a running ComfyUI reports; without it, its folders are those of the
    ComfyUI at COMFYUI_DIR, else at ~/ComfyUI.

    Raises:
        InputError: this user has no home folder, and no variable names one instead.
    """
    own, cache = _named_folders(), cache_folder()
    running = comfyui.folders if comfyui else {}
    comfyui = comfyui or _comfyui()
    last = {kind: _below([cache / "models"], kind) for kind in KINDS}
    ours = {kind: tuple(filter(Path.is_dir, _below(_pack(), kind))) for kind in KINDS}
    folders = {
        kind: (*_below(own, kind), *comfyui.folders.get(kind, ()), *last[kind], *ours[kind])
        for kind in KINDS
    }
    # What is fetched goes into a ComfyUI only where that ComfyUI runs us.
    homes = {kind: (*_below(own, kind), *running.get(kind, ()), *last[kind]) for kind in KINDS}
    for kind in _LANDMARKS:  # single files may also lie in a folder itself
        folders[kind] += (*own, cache)
    folders["face_alignment"] += (_torch_hub_folder(),)
    named = os.environ.get("CHATANYTHING_CLIP_TOKENIZER")
    vocabulary = Path(named).expanduser() if named else comfyui.tokenizer
    found = vocabulary is not None and (vocabulary / "vocab.json").is_file()
    new = {kind: places[0] for kind, places in homes.items()}
    return ModelFolders(folders, vocabulary if found else None, new)


def _pack() -> list[Path]:
    return [PACK] if (PACK.parent / "chatanything_core").is_dir() else []


def _named_folders() -> list[Path]:
    named = (part for name in _VARIABLES for part in os.environ.get(name, "").split(os.pathsep))
    return [Path(part).expanduser() for part in named if part]


def _below(roots: Iterable[Path], kind: str) -> tuple[Path, ...]:
    return tuple(root / place for root in roots for place in KINDS[kind])


def _comfyui() -> ModelFolders:
    named = os.environ.get("COMFYUI_DIR")
    root = Path(named).expanduser() if named else home_folder("COMFYUI_DIR") / "ComfyUI"
    folders = {kind: _below([root / "models"], kind) for kind in KINDS}
    return ModelFolders(folders, root / "comfy" / "sd1_tokenizer")


def hub_folder(name: str) -> Path:
    """Where Hugging Face's cache keeps a model (https://huggingface.co/docs/huggingface_hub)."""
    home = os.environ.get("HF_HOME")
    named = os.environ.get("HF_HUB_CACHE")
    cache = Path(named or home or home_folder("HF_HOME") / ".cache" / "huggingface")
    return (cache if named else cache / "hub") / f"models--{name.replace('/', '--')}"


def _torch_hub_folder() -> Path:
    """Where torch hub keeps what it has (https://pytorch.org/docs/stable/hub.html)."""
    named = os.environ.get("TORCH_HOME")
    cache = os.environ.get("XDG_CACHE_HOME")
    home = Path(named or cache or home_folder("TORCH_HOME") / ".cache")
    return (home if named else home / "torch") / "hub" / "checkpoints"
