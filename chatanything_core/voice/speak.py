"""Say a text with a chosen voice: engine, shaping, times and visemes."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ..errors import EngineError, InputError
from ..persona import NEUTRAL, Emotion
from ..progress import Tick, no_progress
from ..ranges import check_ranges
from .engines.espeak_data import espeak_data
from .mixture.language_voice import voice_in
from .mood import with_emotion
from .records import PITCH, Speech, Timeline, Voice
from .registry import voices
from .signal.postprocess import colour, postprocess
from .signal.resample import at_rate
from .text.chunks import chunks
from .text.markup import MarkedText, check_spoken_text, parse_markup
from .text.normalise import SENTENCE_ENDS, sayable, spoken_text, without_script
from .text.rewrite import SpokenText
from .text.tell_language import Utterance, utterances
from .timeline import joined
from .timing.timeline_of import timeline_of
from .visemes import visemes_of

Samples = npt.NDArray[np.float32]
_BREATH = 0.25
"""Least silence between two chunks, in seconds."""
_SEAM = 0.04
"""Silence between two voices within a sentence, in seconds."""
_SILENCE = 0.8
"""Seconds that a text without words, such as "...", lasts."""
_RATE = 22_050
"""Samples per second of a speech that is all silence."""
_EACH = 0.15
"""Seconds that a character takes in a slow voice."""
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
    pieces, notes = _planned(voice, parse_markup(text, emotion))
    seconds = sum(piece.pause + _EACH * len(piece.said.spoken) for piece in pieces)
    speech = colour(_join(_spoken(pieces, tick), seconds), engine.left_to_postprocess(voice))
    timeline = replace(
        speech.timeline, visemes=visemes_of(speech.timeline.phones) or speech.timeline.visemes
    )
    return replace(speech, timeline=timeline, notes=notes)


def check_voice(voice: Voice) -> None:
    """Raise InputError unless the voice's numbers are in range."""
    check_ranges(voice, "A voice's")
    check_ranges(voice.shaping, "A voice's shaping")
    if voice.pitch:
        PITCH.check("A voice's pitch (0 leaves its own)", voice.pitch)
    if not voice.mix:
        raise InputError("A voice's `mix` needs at least one voice of its engine.")


@dataclass(frozen=True)
class _Piece:
    """What is given to an engine at once."""

    said: SpokenText
    voice: Voice | None
    """None for a silence."""
    level: float = 1.0
    """Factor on its loudness."""
    pause: float = 0.0
    """Seconds of silence before it."""
    runs_on: bool = False
    """Whether its sentence goes on in the next piece."""
    given: str = ""
    """What the engine is given: `said.spoken`, with its stressed words marked if it can say them."""


def _planned(voice: Voice, parts: list[MarkedText]) -> tuple[list[_Piece], tuple[str, ...]]:
    """The pieces in order, each in a voice that can say it; and what cannot be said as written."""
    pieces: list[_Piece] = []
    notes: list[str] = []
    for part in parts or [MarkedText("")]:
        pause, at = part.pause, 0
        for utterance in utterances(part.text, voice.traits.language) if part.text else ():
            speaker, note = voice_in(voice, utterance.language)
            own = speaker or voice
            felt = with_emotion(own, part.emotion, part.strength)
            level = felt.volume / own.volume if own.volume else 1.0
            runs_on = utterance.text.rstrip()[-1:] not in SENTENCE_ENDS
            for said in _said(utterance, felt, readable=speaker is not None):
                notes += (note, *said.notes)
                able = felt if sayable(said.spoken) else None
                given = _given(said, felt, part, at)
                pieces.append(_Piece(said, able, level, pause, runs_on, given))
                pause, at = 0.0, at + len("".join(said.shown.split()))
        if not part.text:
            pieces.append(_Piece(SpokenText(()), None, pause=pause))
    return pieces, tuple(dict.fromkeys(note for note in notes if note))


def _given(said: SpokenText, speaker: Voice, part: MarkedText, at: int) -> str:
    """What an engine is given of a text that begins `at` so many characters of the part."""
    if part.stressed and voices.create(speaker.engine).stresses:
        return said.with_stress(part.stressed, at)
    return said.spoken


