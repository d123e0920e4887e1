"""Kokoro-82M through kokoro-onnx, its style vectors blended by weight.

A style pack has the shape (510, 1, 256). Its first half goes to the decoder and colours the
timbre, its second half goes to the prosody predictor; each half can have weights of its own
(`af_sky@timbre:1, am_adam@prosody:1`).
"""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ...background import run_cancellable
from ...errors import EngineError, InputError
from ...progress import Tick
from ...runtime import default_runtime
from ..base import VoiceEngine
from ..records import Speech, Timeline, Voice, VoiceCard, Word
from ..timing.token_times import PhoneTimes, Token, phones_of
from ..timing.word_groups import words_in_groups
from ..vocoder.onnx_outputs import clipped_tensor, with_output

Pack = npt.NDArray[np.float32]
_TIMBRE = 128
"""Columns of a pack before this one are timbre, the rest is prosody."""
LEAD = 0.055
"""Seconds by which sounds come before their tokens (measured against an independent aligner)."""
SECONDS = 300.0
"""For one chunk of text."""
_LANGUAGES = {
    "a": "en-US",
    "b": "en-GB",
    "e": "es",
    "f": "fr-FR",
    "h": "hi",
    "i": "it",
    "j": "ja",
    "p": "pt-BR",
    "z": "zh",
}
"""First letter of a voice's name to its language."""
_PHONEMES = {"zh": "cmn"}
"""Languages that espeak-ng, which makes Kokoro's phonemes, knows by another name."""
_WORD = re.compile(r"[^\s.,;:!?¡¿…\"“”„«»()\[\]—–]+")


class KokoroVoice(VoiceEngine):
    """Kokoro with the files that the user has put into place."""

    limit = 350
    speeds = (0.5, 2.0)

    def catalogue(self) -> tuple[VoiceCard, ...]:
        """A card for each style pack; language and gender are in its name."""
        return tuple(_card(name) for name in _pack_names(find_files()[1]))

    def lends(self, language: str) -> bool:
        """English: every pack was trained beside it, and keeps its sound with English phonemes."""
        return language.lower().split("-")[0] == "en"

    def speak(self, text: str, voice: Voice, tick: Tick) -> Speech:
        """Speak with the blended pack; phone times are there when the model reports durations."""
        model = _model()
        style = blended(dict(model.voices), voice.mix)
        language = _language(voice)
        speed = self.speed(voice)
        samples, rate, timings = _synthesised(model, text, style, language, speed, tick)
        seconds = len(samples) / rate
        tokens = [Token(t.phoneme, t.start - LEAD, t.end - LEAD) for t in timings]
        times = phones_of(tokens, seconds) if tokens else PhoneTimes((), {})
        words = tuple(_words(tokens, times, text))
        timeline = Timeline(seconds, words, times.phones, language=voice.traits.language, text=text)
        return Speech(np.asarray(samples, np.float32).ravel(), rate, timeline)


def blended(packs: Mapping[str, Pack], mix: Sequence[tuple[str, float]]) -> Pack:
    """Weighted mean of style packs; names may end in `@timbre` or `@prosody`.

    Weights count in proportion within each half.

    Raises:
        InputError: an unknown pack, or a half that no voice provides.
    """
    total = np.zeros_like(next(iter(packs.values())), np.float32)
    sums = {"timbre": 0.0, "prosody": 0.0}
    halves = {"timbre": slice(None, _TIMBRE), "prosody": slice(_TIMBRE, None)}
    for named, weight in mix:
        name, _, half = named.partition("@")
        if name not in packs or half not in ("", *halves):
            raise InputError(
                f"Kokoro has no voice {named!r}. Choose from: {', '.join(sorted(packs))}; "
                "@timbre or @prosody after a name takes only that half."
            )
        for part in (half,) if half else halves:
            total[..., halves[part]] += np.float32(weight) * packs[name][..., halves[part]]
            sums[part] += weight
    for part, weight in sums.items():
        if weight <= 0:
            raise InputError(f"No voice of this blend provides its {part}. Add a voice without @.")
        total[..., halves[part]] /= np.float32(weight)
    return total


