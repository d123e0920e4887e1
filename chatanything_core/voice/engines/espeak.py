"""espeak-ng: blended by parameters, spoken by a fresh process, with exact times."""

import itertools
import json
import re
import time
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...background import run_cancellable
from ...errors import EngineError, InputError
from ...progress import Tick
from ..base import VoiceEngine
from ..records import STRESS_MARKS, Phone, Speech, Timeline, Voice, VoiceCard, Word
from ..timing.stop_closures import from_closure
from .espeak_data import EspeakData, espeak_data
from .espeak_processes import workers
from .espeak_variant import Variant, blend_variants, read_variant

NORMAL_WPM = 175
SLOWEST_WPM, FASTEST_WPM = 80, 450
"""Above 450 words a minute espeak 1.52 no longer moves its event times with the audio
(espeak-ng/espeak-ng#2470)."""
_RATE, _VOLUME = 1, 2
_HEADROOM = 55
"""espeak's volume (100 is its normal): many variants clip at more; speech is levelled later."""
_HOARSE_FLUTTER, _HOARSE_PULSES = 14.0, 4.0
"""What full hoarseness adds to a voice's flutter (HNR falls by 5 dB), and its least roughness;
more would halve the pitch."""
_PUNCTUATION = ' \t\n\r.,;:!?¡¿…"“”„«»()[]—–、。，！？；：'
_MARKS = re.compile(r"[ˈˌ.\-_|'\d^]")


@dataclass(frozen=True)
class _Answer:
    """What the worker said."""

    rate: int
    samples: np.ndarray[tuple[int], np.dtype[np.float32]]
    phones: list[tuple[str, int]]
    words: list[tuple[int, int, int]]


class EspeakVoice(VoiceEngine):
    """A voice engine that has the parameters of every voice."""

    quick = True
    limit = 3000

    def catalogue(self) -> tuple[VoiceCard, ...]:
        """A card for each variant, as its file describes it; all speak every language."""
        data = espeak_data()
        return tuple(_card(name, data.variant_text(name)) for name in ("default", *data.variants))

    def keep_ready(self) -> None:
        """Have two processes wait for the next words, until the program ends."""
        workers.keep(espeak_data())

    def speaks(self, language: str) -> bool:
        """Whether espeak-ng has rules for the language."""
        return espeak_data().speaks(language)

    def speak(self, text: str, voice: Voice, tick: Tick) -> Speech:
        """Speak with the blend, in one process of its own.

        Pitch, formants, flatness and as much of the tempo as fits are done by espeak's own
        parameters, which is cleaner than to move finished audio.
        """
        data = espeak_data()
        tag, language = data.language(voice.traits.language)
        parts = [(read_variant(data.variant_text(name)), weight) for name, weight in voice.mix]
        variant = _shaped(blend_variants(parts), voice)
        parameters = [(_RATE, words_per_minute(voice)), (_VOLUME, _HEADROOM)]
        with data.variant(variant.text()) as name:
            request: dict[str, object] = {
                "voice": f"{language}+{name}",
                "parameters": parameters,
                "text": text,
            }
            answer = _ask(data, request, tick)
        timeline = _timeline(answer, text, voice.traits.language or tag)
        return Speech(answer.samples, answer.rate, timeline)

    def left_to_postprocess(self, voice: Voice) -> Voice:
        """Breath, tremor and colour; and tempo, as far as it lies outside espeak's range."""
        tempo = NORMAL_WPM * voice.rate * voice.shaping.tempo / words_per_minute(voice)
        shaping = replace(
            voice.shaping, pitch=1.0, formant=1.0, flatness=0.0, rough=0.0, tempo=tempo
        )
        return replace(voice, pitch=0.0, pitch_range=1.0, rate=1.0, shaping=shaping)


def _card(name: str, text: str) -> VoiceCard:
    gender = re.search(r"^gender\s+(female|male)", text, re.MULTILINE | re.IGNORECASE)
    variant = read_variant(text)
    return VoiceCard(
        "espeak",
        name,
        language="",
        gender="female" if gender and gender[1].lower() == "female" else "male",
        effect=variant.echo[1] > 40 or "klatt" in " ".join(variant.discrete) or variant.whispers,
        licence="GPL-3.0-or-later (espeak-ng)",
    )


def words_per_minute(voice: Voice) -> int:
    """The speed espeak is asked for; what lies outside its range is left to the shaping."""
    wanted = NORMAL_WPM * voice.rate * voice.shaping.tempo
    return round(min(max(wanted, SLOWEST_WPM), FASTEST_WPM))


