"""Read pipelines and ControlNets from disk, offline and from safetensors only."""

import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import diffusers
import torch
from diffusers import AutoencoderKL, AutoencoderTiny, ControlNetModel
from transformers import CLIPTextConfig, CLIPTokenizer

from ...errors import EngineError, InputError, MissingModelError
from ...model_folders import ModelFolders
from ..families import FAMILIES, Networks, family_of, find_family
from ..families.base import Shapes
from ..mixture.model_parts import find_part, find_source
from ..records import Expert
from ..safetensors_header import read_header, refuse_pickle, text_width
from .silence_libraries import silenced


def networks_of(expert: Expert) -> Networks:
    """What an expert's family is made of.

    Raises:
        InputError: an unknown family, or one whose models this painter does not know.
    """
    family = find_family(expert.family)
    if family.networks is None:
        raise InputError(
            f"Expert {expert.name!r} is of the family {family.name!r}, whose models this painter "
            "cannot load. In ComfyUI wire it into Expert Loader and Animatable Portrait, or choose "
            "an SD1.5 or SDXL expert."
        )
    return family.networks


def pipeline_class(networks: Networks) -> Any:
    """The class in diffusers that runs the models of a family."""
    return getattr(diffusers, networks.pipeline)


def stamp(path: Path | str) -> Hashable:
    """Name and age of a file or folder, so that a replaced file is read again."""
    if isinstance(path, str):
        return path
    files = sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else [path]
    ages = ((file.name, (s := file.stat()).st_mtime_ns, s.st_size) for file in files)
    return str(path.resolve()), *ages


def load_pipeline(expert: Expert, folders: ModelFolders, dtype: torch.dtype) -> Any:
    """The pipeline of an expert on the CPU, without its LoRAs.

    Raises:
        MissingModelError: it or its CLIP vocabulary is missing.
        InputError: a pickle, a broken file, or a model of another family.
    """
    source = find_source(expert, folders)
    with silenced():
        parts = _vae(expert, folders, dtype)
        if isinstance(source, str):
            pipe = _from_hub(expert, source, dtype, parts)
        elif source.is_dir():
            pipe = _from_folder(expert, source, dtype, parts)
        else:
            pipe = _from_file(expert, source, folders, dtype, parts)
    pipe.set_progress_bar_config(disable=True)
    for part in pipe.components.values():
        if isinstance(part, torch.nn.Module):
            _own(part)
    return pipe


def _own(module: torch.nn.Module) -> torch.nn.Module:
    """Copy weights out of the mapped file.

    A file that is replaced while it is mapped would take the process down; and where a tensor lies
    in its file decides its alignment, which decides the last bit of a sum.
    """
    for parameter in module.parameters():
        parameter.data = parameter.data.clone()
    return module


def _from_file(
    expert: Expert, path: Path, folders: ModelFolders, dtype: torch.dtype, parts: dict[str, Any]
) -> Any:
    shapes = read_header(path).shapes
    config = _config(expert)
    if not (config / "model_index.json").is_file():
        raise InputError(
            f"Expert {expert.name!r}: its config folder {config} has no model_index.json."
        )
    if not expert.config:
        _is_of_its_family(expert, path, shapes)
    networks = networks_of(expert)
    try:
        parts |= tokenizers(networks, config, folders)
        return pipeline_class(networks).from_single_file(
            str(path), config=str(config), local_files_only=True, dtype=dtype, **parts
        )
    except (ValueError, OSError, KeyError, RuntimeError) as error:
        raise EngineError(
            f"diffusers cannot read {path} as {expert.family}: {error}. A checkpoint without text "
            "encoder or VAE cannot be used alone; choose a full one."
        ) from error


def _config(expert: Expert) -> Path:
    """The config files of an expert in one file, its own or those of its family."""
    own = Path(expert.config).expanduser() if expert.config else networks_of(expert).config
    if own is None:
        raise InputError(
            f"Expert {expert.name!r} is one file, and the family {expert.family!r} comes without "
            "diffusers' config files. Name a folder with them as the expert's `config`."
        )
    return own


def _is_of_its_family(expert: Expert, path: Path, shapes: Shapes) -> None:
    found = family_of(shapes)
    if found is None:
        known = ", ".join(family.title for family in FAMILIES.values() if family.networks)
        raise InputError(
            f"Expert {expert.name!r} says that {path} is {expert.family}, but its tensors are of no "
            f"family known here ({known}). Choose another file; a model of one of these in an "
            "unusual size needs a folder of config files as the expert's `config`."
        )
    if found.name != expert.family:
        raise InputError(
            f"Expert {expert.name!r} says that {path} is {expert.family}, but it is {found.name}. "
            "Correct the expert's family."
        )