def _synthesised(
    model: Any, text: str, style: Pack, language: str, speed: float, tick: Tick
) -> tuple[npt.NDArray[np.float32], int, Sequence[Any]]:
    """Samples, rate and timings. The model cannot be stopped, but Cancel need not wait for it."""

    def work() -> Any:
        spoken = _PHONEMES.get(language, language.lower())
        return model.create_timed(text, voice=style, speed=speed, lang=spoken)

    late = f"Kokoro did not finish within {SECONDS:g} seconds. Speak a shorter text."
    try:
        found: tuple[npt.NDArray[np.float32], int, Sequence[Any]] = run_cancellable(
            work,
            lambda: None,
            time.monotonic() + SECONDS,
            late,
            tick,
            name="chatanything-voice",
        )
    except ValueError as error:
        raise InputError(f"Kokoro cannot speak {text[:40]!r}: {error}") from error
    except RuntimeError as error:
        raise EngineError(f"Kokoro failed: {error}") from error
    return found


def find_files() -> tuple[Path, Path]:
    """The model and its voices; MissingModelError says where they were looked for."""
    folders = default_runtime().folders
    model = folders.first("kokoro", "*.onnx", "model of Kokoro (kokoro-v1.0.onnx)", "kokoro")
    voices = folders.first("kokoro", "voices*", "voices of Kokoro (voices-v1.0.bin)", "kokoro")
    return model, voices


@lru_cache(maxsize=4)
def _pack_names(packs: Path) -> tuple[str, ...]:
    """Known without the model, which takes seconds to load."""
    with np.load(packs) as file:
        return tuple(sorted(file.files))


def _model() -> Any:
    return _loaded(*find_files())


@lru_cache(maxsize=1)
def _loaded(model: Path, packs: Path) -> Any:
    import kokoro_onnx
    import onnxruntime

    plain = kokoro_onnx.Kokoro(str(model), str(packs))
    content = b"" if plain.has_timings else model.read_bytes()
    tensor = clipped_tensor(content)
    if not tensor:
        return plain
    del plain
    session = onnxruntime.InferenceSession(with_output(content, tensor, "duration"))
    # kokoro-onnx asks the session for its file, which one made of bytes does not have.
    session._model_path = str(model)
    return kokoro_onnx.Kokoro.from_session(session, str(packs))


def _card(name: str) -> VoiceCard:
    genders: dict[str, Literal["female", "male"]] = {"f": "female", "m": "male"}
    return VoiceCard(
        "kokoro",
        name,
        language=_LANGUAGES.get(name[:1], ""),
        gender=genders.get(name[1:2], "neutral"),
        licence="Apache-2.0",
        source="the pack's name",
    )


def _language(voice: Voice) -> str:
    """What is spoken: a pack of another language keeps its sound and gets these phonemes."""
    heaviest = max(voice.mix, key=lambda part: part[1])[0]
    return voice.traits.language or _LANGUAGES.get(heaviest[:1], "en-US")


def _words(tokens: Sequence[Token], times: PhoneTimes, text: str) -> Iterator[Word]:
    """The words of the text; those that were read as one ("in the") share its time by letters."""
    groups: list[list[int]] = [[]]
    for number, token in enumerate(tokens):
        if token.letter.isspace():
            groups.append([])
        elif number in times.of_token:
            groups[-1].append(times.of_token[number])
    spoken = [group for group in groups if group]
    written = iter(_WORD.findall(text))
    counts = words_in_groups(_WORD.findall(text), [len(group) for group in spoken])
    for group, count in zip(spoken, counts, strict=False):
        words = [next(written) for _ in range(count)]
        start, end = times.phones[group[0]].start, times.phones[group[-1]].end
        share = (end - start) / sum(map(len, words))
        for word in words:
            yield Word(word, start, start + share * len(word))
            start += share * len(word)
