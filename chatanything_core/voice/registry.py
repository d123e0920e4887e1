"""The voice engines; the first needs no model and no network."""

from ..registry import Registry
from ..runtime import default_runtime
from .base import VoiceEngine

voices: Registry[VoiceEngine] = Registry("voice")


def _espeak() -> VoiceEngine:
    from .engines.espeak import EspeakVoice

    return EspeakVoice()


voices.add(
    "espeak",
    _espeak,
    about="105 voices in 119 languages, blended by their parameters; offline, exact times",
    package="espeakng-loader",
    modules=("espeakng_loader",),
)


def _hibari() -> VoiceEngine:
    from .engines.hibari import HibariVoice

    return HibariVoice()


def _check_hibari() -> None:
    from .vocoder.onnxruntime_builds import check_builds

    check_builds()


def _install_hibari() -> str:
    from .vocoder.onnxruntime_builds import how_to_install, installed_builds

    return how_to_install("hibari-tts", installed_builds())


voices.add(
    "hibari",
    _hibari,
    about="one natural English voice, shaped before its sound is made; offline, exact times",
    package="hibari-tts",
    modules=("hibari", "onnxruntime"),
    check=_check_hibari,
    install=_install_hibari,
)


def _kokoro() -> VoiceEngine:
    from .engines.kokoro import KokoroVoice

    return KokoroVoice()


def _check_kokoro() -> None:
    from .engines.kokoro import find_files

    find_files()


voices.add(
    "kokoro",
    _kokoro,
    about="54 natural voices in 9 languages, blended by style vectors; local, 80 to 300 MB of files",
    package="kokoro-onnx",
    modules=("kokoro_onnx",),
    check=_check_kokoro,
)


def _openai_speech() -> VoiceEngine:
    from .engines.openai_speech import OpenAISpeechVoice

    return OpenAISpeechVoice()


def _check_speech() -> None:
    from .engines.openai_speech import check_profile

    check_profile()


voices.add(
    "openai-speech",
    _openai_speech,
    about="any /v1/audio/speech server: OpenAI, Kokoro-FastAPI, vLLM, LocalAI; needs a profile",
    check=_check_speech,
)


def _edge() -> VoiceEngine:
    from .engines.edge import EdgeVoice

    return EdgeVoice()


voices.add(
    "edge",
    _edge,
    about="Microsoft Edge's online voices; opt-in: unofficial, and the text leaves this machine",
    package="edge-tts",
    modules=("edge_tts",),
)


def _piper() -> VoiceEngine:
    from .engines.piper import PiperVoice

    return PiperVoice()


def _check_piper() -> None:
    what = "Piper voice (such as en_US-amy-medium.onnx with its .onnx.json)"
    default_runtime().folders.first("piper", "*.onnx", what)


voices.add(
    "piper",
    _piper,
    about="Piper's local voices, one small file each; GPL-3.0, which you install yourself",
    package="piper-tts",
    modules=("piper",),
    check=_check_piper,
)
