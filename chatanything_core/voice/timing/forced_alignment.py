"""Times of any speech whose text is known, by aligning it to espeak's rendering of the text.

The way of aeneas: the rendering's times are exact, and dynamic time warping carries them over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...persona import VoiceTraits
from ...progress import Tick, no_progress
from ..engines.espeak_data import espeak_data
from ..records import Phone, Speech, Timeline, Voice, Word
from ..signal.measure import pitch_track
from ..text.chunks import chunks
from ..text.markup import parse_markup
from ..text.normalise import sayable, spoken_text
from ..text.rewrite import SpokenText
from ..text.tell_language import utterances
from ..timeline import joined
from ..visemes import visemes_of
from .dtw import dtw_path
from .mfcc import HOP, SpeechFeatures, mfcc_features, silences, speech_span

Samples = npt.NDArray[np.float32]
_WOMAN = 160.0
"""Median f0 in Hz above which a female rendering is aligned to it."""
_PAUSE = 0.08
"""Silences of at least this many seconds part the sounds around them."""
_SLOWEST, _FASTEST = 0.25, 4.0
"""How much longer or shorter than a rendering the audio may be."""
_MEETING = 4
"""Frames of 10 ms that are kept at either end of a pause."""
_SHORTEST = 0.005
_PROBE = 30.0
"""Seconds of audio that are enough to tell a voice's pitch."""


def align_text(
    samples: Samples, rate: int, text: str, language: str, tick: Tick = no_progress
) -> Timeline:
    """A timeline with words, phones and visemes; `source` is "aligned".

    Raises:
        InputError: nothing to speak in the text, a language that espeak-ng does not speak, no
            sound in the audio, or far too much or too little audio for the text.
    """
    said = _said(text, language)
    if not said:
        raise InputError(f"Nothing can be spoken in {text[:40]!r}. Leave the text empty.")
    if not max(samples.max(), -samples.min()) > 1e-4:
        raise InputError("The audio is silent, so no text can be aligned with it.")
    first, last = speech_span(samples, rate)
    target = samples[first:last]
    voice = _reference(target, rate, language)
    speech = _rendered(said, voice, tick)
    ratio = _pace(len(target) / rate, _sounding(speech))
    if abs(ratio - 1) > 0.08:
        # A rendering of the same pace has its sounds in the same proportions.
        del speech
        speech = _rendered(said, replace(voice, rate=float(np.clip(1 / ratio, 0.5, 2.0))), tick)
    carry = _carrier(speech, target, rate, first / rate, tick)
    phones = tuple(_carried(speech.timeline.phones, carry, samples, rate))
    words = tuple(_spans(speech.timeline, phones, carry))
    return Timeline(
        duration=len(samples) / rate,
        words=words,
        phones=phones,
        visemes=visemes_of(phones),
        source="aligned",
        language=language,
        text=" ".join(words.shown for words, _ in said),
    )


def _said(text: str, language: str) -> list[tuple[SpokenText, str]]:
    """What is said of a text, stretch by stretch, with the language of each."""
    stretches = [
        stretch
        for part in parse_markup(text)
        for stretch in utterances(part.text, language)
        if stretch.language == language or espeak_data().speaks(stretch.language)
    ]
    said = [(spoken_text(one.text.strip(), one.language), one.language) for one in stretches]
    return [(words, tongue) for words, tongue in said if sayable(words.spoken)]


def _pace(heard: float, needed: float) -> float:
    """Seconds of sound over those that the text takes; raises InputError when they do not fit."""
    if not _SLOWEST < heard / needed < _FASTEST:
        raise InputError(
            f"The audio has {heard:.1f} s of sound, and the text takes about {needed:.1f} s to say. "
            "Give the text that is spoken in it, or leave the text empty."
        )
    return heard / needed


def _reference(target: Samples, rate: int, language: str) -> Voice:
    """A rendering voice of the target's own pitch and gender."""
    f0, _ = pitch_track(target[: round(_PROBE * rate)], rate)
    voiced = f0[f0 > 0]
    pitch = float(np.clip(np.median(voiced), 70, 350)) if len(voiced) else 110.0
    name = "f2" if pitch > _WOMAN else "default"
    return Voice("espeak", ((name, 1.0),), VoiceTraits(language=language), pitch=pitch)


