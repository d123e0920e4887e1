"""Everything that the first answer would have to wait for, done before it is asked for."""

from concurrent.futures import CancelledError

from ..character.make_character import Character
from ..dialogue import chat, talkers
from ..errors import ChatAnythingError
from ..llm import open_model
from ..voice import voices
from .conversation import Answering
from .speech_cache import SpeechCache
from .speech_track import speech_track

_HM = "Hm."


def warm_up(character: Character, cache: SpeechCache, answering: Answering) -> None:
    """Load what speaks, moves and answers; a language model is not asked anything.

    What is missing is told when it is needed, not here.
    """
    persona, voice = character.persona, character.voice
    try:
        voices.create(voice.engine).keep_ready()
        engine = talkers.resolve(answering.engine)
        if engine == talkers.names()[0]:
            chat(persona, _HM, engine=engine)
        else:
            open_model(engine, answering.source).keep_ready()
        if voices.create(voice.engine).quick:
            speech = cache.begin(voice, _HM, persona.emotion).result()
            speech_track(speech, 0.0)
    except (ChatAnythingError, CancelledError, RuntimeError):
        return  # RuntimeError: the program ends, and nothing more is spoken
