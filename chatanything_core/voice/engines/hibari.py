"""hibari: one natural English voice from a wheel, changed before its sound is made."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from ...progress import Tick
from ...ranges import Range
from ..base import VoiceEngine
from ..records import Phone, Shaping, Speech, Timeline, Voice, VoiceCard, Word
from ..timeline import joined
from ..timing.token_times import PAUSE, PhoneTimes, Token, phones_of
from ..vocoder.change_frames import HOP, RATE, Change, changed, stressed
from ..vocoder.hibari_network import TOKEN, Frames, frames_of
from ..vocoder.hibari_phonemes import Sentence, sentences_of
from ..vocoder.sound_of_frames import Glottis, own_sound, sound_of

LEAD = 0.055
"""Seconds by which sounds come before their tokens (measured against an independent aligner)."""
_BEFORE, _AFTER = 0.06, 0.25
"""Seconds of silence that are kept around a sentence; the network gives .3 and .5."""
_SIZE = Range(0.82, 1.25)
"""Factors on formants at which it is understood: at .78, a recogniser gets one word in five wrong,
at .84 one in twenty; nobody has listened above."""
_SLOWER = 1.4
"""Factor on the length of a stressed word."""
_LOUDEST = 0.97
_WORD = re.compile(r"\S*\w\S*")
_AROUND = '.,;:!?¡¿…"“”„«»()[]{}—–*_'


class HibariVoice(VoiceEngine):
    """A network for the frames of a voice; pitch, size, speed, breath and mood are set in them."""

    quick = True
    limit = 1000
    stresses = True
    natural = ("en",)

    def catalogue(self) -> tuple[VoiceCard, ...]:
        """The voice of the wheel; the package would download every other."""
        return (
            VoiceCard(
                *("hibari", "heart", "en-US", "female"),
                licence="Apache-2.0 (hibari-tts)",
                source="the package's documentation",
            ),
        )

    def speak(self, text: str, voice: Voice, tick: Tick) -> Speech:
        """Speak with exact times; the same bytes in every thread and process of one machine.

        Words between asterisks are stressed: slower, louder and higher than their neighbours.
        """
        sounds, timelines = [], []
        sentences = sentences_of(text)
        for done, sentence in enumerate(sentences):
            tick(done, len(sentences))
            sound, timeline = _spoken(sentence, voice)
            sounds.append(sound)
            timelines.append(timeline)
        samples = np.concatenate(sounds)
        peak = float(np.abs(samples).max(initial=0.0))
        samples *= np.float32(min(1.0, _LOUDEST / peak if peak else 1.0))
        whole = joined(timelines)
        words = _as_written(whole.words, text)
        language = voice.traits.language
        return Speech(samples, RATE, replace(whole, words=words, text=text, language=language))

    def left_to_postprocess(self, voice: Voice) -> Voice:
        """Metal and hall."""
        rest = Shaping(comb=voice.shaping.comb, echo=voice.shaping.echo)
        return replace(voice, pitch=0.0, pitch_range=1.0, rate=1.0, shaping=rest)


def _spoken(sentence: Sentence, voice: Voice) -> tuple[npt.NDArray[np.float32], Timeline]:
    """One sentence, with little silence around it."""
    samples, durations = _sound(sentence, voice)
    times = _times(sentence, durations, _change(voice).stretch, len(samples) / RATE)
    return _trimmed(samples, times.phones, _words(sentence, times))


def _sound(
    sentence: Sentence, voice: Voice
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """The samples, and the length of each token in units of TOKEN."""
    change, glottis = _change(voice), Glottis(voice.shaping.breath, voice.shaping.rough)
    if change == Change(own=change.own) and glottis == Glottis():
        frames = _frames(sentence)
        return own_sound(frames), frames.durations
    seed = int.from_bytes(sha256(sentence.phonemes.encode()).digest()[:8], "little")
    # What is not changed any more is let go before the sound is made.
    found = changed(_frames(sentence), change)
    return sound_of(found, glottis, np.random.default_rng(seed)), found.frames.durations


def _frames(sentence: Sentence) -> Frames:
    """What the network says, with its stressed words slower, louder and higher."""
    frames = frames_of(sentence.phonemes, sentence.stressed, _SLOWER)
    if not sentence.stressed:
        return frames
    ends = np.round((np.cumsum(frames.durations) * TOKEN - LEAD) * RATE / HOP).astype(int)
    # The first token is the silence before.
    return stressed(frames, [(ends[at], ends[at + 1]) for at in sentence.stressed])


def _change(voice: Voice) -> Change:
    shaping, card = voice.shaping, voice.card
    return Change(
        pitch=voice.pitch,
        factor=shaping.pitch,
        span=voice.pitch_range * (1 - shaping.flatness),
        formant=_SIZE.limited(shaping.formant),
        stretch=1 / (voice.rate * shaping.tempo),
        tilt=shaping.tilt,
        tremor=shaping.tremor,
        own=card.f0 if card and voice.pitch else 0.0,
    )


def _times(
    sentence: Sentence, durations: npt.NDArray[np.float32], stretch: float, seconds: float
) -> PhoneTimes:
    edges = np.concatenate([[0.0], np.cumsum(durations)]) * TOKEN
    edges = (edges - LEAD) * stretch
    # The first and the last token are the silences around.
    spans = zip(sentence.phonemes, edges[1:-2], edges[2:-1], strict=True)
    tokens = [Token(letter, float(start), float(end)) for letter, start, end in spans]
    return phones_of(tokens, seconds, pause=PAUSE * stretch)


def _words(sentence: Sentence, times: PhoneTimes) -> list[Word]:
    words = []
    for text, first, after in sentence.words:
        own = [times.of_token[n] for n in range(first, after) if n in times.of_token]
        if own:
            words.append(Word(text, times.phones[own[0]].start, times.phones[own[-1]].end))
    return words


def _trimmed(
    samples: npt.NDArray[np.float32], phones: Sequence[Phone], words: Sequence[Word]
) -> tuple[npt.NDArray[np.float32], Timeline]:
    sounding = [phone for phone in phones if phone.symbol]
    first = max(0, round((sounding[0].start - _BEFORE) * RATE)) if sounding else 0
    last = min(len(samples), round((sounding[-1].end + _AFTER) * RATE)) if sounding else None
    kept = samples[first:last]
    start, seconds = first / RATE, len(kept) / RATE

    def at(time: float) -> float:
        return min(max(time - start, 0.0), seconds)

    moved = [replace(phone, start=at(phone.start), end=at(phone.end)) for phone in phones]
    placed = tuple(replace(word, start=at(word.start), end=at(word.end)) for word in words)
    lasting = tuple(phone for phone in moved if phone.end - phone.start > 1e-6)
    return kept, Timeline(seconds, placed, lasting)


def _as_written(words: Sequence[Word], text: str) -> tuple[Word, ...]:
    """The words of the text with the times of how they were read ("42" is "forty two")."""
    written = [word.strip(_AROUND) or word for word in _WORD.findall(text)]

    def plain(word: str) -> str:
        return re.sub(r"[\W_]", "", word.lower())

    pairs = difflib.SequenceMatcher(
        None, [plain(word) for word in written], [plain(w.text) for w in words], autojunk=False
    )
    found: list[Word] = []
    for kind, a, b, c, d in pairs.get_opcodes():
        if kind == "equal":
            found += [replace(words[c + n], text=written[a + n]) for n in range(b - a)]
        elif b > a and d > c:
            start, end = words[c].start, words[d - 1].end
            sizes = np.cumsum([0, *(max(1, len(plain(word))) for word in written[a:b])])
            edges = start + (end - start) * sizes / sizes[-1]
            spans = zip(written[a:b], edges[:-1], edges[1:], strict=True)
            found += [Word(word, float(begin), float(stop)) for word, begin, stop in spans]
    return tuple(found)