def _rendered(said: Sequence[tuple[SpokenText, str]], voice: Voice, tick: Tick) -> Speech:
    """The text, each stretch in its language; with the words as they are shown."""
    from ..engines.espeak import EspeakVoice

    engine = EspeakVoice()
    parts = []
    for words, language in said:
        speaker = replace(voice, traits=replace(voice.traits, language=language))
        pieces = [
            engine.speak(piece, speaker, tick)
            for piece in chunks(words.spoken, engine.limit, language)
        ]
        line = joined([piece.timeline for piece in pieces])
        line = replace(line, words=words.shown_words(line.words))
        audio = np.concatenate([piece.samples for piece in pieces])
        parts.append(Speech(audio, pieces[0].rate, line))
    audio = np.concatenate([part.samples for part in parts])
    return Speech(audio, parts[0].rate, joined([part.timeline for part in parts]))


def _sounding(speech: Speech) -> float:
    begin, end = speech_span(speech.samples, speech.rate)
    return (end - begin) / speech.rate


class _Carry:
    """Carries times of the rendering over to the audio."""

    def __init__(
        self,
        begin: float,
        own: npt.NDArray[np.int64],
        path: npt.NDArray[np.float64],
        other: npt.NDArray[np.int64],
        offset: float,
    ) -> None:
        """`own` and `other` number the frames that the path leads over."""
        self._begin, self._own, self._offset = begin, own, offset
        self._there = np.interp(path, np.arange(len(other)), other)

    def __call__(self, seconds: float) -> float:
        frame = np.interp((seconds - self._begin) / HOP, self._own, self._there)
        return float(frame) * HOP + self._offset


def _carrier(speech: Speech, target: Samples, rate: int, offset: float, tick: Tick) -> _Carry:
    begin, end = speech_span(speech.samples, speech.rate)
    top = min(rate, speech.rate) / 2 - 100
    a, own = _without_pauses(speech.samples[begin:end], speech.rate, top)
    b, other = _without_pauses(target, rate, top)
    return _Carry(begin / speech.rate, own, dtw_path(a, b, tick), other, offset)


def _without_pauses(
    samples: Samples, rate: int, top: float
) -> tuple[SpeechFeatures, npt.NDArray[np.int64]]:
    """Features of what sounds, with their frame numbers.

    Speakers pause where a rendering does not; silence would be aligned to some poor consonant.
    Of every pause a little is kept, where both may meet.
    """
    features = mfcc_features(samples, rate, top)
    quiet = silences(samples, rate)[: len(features)]
    quiet = np.pad(quiet, (0, len(features) - len(quiet)))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], quiet, [False])).astype(np.int8)))
    keep = np.ones(len(features), bool)
    for first, last in edges.reshape(-1, 2):
        keep[first + _MEETING : max(first + _MEETING, last - _MEETING)] = False
    kept = np.flatnonzero(keep)
    return features[kept], kept


def _carried(
    phones: Sequence[Phone], carry: _Carry, samples: Samples, rate: int
) -> Iterator[Phone]:
    """Phones at their new times, without the pauses that the speaker made between them."""
    quiet = silences(samples, rate)
    at, total = 0.0, len(samples) / rate
    for phone in phones:
        if not phone.symbol:
            continue
        start, end = _sounding_part(carry(phone.start), carry(phone.end), quiet)
        start = min(max(start, at), total - _SHORTEST)
        end = min(max(end, start + _SHORTEST), total)
        if start - at > 1e-6:
            yield Phone("", at, start)
        yield replace(phone, start=start, end=end)
        at = end
    if total - at > 1e-6:
        yield Phone("", at, total)


def _sounding_part(start: float, end: float, quiet: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """The longest stretch of [start, end] that no real pause interrupts."""
    first, last = round(start / HOP), round(end / HOP)
    inside = quiet[first:last]
    if inside.sum() * HOP < _PAUSE:
        return start, end
    edges = np.flatnonzero(np.diff(np.concatenate(([True], inside, [True])).astype(np.int8)))
    runs = edges.reshape(-1, 2)
    if not len(runs):
        return start, start + _SHORTEST
    longest = runs[(runs[:, 1] - runs[:, 0]).argmax()]
    return start + float(longest[0]) * HOP, start + float(longest[1]) * HOP


def _spans(rendered: Timeline, phones: Sequence[Phone], carry: _Carry) -> Iterator[Word]:
    """Words from the first to the last of their phones."""
    old = [phone for phone in rendered.phones if phone.symbol]
    new = [phone for phone in phones if phone.symbol]
    pairs = iter(zip(old, new, strict=True))
    pair = next(pairs, None)
    for word in rendered.words:
        own = []
        while pair and pair[0].start < word.end - 1e-6:
            own.append(pair[1])
            pair = next(pairs, None)
        if own:
            yield Word(word.text, own[0].start, own[-1].end)
