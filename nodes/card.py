"""The Load and Save Character Card nodes."""

import os
from pathlib import Path
from typing import Literal, get_args

import folder_paths
import numpy as np
import numpy.typing as npt
import torch
from comfy_api.v0_0_2 import io, ui

from ..chatanything_core.errors import InputError
from ..chatanything_core.landmarks import load_image
from ..chatanything_core.persona import Persona
from ..chatanything_core.persona.cards import (
    PICTURES,
    SUFFIXES,
    card_of_persona,
    load_card,
    persona_of_card,
    save_card_png,
)
from ..chatanything_core.provenance import TRAINED, SourceType, mark_picture
from .comfy import types
from .comfy.shown import later
from .comfy.tensors import from_image, to_image
from .comfy.video_files import workflow_texts
from .comfy.widgets import RARE, mark_input


class LoadCharacterCard(io.ComfyNode):
    """Reads a persona from a character card."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingLoadCard",
            display_name="Load Character Card",
            category="ChatAnything/persona",
            description="Reads a Tavern card of version 1, 2 or 3 (PNG, JSON, CHARX and others) as a persona.",
            inputs=[
                io.Combo.Input(
                    "card",
                    options=_cards(),
                    upload=io.UploadType.image,
                    tooltip="A card in ComfyUI's input folder: PNG, JSON, CHARX, WebP or JPEG.",
                ),
                io.Int.Input(
                    "greeting",
                    default=0,
                    min=0,
                    max=999,
                    optional=True,
                    tooltip="Which greeting it says first: 0 is the card's own, from 1 on its "
                    "alternate ones.",
                ),
            ],
            outputs=[
                types.Persona.Output("persona", tooltip="The character, with its lorebook."),
                io.Image.Output(
                    "IMAGE", tooltip="The card's picture; a grey square when it has none."
                ),
                io.String.Output("greeting", tooltip="The first thing it says."),
                io.String.Output("notes", tooltip="What was read and what was guessed."),
            ],
            **later("tavern", "sillytavern", "character card", "chara"),
        )

    @classmethod
    def validate_inputs(cls, card: str) -> bool | str:
        """Files that came after the menu was made count too."""
        try:
            _contained(card)
        except InputError as error:
            return str(error)
        return True

    @classmethod
    def fingerprint_inputs(cls, card: str, greeting: int = 0) -> float:
        """A changed file is read again."""
        return os.path.getmtime(_contained(card))  # noqa: PTH204

    @classmethod
    def execute(cls, card: str, greeting: int = 0) -> io.NodeOutput:
        path = _contained(card)
        persona = persona_of_card(load_card(path), greeting=greeting)
        picture, faults = _picture(path)
        notes = "\n".join((*persona.provenance.notes, *faults))
        return io.NodeOutput(persona, from_image(picture), persona.greeting, notes)


class SaveCharacterCard(io.ComfyNode):
    """Writes a persona and its portrait as one PNG."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingSaveCard",
            display_name="Save Character Card",
            category="ChatAnything/persona",
            description="Saves one PNG that is portrait, character card (V2 and V3) and workflow at once.",
            inputs=[
                types.Persona.Input("persona", tooltip="The character."),
                io.Image.Input("image", tooltip="Its portrait."),
                io.String.Input(
                    "filename_prefix",
                    default="ChatAnything/card",
                    tooltip="Where in ComfyUI's output folder; a number is added.",
                ),
                io.String.Input(
                    "credit",
                    default="",
                    optional=True,
                    tooltip="Whose drawing the portrait shows, from Drawing; kept in the card's notes.",
                ),
                *_label_inputs(),
            ],
            outputs=[io.String.Output("path", tooltip="The file that was written.")],
            hidden=[io.Hidden.prompt, io.Hidden.extra_pnginfo],
            is_output_node=True,
            **later("tavern", "sillytavern", "character card", "chara"),
        )

    @classmethod
    def execute(
        cls, persona: Persona, image: torch.Tensor, filename_prefix: str, credit: str = "",
        made: SourceType | Literal["none"] = TRAINED, mark: bool = False,
    ) -> io.NodeOutput:  # fmt: skip
        picture = mark_picture(to_image(image)) if mark else to_image(image)
        folder, name, number, subfolder, _ = folder_paths.get_save_image_path(
            filename_prefix, folder_paths.get_output_directory(), *picture.shape[1::-1]
        )
        path = Path(folder) / f"{name}_{number:05}_.png"
        card, texts = card_of_persona(persona, credit), workflow_texts(cls.hidden)
        save_card_png(card, picture, path, texts, None if made == "none" else made)
        shown = ui.SavedResult(path.name, subfolder, io.FolderType.output)
        return io.NodeOutput(str(path), ui=ui.SavedImages([shown]))


def _label_inputs() -> list[io.Input]:
    """What the file says of how the picture was made."""
    return [
        io.Combo.Input(
            "made",
            options=[*get_args(SourceType), "none"],
            default=TRAINED,
            optional=True,
            tooltip="What the file says of how the picture was made, in the terms of the IPTC: by a "
            "trained model, by an algorithm that learned from nothing (a sketch), put together with "
            "something made; `none` for photographs and pictures by people.",
            **RARE,
        ),
        mark_input("the picture"),
    ]


def _cards() -> list[str]:
    folder = Path(folder_paths.get_input_directory())
    return sorted(path.name for path in folder.glob("*") if path.suffix.lower() in SUFFIXES)


def _contained(card: str) -> Path:
    """The card's path, which must lie in one of ComfyUI's folders."""
    path = Path(folder_paths.get_annotated_filepath(card)).resolve()
    roots = (
        folder_paths.get_input_directory(),
        folder_paths.get_output_directory(),
        folder_paths.get_temp_directory(),
    )
    if not any(path.is_relative_to(Path(root).resolve()) for root in roots):
        raise InputError(
            f"{card!r} lies outside ComfyUI's folders. Put the card into the input folder."
        )
    if not path.is_file():
        raise InputError(f"There is no card {card!r} in ComfyUI's folders. Choose another one.")
    return path


def _picture(path: Path) -> tuple[npt.NDArray[np.uint8], tuple[str, ...]]:
    """The card's picture, or a grey square and why."""
    grey = np.full((512, 512, 3), 128, np.uint8)
    if path.suffix.lower() not in PICTURES:
        return grey, ()
    try:
        return load_image(path), ()
    except InputError as error:
        # Programs put a card without a picture into one of a single pixel.
        return grey, (f"Its picture cannot be used: {error}",)
