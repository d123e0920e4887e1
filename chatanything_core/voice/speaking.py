"""Say a text with a chosen voice: engine, shaping, times and visemes."""

from dataclasses import replace

from ..errors import InputError
from ..progress import Tick, silent
from .engines import voices
from .records import Speech, Timeline, Voice
from .shaping import shaped
from .visemes import visemes_of

MAX_CHARACTERS = 20_000


def speak(voice: Voice, text: str, *, tick: Tick = silent) -> Speech:
    """Speak `text`; the same input gives the same bytes.

    Raises:
        InputError: no text, too much text, characters that cannot be spoken, a voice or language
            that the engine lacks, a rate out of range.
        EngineError: the engine failed or took too long.
    """
    check_text(text)
    check_voice(voice)
    engine = voices.create(voice.engine)
    speech = engine.speak(text, voice, tick)
    speech = shaped(speech, engine.left_over(voice), tick)
    timeline = speech.timeline
    return replace(speech, timeline=_seen(timeline))


def check_text(text: str) -> None:
    """Raise InputError unless `text` is something that can be spoken."""
    if not text.strip():
        raise InputError("There is no text to speak. Write at least one word.")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"The text has {len(text):,} characters; at most {MAX_CHARACTERS:,} are spoken at "
            "once. Split it into parts."
        )
    if "\0" in text:
        raise InputError("The text holds a NUL character, at which speech would end. Remove it.")


def check_voice(voice: Voice) -> None:
    """Raise InputError unless the voice's numbers are in range."""
    ranges = {
        "rate": (voice.rate, 0.5, 2.0),
        "pitch_range": (voice.pitch_range, 0.0, 2.0),
        "volume": (voice.volume, 0.0, 2.0),
        "shaping.pitch": (voice.shaping.pitch, 0.4, 2.5),
        "shaping.formant": (voice.shaping.formant, 0.6, 1.6),
        "shaping.tempo": (voice.shaping.tempo, 0.5, 2.0),
        "shaping.breath": (voice.shaping.breath, 0.0, 1.0),
        "shaping.flatness": (voice.shaping.flatness, 0.0, 1.0),
        "shaping.tremor": (voice.shaping.tremor, 0.0, 1.0),
        "shaping.tilt": (voice.shaping.tilt, -18.0, 18.0),
    }
    for name, (value, low, high) in ranges.items():
        if not low <= value <= high:
            raise InputError(f"A voice's {name} must be in [{low:g}, {high:g}], not {value}.")
    if voice.pitch != 0 and not 40 <= voice.pitch <= 500:
        raise InputError(f"A voice's pitch must be 0 or 40 to 500 Hz, not {voice.pitch}.")
    if not voice.mix:
        raise InputError("A voice needs at least one voice of its engine in `mix`.")


def _seen(timeline: Timeline) -> Timeline:
    return replace(timeline, visemes=visemes_of(timeline.phones))
