"""Where model files lie. The folders are ComfyUI's, so that nobody keeps two copies."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from .errors import MissingModelError

KINDS = ("checkpoints", "diffusers", "loras", "controlnet", "vae", "embeddings", "text_encoders")
"""Names of ComfyUI's model folders that hold what the painter and the matcher read."""


@dataclass(frozen=True)
class ModelFolders:
    """Folders by kind, in order of search; and a folder with the CLIP vocabulary."""

    folders: dict[str, tuple[Path, ...]] = field(default_factory=dict)
    tokenizer: Path | None = None
    """Folder with `vocab.json` and `merges.txt` of CLIP; checkpoints in one file lack them."""

    def find(self, kind: str, name: str) -> Path:
        """Path of the file or folder `name` of a kind; a path that exists is taken as it is.

        Raises:
            MissingModelError: it is nowhere.
        """
        for path in (Path(name).expanduser(), *(f / name for f in self.folders.get(kind, ()))):
            if path.exists():
                return path
        places = ", ".join(str(f) for f in self.folders.get(kind, ())) or "no folder is known"
        raise MissingModelError(
            f"The model {name!r} is not among the {kind} ({places}). Put it there, set "
            "CHATANYTHING_MODELS to your models folder, or choose another expert."
        )

    def list(self, kind: str) -> list[str]:
        """Names of the safetensors of a kind, relative to their folder, sorted."""
        found = {
            path.relative_to(folder).as_posix()
            for folder in self.folders.get(kind, ())
            for path in folder.rglob("*.safetensors")
        }
        return sorted(found)


def default_folders() -> ModelFolders:
    """Folders below CHATANYTHING_MODELS, else those of the ComfyUI at COMFYUI_DIR or ~/ComfyUI."""
    comfyui = Path(os.environ.get("COMFYUI_DIR") or Path.home() / "ComfyUI")
    root = Path(os.environ.get("CHATANYTHING_MODELS") or comfyui / "models").expanduser()
    own = os.environ.get("CHATANYTHING_CLIP_TOKENIZER")
    vocabulary = Path(own).expanduser() if own else comfyui / "comfy" / "sd1_tokenizer"
    return ModelFolders(
        {kind: (root / kind,) for kind in KINDS},
        vocabulary if (vocabulary / "vocab.json").is_file() else None,
    )


def hub_folder(name: str) -> Path:
    """Where Hugging Face's cache keeps a model (https://huggingface.co/docs/huggingface_hub)."""
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub")
    return cache / f"models--{name.replace('/', '--')}"
