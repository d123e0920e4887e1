"""Everything that the first answer would have to wait for, done before it is asked for."""

from concurrent.futures import CancelledError, wait

from ..dialogue import chat, talkers
from ..errors import ChatAnythingError
from ..llm import open_model
from ..llm.sentences import sentences
from ..persona import Persona, write_persona
from ..voice import Voice, choose_voice, voices
from .conversation import Answering
from .speech_cache import SpeechCache
from .speech_track import speech_track

_HM = "Hm."
_NAME = "My name is Ada."
"""A message for which the offline talker reads the phrases of every language."""
_LONG = (
    "Dr. Zabriskie poured 98.6 litres of marmalade into the old harbour, and nobody ever said why.",
    "Miss Quillfeather counted every lamp between the mill and the sea, and then she went to bed.",
)
"""As long as sentences are, with numbers, names and abbreviations. The first long sentence of each
of the speaker's threads takes three times as long as any later one: its memory is new."""


def warm_up(persona: Persona, voice: Voice, cache: SpeechCache, answering: Answering) -> None:
    """Load what speaks, moves and answers for a character; a language model is not asked anything.

    What is missing is told when it is needed, not here.
    """
    _warm(persona, voice, cache, answering, (_HM,))


def warm_up_all(cache: SpeechCache, answering: Answering) -> None:
    """The same for what all characters share, as soon as the program runs."""
    try:
        persona = write_persona(_HM)
        voice = choose_voice(persona.voice)
    except ChatAnythingError:
        return
    _warm(persona, voice, cache, answering, _LONG)


def _warm(
    persona: Persona, voice: Voice, cache: SpeechCache, answering: Answering, said: tuple[str, ...]
) -> None:
    try:
        voices.create(voice.engine).keep_ready()
        if voices.create(voice.engine).quick:
            spoken = [cache.begin(voice, text, persona.emotion) for text in said]
            wait(spoken)
            speech_track(spoken[0].result(), 0.0)
        sentences(said[0], persona.voice.language)
        engine = talkers.resolve(answering.engine)
        if engine == talkers.names()[0]:
            chat(persona, _NAME, engine=engine)
        else:
            open_model(engine, answering.source).keep_ready()
    except (ChatAnythingError, CancelledError, RuntimeError):
        return  # RuntimeError: the program ends, and nothing more is spoken
