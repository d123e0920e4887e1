"""The Voice Mixer node."""

from comfy_api.v0_0_2 import io, ui

from ..chatanything_core.persona import Persona
from ..chatanything_core.seeding import MAX_SEED
from ..chatanything_core.voice import (
    AUTO,
    PRESETS,
    choose_voice,
    speak,
    voices,
    with_adjustments,
)
from .comfy import types
from .comfy.progress import node_tick
from .comfy.shown import later, text_of, voice_line
from .comfy.tensors import from_samples
from .comfy.widgets import RARE, text_input

TRAITS = {
    "presentation": "Towards masculine (below 0) or feminine (above 0).",
    "age": "Towards a child (below 0) or an ancient one (above 0).",
    "pitch": "Lower or higher.",
    "pitch_range": "Towards monotone or sing-song.",
    "pace": "Slower or faster.",
    "brightness": "Darker or brighter.",
    "breathiness": "Towards pressed or whispery.",
    "roughness": "Smoother or hoarser.",
    "size": "Towards a tiny body or a giant one.",
    "energy": "Fainter or more forceful.",
    "warmth": "Colder or warmer.",
}


class VoiceMixer(io.ComfyNode):
    """Blends the voices that measure closest to a persona."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingVoiceMixer",
            display_name="Voice Mixer",
            category="ChatAnything/voice",
            description="Gives the persona a voice: the closest measured voices, blended.",
            inputs=_inputs(),
            outputs=[
                types.Voice.Output("voice", tooltip="The voice, for Speak."),
                io.Audio.Output("AUDIO", tooltip="The sample that the node plays."),
                io.String.Output("report", tooltip="Why these voices, in words and numbers."),
            ],
            is_output_node=True,  # newer pages feed the player of roots alone
            **later("tts", "text to speech", "voice", "speech", keeps=True),
        )

    @classmethod
    def execute(
        cls,
        persona: Persona,
        engine: str,
        override: str,
        preset: str,
        language: str,
        seed: int,
        audition: str,
        **sliders: float,
    ) -> io.NodeOutput:
        traits = with_adjustments(persona.voice, language=language, **sliders)
        preset = "" if preset == "none" else preset
        voice = choose_voice(traits, engine=engine, seed=seed, override=override, preset=preset)
        speech = speak(voice, audition.strip() or persona.greeting, tick=node_tick())
        audio = from_samples(speech.samples, speech.rate)
        reasons = (*voice.reasons, *speech.notes)
        told = {
            **ui.PreviewAudio(audio, cls=cls).as_dict(),
            **text_of(voice_line(voice), *reasons),
        }
        return io.NodeOutput(voice, audio, "\n".join(reasons), ui=told)


def _inputs() -> list[io.Input]:
    return [
        types.Persona.Input("persona", tooltip="The persona that speaks."),
        io.Combo.Input(
            "engine",
            options=[AUTO, *voices.names()],
            tooltip="Who synthesises the speech; auto takes the best of those that are here.",
        ),
        io.String.Input(
            "override",
            default="",
            tooltip="A voice of the engine, or a blend such as f3:0.7,whisper:0.3. "
            "When empty, the traits choose.",
            **RARE,
        ),
        io.Combo.Input(
            "preset",
            options=["none", *PRESETS],
            tooltip="A character laid over the voice.",
        ),
        io.String.Input(
            "language",
            default="",
            tooltip="Language tag such as en-GB or de. When empty, the persona's own.",
        ),
        *(_slider(name, meaning) for name, meaning in TRAITS.items()),
        io.Int.Input(
            "seed", default=0, min=0, max=MAX_SEED, tooltip="Breaks ties between voices.", **RARE
        ),
        text_input("audition", "What the sample says; when empty, the persona's greeting."),
    ]


def _slider(name: str, meaning: str) -> io.Float.Input:
    return io.Float.Input(
        name,
        default=0.0,
        min=-2.0,
        max=2.0,
        step=0.1,
        display_mode=io.NumberDisplay.slider,
        tooltip=f"{meaning} Added to the persona's own.",
        **RARE,
    )
