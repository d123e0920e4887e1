"""A persona that has its voice and its face: made once, it speaks as often as it is asked to."""

from dataclasses import dataclass
from pathlib import Path

from . import diffusion, video, voice
from .persona import NEUTRAL, Emotion, Persona
from .progress import Watch, no_stages


@dataclass(frozen=True, eq=False)
class Character:
    """Who speaks: everything of a persona that no sentence changes."""

    persona: Persona
    voice: voice.Voice
    portrait: diffusion.Portrait
    head: str = "warp"
    """Engine of the talking head."""
    seed: int = 0


def make_character(
    who: Persona,
    *,
    voice_engine: str = "espeak",
    portrait: str = "sketch",
    head: str = "warp",
    size: int = 512,
    seed: int = 0,
    given: diffusion.Portrait | None = None,
    watch: Watch = no_stages,
) -> Character:
    """Give a persona its voice and its face.

    Args:
        portrait: the engine that paints it, `size` pixels wide and high.
        given: a portrait that the persona already has; then none is painted.

    Raises:
        InputError: an option that cannot be used.
        EngineError: an engine failed.
    """
    watch("voice")
    chosen = voice.choose_voice(who.voice, engine=voice_engine, seed=seed)
    if given is None:
        tick = watch("portrait")
        mixture = diffusion.choose_expert(who, engine=portrait, seed=seed)
        job = diffusion.PaintJob(who, mixture, width=size, height=size, seed=seed)
        given = diffusion.paint(job, tick=tick)
    return Character(who, chosen, given, head, seed)


def perform(
    actor: Character,
    text: str,
    path: Path,
    *,
    emotion: Emotion | None = None,
    watch: Watch = no_stages,
) -> tuple[voice.Speech, video.Video]:
    """Have the actor say `text`, in a video that appears at `path` when it is whole.

    Args:
        emotion: what it feels for this once, seen and heard, such as a chat reply's. None is how
            the persona is by nature, which its voice has already.

    Raises:
        InputError: a text or a path that cannot be used.
        EngineError: an engine failed.
    """
    feeling = emotion or NEUTRAL
    speech = voice.speak(actor.voice, text, emotion=feeling, tick=watch("speech"))
    made = video.animate(
        actor.portrait.image,
        actor.portrait.face,
        speech,
        path,
        head=actor.head,
        emotion=emotion or actor.persona.emotion,
        seed=actor.seed,
        tick=watch("video"),
    )
    return speech, made
