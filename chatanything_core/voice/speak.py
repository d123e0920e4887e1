"""Say a text with a chosen voice: engine, shaping, times and visemes."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ..errors import EngineError, InputError
from ..persona import NEUTRAL, Emotion
from ..progress import Tick, no_progress
from ..ranges import check_ranges
from .base import VoiceEngine
from .engines.espeak_data import espeak_data
from .records import PITCH, Speech, Timeline, Voice
from .registry import voices
from .signal.postprocess import colour, postprocess
from .text_markup import MarkedText, check_spoken_text, chunks, parse_markup, with_emotion
from .timeline import joined
from .timing.timeline_of import timeline_of
from .visemes import visemes_of

Samples = npt.NDArray[np.float32]
_BREATH = 0.25
"""Least silence between two chunks, in seconds."""
_FADE = 0.005
"""Seconds over which a chunk begins and ends, so that joints do not click."""


def speak(
    voice: Voice, text: str, *, emotion: Emotion = NEUTRAL, tick: Tick = no_progress
) -> Speech:
    """Speak `text`; the same input gives the same bytes from every embedded engine.

    Marks such as `[pause:0.5s]`, `[happy]` or `[whisper]` are obeyed; markup is not read aloud.

    Args:
        emotion: what is felt while it is said, such as a chat reply's; marks override it.

    Raises:
        InputError: no text, too much text, characters that cannot be spoken, a voice or language
            that the engine lacks, a number out of range.
        EngineError: the engine failed or took too long.
    """
    check_spoken_text(text)
    check_voice(voice)
    engine = voices.create(voice.engine)
    parts = parse_markup(text, emotion)
    pieces = list(_pieces(engine, voice, parts, tick))
    speech = colour(_join(pieces), engine.left_to_postprocess(voice))
    timeline = replace(
        speech.timeline, visemes=visemes_of(speech.timeline.phones) or speech.timeline.visemes
    )
    return replace(speech, timeline=timeline)


def check_voice(voice: Voice) -> None:
    """Raise InputError unless the voice's numbers are in range."""
    check_ranges(voice, "A voice's")
    check_ranges(voice.shaping, "A voice's shaping")
    if voice.pitch:
        PITCH.check("A voice's pitch (0 leaves its own)", voice.pitch)
    if not voice.mix:
        raise InputError("A voice's `mix` needs at least one voice of its engine.")


def _pieces(
    engine: VoiceEngine, voice: Voice, parts: list[MarkedText], tick: Tick
) -> Iterator[tuple[float, Speech]]:
    """Every chunk with the silence before it."""
    language = voice.traits.language
    todo = [
        (part, number, text)
        for part in parts
        for number, text in enumerate(chunks(part.text, engine.limit, language))
    ]
    for done, (part, number, text) in enumerate(todo):
        tick(done, len(todo))
        pause = part.pause if number == 0 else 0.0
        if not text:
            yield pause, Speech(np.zeros(0, np.float32), 0, Timeline(0.0))
            continue
        felt = with_emotion(voice, part.emotion, part.strength)
        speech = _timed(engine.speak(text, felt, tick), felt, text, tick)
        speech = postprocess(speech, engine.left_to_postprocess(felt), tick)
        level = felt.volume / voice.volume if voice.volume else 1.0
        yield pause, replace(speech, samples=speech.samples * np.float32(level))
    tick(len(todo), len(todo))


def _timed(speech: Speech, voice: Voice, text: str, tick: Tick) -> Speech:
    """With the times that the engine did not give."""
    if speech.timeline.phones:
        return speech
    language = voice.traits.language
    # A language that nothing can align is timed by its sound.
    known = text if espeak_data().speaks(language) else ""
    try:
        found = timeline_of(speech.samples, speech.rate, text=known, language=language, tick=tick)
    except InputError as error:
        raise EngineError(f"The {voice.engine} engine did not speak the text: {error}") from error
    words = speech.timeline.words or found.words
    return replace(speech, timeline=replace(found, words=words, text=text))


def _join(pieces: list[tuple[float, Speech]]) -> Speech:
    """One speech of all chunks, with silences between and soft edges."""
    rate = next(speech.rate for _, speech in pieces if speech.rate)
    samples: list[Samples] = []
    timelines: list[Timeline] = []
    for number, (pause, speech) in enumerate(pieces):
        if number and speech.rate:
            pause += max(0.0, _BREATH - _trailing(timelines[-1])) if timelines[-1].phones else 0.0
        gap = np.zeros(round(pause * rate), np.float32)
        samples += [gap, _softened(speech.samples, rate)]
        language = speech.timeline.language
        timelines += [Timeline(len(gap) / rate, language=language), speech.timeline]
    spoken = joined([line for line in timelines if line.duration])
    texts = [line.text for line in timelines if line.text]
    first = next(line for line in timelines if line.text)
    spoken = replace(spoken, text=" ".join(texts), language=first.language, source=first.source)
    audio = np.concatenate(samples)
    return Speech(audio, rate, replace(spoken, duration=len(audio) / rate))


def _trailing(timeline: Timeline) -> float:
    """Seconds of silence at the end."""
    last = next((phone for phone in reversed(timeline.phones) if phone.symbol), None)
    return timeline.duration - last.end if last else timeline.duration


def _softened(samples: Samples, rate: int) -> Samples:
    size = min(round(_FADE * rate), len(samples) // 2)
    if not size:
        return samples
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(size) / size)).astype(np.float32)
    soft = samples.copy()
    soft[:size] *= ramp
    soft[-size:] *= ramp[::-1]
    return soft
