"""The Diffuser Mixer node."""

from comfy_api.v0_0_2 import io

from ..chatanything_core.diffusion import (
    WORDS,
    Expert,
    Mixture,
    choose_expert,
    find_experts,
    find_family,
    judges,
    painters,
)
from ..chatanything_core.persona import Persona
from .comfy import types
from .comfy.llm_profiles import AUTOMATIC, model_source, profile_input
from .comfy.progress import node_tick
from .comfy.runtime import model_folders
from .comfy.shown import later, mixture_lines, text_of
from .comfy.widgets import RARE, open_menu, seed_input

AUTO = "auto"
OWN = 6
"""Sockets for experts of the user's own."""


class DiffuserMixer(io.ComfyNode):
    """Chooses the experts that paint a persona."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingDiffuserMixer",
            display_name="Diffuser Mixer",
            category="ChatAnything/portrait",
            description="Chooses the model and style that suit the persona, and writes the prompt.",
            inputs=_inputs(),
            outputs=[
                types.Mixture.Output("expert", tooltip="The chosen experts with their weights."),
                io.String.Output("prompt", tooltip="The prompt in the expert's own wording."),
                io.String.Output("negative", tooltip="The expert's negative prompt."),
            ],
            **later("style", "expert", "mixture of diffusers", "prompt", keeps=True),
        )

    @classmethod
    def execute(
        cls,
        persona: Persona,
        engine: str,
        expert: str,
        mix: str,
        seed: int,
        judge: str = WORDS,
        profile: str = AUTOMATIC,
        installed: bool = False,
        **own: Mixture | None,
    ) -> io.NodeOutput:
        mixture = choose_expert(
            persona,
            engine=engine,
            seed=seed,
            override=mix or ("" if expert == AUTO else expert),
            pool=_wired(own) or find_experts(model_folders() if installed else None),
            judge=judge,
            source=model_source(profile),
            folders=model_folders(),
            tick=node_tick(),
        )
        told = text_of(*mixture_lines(mixture))
        return io.NodeOutput(mixture, mixture.prompt, mixture.negative, ui=told)


def _own(number: int) -> io.Input:
    # Plain sockets: ComfyUI 0.8's page draws no Autogrow that may stay empty.
    return types.Mixture.Input(
        f"expert_{number}",
        optional=True,
        tooltip="An expert of your own; when any is wired, only these are considered.",
    )


def _wired(own: dict[str, Mixture | None]) -> list[Expert]:
    wired = (mixture for mixture in own.values() if mixture is not None)
    return [expert for mixture in wired for expert, _ in mixture.experts]


def _inputs() -> list[io.Input]:
    return [
        types.Persona.Input("persona", tooltip="The persona to paint."),
        io.Combo.Input(
            "engine",
            options=painters.names(),
            default=painters.names()[0],
            tooltip="Who paints: `sketch` draws with no model and no GPU.",
        ),
        open_menu(
            "expert",
            [AUTO, *(expert.name for expert in find_experts())],
            "`auto` lets the persona's words decide; a name overrides them.",
            ("engine", _experts_of_engines()),
            default=AUTO,
        ),
        io.String.Input(
            "mix",
            default="",
            tooltip="Several experts with weights, such as `dreamy: 0.7, crisp: 0.3`. "
            "Overrides `expert`; leave empty for one expert.",
            **RARE,
        ),
        seed_input("Decides among experts that fit about equally well."),
        *_judges(),
        *(_own(number) for number in range(1, OWN + 1)),
    ]


def _experts_of_engines() -> dict[str, list[str]]:
    """What each engine can paint with, of the experts that are found."""
    return {
        engine: [AUTO, *(e.name for e in find_experts() if find_family(e.family).painter == engine)]
        for engine in painters.names()
    }


def _judges() -> list[io.Input]:
    """Who chooses, and among what."""
    return [
        io.Combo.Input(
            "judge",
            optional=True,
            options=judges(),
            default=WORDS,
            tooltip="Who chooses: `words` or `model2vec` compare descriptions by words or by "
            "meaning; a language model reads them.",
            **RARE,
        ),
        profile_input("judge", **RARE),
        io.Boolean.Input(
            "installed",
            optional=True,
            default=False,
            tooltip="Also choose among every checkpoint and LoRA in the model folders.",
            **RARE,
        ),
    ]
