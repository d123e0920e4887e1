"""The listeners. None works without a model, so that a browser may have to listen itself."""

from ..llm.profiles import TRANSCRIPTION_PROFILE, profile_names
from ..registry import Registry
from ..runtime import default_runtime
from .base import Listener
from .converted_whisper import converted_whisper

listeners: Registry[Listener] = Registry("listener")


def _server() -> Listener:
    from .server_listener import ServerListener

    return ServerListener()


def _check_server() -> None:
    if TRANSCRIPTION_PROFILE not in profile_names():
        from ..errors import InputError

        raise InputError(
            f"The 'openai-transcription' engine needs a profile called {TRANSCRIPTION_PROFILE!r}. "
            f"Add it with: chatanything profiles add {TRANSCRIPTION_PROFILE} --address "
            "http://localhost:8000/v1 --model whisper-1"
        )


listeners.add(
    "openai-transcription",
    _server,
    about="any server with /v1/audio/transcriptions: OpenAI, speaches, vLLM, whisper.cpp, LocalAI",
    check=_check_server,
)


def _faster_whisper() -> Listener:
    from .faster_whisper_listener import FasterWhisperListener

    return FasterWhisperListener()


def _whisper() -> Listener:
    from .whisper_listener import WhisperListener

    return WhisperListener()


def _check_faster_whisper() -> None:
    converted_whisper()


def _check_whisper() -> None:
    default_runtime().folders.first("whisper", "*/model.safetensors", "Whisper model")


listeners.add(
    "faster-whisper",
    _faster_whisper,
    about="Whisper weights of CTranslate2 in models/whisper, on this machine",
    package="faster-whisper",
    modules=("faster_whisper",),
    check=_check_faster_whisper,
)
listeners.add(
    "whisper",
    _whisper,
    about="Whisper weights of Transformers in models/whisper, on this machine",
    package="transformers",
    modules=("transformers", "torch"),
    check=_check_whisper,
)