def _shaped(variant: Variant, voice: Voice) -> Variant:
    target = (voice.pitch or variant.median_pitch) * voice.shaping.pitch
    span = voice.pitch_range * (1 - voice.shaping.flatness)
    rough = voice.shaping.rough
    hoarse = replace(
        variant,
        flutter=variant.flutter + _HOARSE_FLUTTER * rough,
        roughness=max(variant.roughness, _HOARSE_PULSES * rough),
    )
    return hoarse.pitched(target, span).resized(voice.shaping.formant)


def _ask(data: EspeakData, request: dict[str, object], tick: Tick) -> _Answer:
    """Run the worker; kill it when it takes too long or the caller is interrupted."""
    characters = len(str(request["text"]))
    late = f"espeak did not finish {characters} characters in time. Try a shorter text."
    process = workers.take(data)
    try:
        out, complaint = run_cancellable(
            lambda: process.communicate(json.dumps(request).encode() + b"\n"),
            process.kill,
            time.monotonic() + 15 + characters / 200,
            late,
            tick,
            name="chatanything-voice",
        )
    finally:
        process.kill()  # nothing to one that has ended
        process.wait()
        workers.refill_soon()
    return _read(out, process.returncode, complaint)


def _read(out: bytes, code: int, complaint: bytes) -> _Answer:
    line, _, pcm = out.partition(b"\n")
    if code < 0:
        raise EngineError(f"espeak's process was stopped by signal {-code}. Try again.")
    if code != 0 or not line:
        last = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise EngineError(
            f"espeak's process ended with code {code}: {last or 'no reason given'}. Reinstall it "
            "with: pip install --force-reinstall espeakng-loader"
        )
    header = json.loads(line)
    if "error" in header:
        raise EngineError(str(header["error"]) + ".")
    if len(pcm) != header["bytes"]:
        raise EngineError(f"espeak's process sent {len(pcm)} of {header['bytes']} bytes.")
    samples = np.frombuffer(pcm, np.int16).astype(np.float32) / 32768.0
    return _Answer(header["rate"], samples, header["phones"], header["words"])


def _timeline(answer: _Answer, text: str, language: str) -> Timeline:
    duration = len(answer.samples) / answer.rate
    released = _phones(answer.phones, answer.rate, duration)
    phones = from_closure(released)
    if not any(phone.symbol for phone in phones):
        raise InputError(f"Nothing can be spoken in {text[:40]!r}. Write some words.")
    words = tuple(_words(answer, text, released, phones))
    return Timeline(duration, words=words, phones=phones, language=language, text=text)


def _phones(events: Sequence[tuple[str, int]], rate: int, duration: float) -> list[Phone]:
    """Phones from their onsets: each lasts until the next; neighbouring pauses are one.

    Marks of another language, such as `(en)`, are no phones. Phones that begin at one sample share
    the time until the next.
    """
    phones: list[Phone] = []
    heard = [(raw, sample / rate) for raw, sample in events if not raw.startswith("(")]
    for (raw, start), end in _spread(heard, duration):
        stress = max((STRESS_MARKS.get(mark, 0) for mark in raw), default=0)
        symbol = unicodedata.normalize("NFC", _MARKS.sub("", raw))
        if phones and not symbol and not phones[-1].symbol:
            phones[-1] = Phone("", phones[-1].start, end)
        else:
            phones.append(Phone(symbol, start, end, stress))
    return phones


def _spread(
    events: Sequence[tuple[str, float]], duration: float
) -> Iterator[tuple[tuple[str, float], float]]:
    """Events with their ends."""
    at = 0
    while at < len(events):
        start = events[at][1]
        after = next((n for n in range(at, len(events)) if events[n][1] > start), len(events))
        end = min(events[after][1], duration) if after < len(events) else duration
        together = [raw for raw, _ in events[at:after] if _MARKS.sub("", raw)] or [""]
        share = (end - start) / len(together)
        if share > 0:
            for number, raw in enumerate(together):
                last = end if number + 1 == len(together) else start + (number + 1) * share
                yield (raw, start + number * share), last
        at = after


def _words(
    answer: _Answer, text: str, released: Sequence[Phone], phones: Sequence[Phone]
) -> list[Word]:
    """Words with the span of the phones that belong to them, by espeak's own onsets of these."""
    sounding = [phone for phone in phones if phone.symbol]
    onsets = [phone.start for phone in released if phone.symbol]
    stops = [(sample / answer.rate, position - 1) for sample, position, _ in answer.words]
    stops.append((float("inf"), len(text)))
    words = []
    for (begin, first), (end, last) in itertools.pairwise(stops):
        own = sounding[bisect_left(onsets, begin) : bisect_left(onsets, end)]
        # Words that are said as one ("I am") come as one event that names only the first.
        said = text[first:last].strip(_PUNCTUATION)
        if own and said:
            words.append(Word(said, own[0].start, own[-1].end))
    return words
