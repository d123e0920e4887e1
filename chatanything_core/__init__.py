"""From a concept to a persona that talks back as a video. Plain Python; knows no ComfyUI.

`create` does it all; every stage can be called by itself, and `engines` says what can be
used here. Names are loaded when they are first used, so importing this costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .character.make_character import Character, make_character, perform
    from .character.request import Request
    from .dialogue import History, Reply, Turn, chat, history_from_json, history_to_json, talkers
    from .dialogue.base import Talker
    from .diffusion import (
        Expert,
        Lora,
        Mixture,
        Painter,
        PaintJob,
        Portrait,
        Runtime,
        choose_expert,
        invert,
        matchers,
        paint,
        painters,
    )
    from .diffusion.drawings import Credit, Drawing, FaceSpot, load_drawing
    from .diffusion.sketch.drawn.paint_in_picture import paint_in_picture
    from .errors import (
        ChatAnythingError,
        EngineError,
        EngineTimeoutError,
        InputError,
        MissingDependencyError,
        MissingModelError,
        OutputError,
        UnknownEngineError,
        WorkerLostError,
    )
    from .inversion import Start
    from .landmarks import (
        Detector,
        Eye,
        Face,
        FaceGuide,
        annotators,
        detectors,
        find_face,
        load_image,
        make_guide,
    )
    from .llm import LanguageModel, models
    from .model_folders import ModelFolders
    from .persona import (
        Emotion,
        Persona,
        Provenance,
        VoiceTraits,
        persona_from_json,
        persona_to_json,
        write_persona,
        writers,
    )
    from .persona.base import Writer
    from .pipeline import Creation, create, engines
    from .registry import EngineStatus, Registry
    from .talking_head import (
        Amounts,
        EmotionChange,
        Head,
        Motion,
        PreparedPortrait,
        heads,
        plan_motion,
        plan_speech,
    )
    from .video import Coding, Video, animate, idle
    from .voice import (
        MouthTrack,
        Phone,
        Shaping,
        Speech,
        Timeline,
        Viseme,
        Voice,
        VoiceCard,
        VoiceEngine,
        Word,
        choose_voice,
        load_audio,
        save_wav,
        speak,
        timeline_of,
        voices,
    )

    __version__: str

__all__ = [
    "Amounts",
    "Character",
    "ChatAnythingError",
    "Coding",
    "Creation",
    "Credit",
    "Detector",
    "Drawing",
    "Emotion",
    "EmotionChange",
    "EngineError",
    "EngineStatus",
    "EngineTimeoutError",
    "Expert",
    "Eye",
    "Face",
    "FaceGuide",
    "FaceSpot",
    "Head",
    "History",
    "InputError",
    "LanguageModel",
    "Lora",
    "MissingDependencyError",
    "MissingModelError",
    "Mixture",
    "ModelFolders",
    "Motion",
    "MouthTrack",
    "OutputError",
    "PaintJob",
    "Painter",
    "Persona",
    "Phone",
    "Portrait",
    "PreparedPortrait",
    "Provenance",
    "Registry",
    "Reply",
    "Request",
    "Runtime",
    "Shaping",
    "Speech",
    "Start",
    "Talker",
    "Timeline",
    "Turn",
    "UnknownEngineError",
    "Video",
    "Viseme",
    "Voice",
    "VoiceCard",
    "VoiceEngine",
    "VoiceTraits",
    "Word",
    "WorkerLostError",
    "Writer",
    "__version__",
    "animate",
    "annotators",
    "chat",
    "choose_expert",
    "choose_voice",
    "create",
    "detectors",
    "engines",
    "find_face",
    "heads",
    "history_from_json",
    "history_to_json",
    "idle",
    "invert",
    "load_audio",
    "load_drawing",
    "load_image",
    "make_character",
    "make_guide",
    "matchers",
    "models",
    "paint",
    "paint_in_picture",
    "painters",
    "perform",
    "persona_from_json",
    "persona_to_json",
    "plan_motion",
    "plan_speech",
    "save_wav",
    "speak",
    "talkers",
    "timeline_of",
    "voices",
    "write_persona",
    "writers",
]

_NAMES = {
    "character.make_character": "Character make_character perform",
    "dialogue": "History Reply Turn chat history_from_json history_to_json talkers",
    "dialogue.base": "Talker",
    "diffusion": (
        "Expert Lora Mixture PaintJob Painter Portrait Runtime choose_expert invert "
        "matchers paint painters"
    ),
    "diffusion.drawings": "Credit Drawing FaceSpot load_drawing",
    "diffusion.sketch.drawn.paint_in_picture": "paint_in_picture",
    "errors": (
        "ChatAnythingError EngineError EngineTimeoutError InputError "
        "MissingDependencyError MissingModelError OutputError UnknownEngineError WorkerLostError"
    ),
    "inversion": "Start",
    "landmarks": "Detector Eye Face FaceGuide annotators detectors find_face load_image make_guide",
    "llm": "LanguageModel models",
    "model_folders": "ModelFolders",
    "persona": (
        "Emotion Persona Provenance VoiceTraits persona_from_json persona_to_json "
        "write_persona writers"
    ),
    "persona.base": "Writer",
    "pipeline": "Creation create engines",
    "registry": "EngineStatus Registry",
    "character.request": "Request",
    "talking_head": (
        "Amounts EmotionChange Head Motion PreparedPortrait heads plan_motion plan_speech"
    ),
    "video": "Coding Video animate idle",
    "voice": (
        "MouthTrack Phone Shaping Speech Timeline Viseme Voice VoiceCard VoiceEngine "
        "Word choose_voice load_audio save_wav speak timeline_of voices"
    ),
}
"""What each module gives; the same as the imports above, which only type checkers follow."""
_HOME = {name: module for module, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """A public name or a stage, imported when it is first asked for (PEP 562)."""
    if name == "__version__":
        value: Any = _version()
    elif name in _HOME:
        value = getattr(_module(_HOME[name]), name)
    elif name in _NAMES:
        value = _module(name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _module(name: str) -> Any:
    try:
        return import_module(f".{name}", __name__)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith(__name__):
            raise
        # ComfyUI has these packages already, so that pip leaves them alone there.
        raise ModuleNotFoundError(
            f"chatanything needs {error.name!r}. Install what it needs outside ComfyUI with: "
            "pip install 'chatanything[standalone]'",
            name=error.name,
        ) from error


def _version() -> str:
    """That of the installed package; where ComfyUI loads a checkout, that of its pyproject.toml."""
    from importlib.metadata import PackageNotFoundError, version
    from pathlib import Path

    if __name__ == "chatanything":
        try:
            return version(__name__)
        except PackageNotFoundError:  # a checkout that is on the path
            pass
    project = Path(__file__).parents[1] / "pyproject.toml"
    lines = project.read_text(encoding="utf-8").splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("version = "))