def _said(utterance: Utterance, speaker: Voice, *, readable: bool) -> Iterator[SpokenText]:
    """An utterance in pieces that fit the engine that speaks it.

    Of a script that nothing reads, only what is in Latin letters is said.
    """
    engine = voices.create(speaker.engine)
    limit, language = engine.limit, utterance.language

    def said(text: str) -> SpokenText:
        if not readable:
            return without_script(text)
        return spoken_text(text, language, sounds=engine.sounds)

    for text in chunks(utterance.text.strip(), limit, language):
        whole = said(text)
        if len(whole.spoken) <= limit or len(text) < 2:
            yield whole
            continue
        # What is said is longer than what is written, as "$5" is.
        smaller = max(1, limit * len(text) // (2 * len(whole.spoken)))
        yield from map(said, chunks(text, smaller, language))


def _spoken(pieces: list[_Piece], tick: Tick) -> Iterator[tuple[float, float, Speech]]:
    """Every piece with the silence before it, and the least silence after the last sound."""
    breath = 0.0
    for done, piece in enumerate(pieces):
        tick(done, len(pieces))
        said, voice = piece.said, piece.voice
        if voice is None:
            silence = _SILENCE if said.shown or not piece.pause else 0.0
            yield piece.pause + silence, 0.0, _silence(said.shown)
            continue
        engine = voices.create(voice.engine)
        speech = _timed(engine.speak(piece.given, voice, tick), voice, said.spoken, tick)
        words = said.shown_words(speech.timeline.words)
        speech = replace(speech, timeline=replace(speech.timeline, words=words, text=said.shown))
        speech = postprocess(speech, engine.left_to_postprocess(voice), tick)
        if piece.runs_on and done + 1 < len(pieces):
            speech = _cut_short(speech)
        yield piece.pause, breath, replace(speech, samples=speech.samples * np.float32(piece.level))
        breath = 0.0 if piece.runs_on else _BREATH
    tick(len(pieces), len(pieces))


def _silence(shown: str) -> Speech:
    return Speech(np.zeros(0, np.float32), 0, Timeline(0.0, text=shown))


def _cut_short(speech: Speech) -> Speech:
    """Without the pause after the last sound, as its sentence goes on."""
    kept = speech.timeline.duration - max(0.0, _trailing(speech.timeline) - _SEAM)
    phones = tuple(
        replace(phone, end=min(phone.end, kept))
        for phone in speech.timeline.phones
        if phone.start < kept
    )
    timeline = replace(speech.timeline, duration=kept, phones=phones)
    return replace(speech, samples=speech.samples[: round(kept * speech.rate)], timeline=timeline)


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


class _Tape:
    """Samples one after the other, each of them in memory once.

    Room is reserved ahead: what is not written to takes no memory, and what grows by copying does.
    """

    def __init__(self, room: int) -> None:
        self._samples = np.empty(room, np.float32)
        self._count = 0

    def add(self, samples: Samples) -> None:
        end = self._count + len(samples)
        if end > len(self._samples):
            more = np.empty(end, np.float32)
            self._samples = np.concatenate([self._samples[: self._count], more])
        self._samples[self._count : end] = samples
        self._count = end

    def recorded(self) -> Samples:
        return self._samples[: self._count]


def _join(pieces: Iterator[tuple[float, float, Speech]], expected: float) -> Speech:
    """One speech of all pieces, with silences between and soft edges.

    Args:
        expected: seconds that it will hardly be longer than.
    """
    rate, pieces = _rate_of(pieces)
    sound = _Tape(round(expected * rate))
    timelines: list[Timeline] = []
    for pause, breath, speech in pieces:
        if timelines and timelines[-1].phones:
            pause += max(0.0, breath - _trailing(timelines[-1]))
        gap = np.zeros(round(pause * rate), np.float32)
        sound.add(gap)
        sound.add(_softened(at_rate(speech.samples, speech.rate or rate, rate), rate))
        language = speech.timeline.language
        timelines += [Timeline(len(gap) / rate, language=language), speech.timeline]
    return _of_one_line(sound.recorded(), rate, timelines)


def _rate_of(
    pieces: Iterator[tuple[float, float, Speech]],
) -> tuple[int, Iterator[tuple[float, float, Speech]]]:
    """The rate of the first sound, and the pieces; silences before it are of any rate."""
    first: list[tuple[float, float, Speech]] = []
    for piece in pieces:
        first.append(piece)
        if piece[2].rate:
            return piece[2].rate, itertools.chain(first, pieces)
    return _RATE, iter(first)


def _of_one_line(samples: Samples, rate: int, timelines: list[Timeline]) -> Speech:
    texts = [line.text for line in timelines if line.text]
    spoken = [line for line in timelines if line.duration] or [Timeline(len(samples) / rate)]
    first = next((line for line in timelines if line.phones or line.visemes), spoken[0])
    line = replace(
        joined(spoken), text=" ".join(texts), language=first.language, source=first.source
    )
    return Speech(samples, rate, replace(line, duration=len(samples) / rate))


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