def _from_folder(expert: Expert, path: Path, dtype: torch.dtype, parts: dict[str, Any]) -> Any:
    index = path / "model_index.json"
    if not index.is_file():
        raise InputError(f"{path} is not a diffusers folder: it has no model_index.json.")
    kind = json.loads(index.read_text(encoding="utf-8")).get("_class_name", "")
    networks = networks_of(expert)
    if kind != networks.pipeline:
        raise InputError(
            f"Expert {expert.name!r} says that {path} is {expert.family}, but it is a {kind}."
        )
    weights = list(path.glob("unet/*.safetensors"))
    for pickle in path.glob("unet/*.bin") if not weights else ():
        refuse_pickle(pickle)
    for file in path.rglob("*.safetensors"):
        read_header(file)
    halves = weights and all(".fp16." in file.name for file in weights)
    return pipeline_class(networks).from_pretrained(
        str(path), variant="fp16" if halves else None, **_offline(networks, dtype), **parts
    )


def _from_hub(expert: Expert, name: str, dtype: torch.dtype, parts: dict[str, Any]) -> Any:
    networks = networks_of(expert)
    try:
        return pipeline_class(networks).from_pretrained(name, **_offline(networks, dtype), **parts)
    except OSError as error:
        raise MissingModelError(
            f"The model {name!r} of expert {expert.name!r} is not on this machine. Nothing is "
            f"downloaded unasked: fetch it once with `hf download {name}` (about "
            f"{networks.download}), or choose another expert."
        ) from error


def _offline(networks: Networks, dtype: torch.dtype) -> dict[str, Any]:
    options: dict[str, Any] = {"dtype": dtype, "use_safetensors": True, "local_files_only": True}
    return options | dict(networks.options)


def tokenizers(networks: Networks, config: Path, folders: ModelFolders) -> dict[str, Any]:
    """CLIP's tokenizers, from the config folder or from the vocabulary that ComfyUI carries."""
    own = config / "tokenizer"
    folder = own if own.is_dir() else folders.tokenizer
    if folder is None:
        raise MissingModelError(
            "A checkpoint in one file needs CLIP's vocabulary (vocab.json and merges.txt). Every "
            "ComfyUI has it in comfy/sd1_tokenizer: set COMFYUI_DIR to your ComfyUI, or "
            "CHATANYTHING_CLIP_TOKENIZER to a folder with both files."
        )
    parts = {}
    for encoder in networks.encoders:
        shape = CLIPTextConfig.from_pretrained(
            str(config / f"text_encoder{encoder.suffix}"), local_files_only=True
        )
        padding = {"pad_token": encoder.pad_token} if encoder.pad_token else {}
        parts[f"tokenizer{encoder.suffix}"] = CLIPTokenizer.from_pretrained(
            str(folder),
            model_max_length=shape.max_position_embeddings,
            local_files_only=True,
            **padding,
        )
    return parts


def _vae(expert: Expert, folders: ModelFolders, dtype: torch.dtype) -> dict[str, Any]:
    if not expert.vae:
        return {}
    path = find_part(expert, "vae", expert.vae, folders)
    if path.is_dir():
        kind = json.loads((path / "config.json").read_text(encoding="utf-8"))["_class_name"]
        tiny = kind == "AutoencoderTiny"
        reader = AutoencoderTiny if tiny else AutoencoderKL
        vae = reader.from_pretrained(
            str(path), dtype=dtype, use_safetensors=True, local_files_only=True
        )
    else:
        read_header(path)
        config = networks_of(expert).config or _config(expert)
        vae = AutoencoderKL.from_single_file(
            str(path), config=str(config), subfolder="vae", local_files_only=True, dtype=dtype
        )
    return {"vae": vae}


def load_controlnet(
    name: str, expert: Expert, folders: ModelFolders, width: int, dtype: torch.dtype
) -> Any:
    """A ControlNet on the CPU.

    Args:
        width: Width of the text features that the expert's UNet reads; the ControlNet must share it.

    Raises:
        MissingModelError: it is missing.
        InputError: a pickle, a broken file, or a ControlNet of another family.
    """
    path = find_part(expert, "controlnet", name, folders)
    if path.is_dir():
        for file in path.glob("*.safetensors"):
            read_header(file)
        net = ControlNetModel.from_pretrained(
            str(path), dtype=dtype, use_safetensors=True, local_files_only=True
        )
    else:
        found = text_width(read_header(path).shapes)
        _fits(name, expert, found, width)
        net = ControlNetModel.from_single_file(
            str(path),
            config=str(_config(expert) / "controlnet"),
            local_files_only=True,
            dtype=dtype,
        )
    _fits(name, expert, net.config.cross_attention_dim, width)
    net.controlnet_cond_embedding = _EmbeddedOnce(net.controlnet_cond_embedding)
    return _own(net)


class _EmbeddedOnce(torch.nn.Module):  # type: ignore[misc,unused-ignore]
    """A ControlNet's embedding of its map: the map of a picture stays the same at every step."""

    def __init__(self, embedding: torch.nn.Module) -> None:
        super().__init__()
        self.embedding = embedding
        self._shown: torch.Tensor | None = None
        self._seen: torch.Tensor | None = None

    def forward(self, shown: torch.Tensor) -> torch.Tensor:
        if self._seen is None or self._shown is not shown:
            self._shown, self._seen = shown, self.embedding(shown)
        return self._seen


def _fits(name: str, expert: Expert, found: int, width: int) -> None:
    if found != width:
        raise InputError(
            f"The ControlNet {name!r} was made for another family than expert {expert.name!r} "
            f"({expert.family}): it reads text features of width {found}, the model has {width}."
        )
