"""The same words at another second of the day are the same bytes."""

import time

from chatanything.persona import VoiceTraits
from chatanything.progress import no_progress
from chatanything.voice import choose_voice, voices


def test_speech_does_not_depend_on_the_clock():
    voice = choose_voice(VoiceTraits(breathiness=0.9, age=0.8), override="whisper:0.5,f3:0.5")
    samples = []
    for _ in range(2):
        samples.append(
            voices.create("espeak").speak("Hush now.", voice, no_progress).samples.tobytes()
        )
        time.sleep(1.1)
    assert samples[0] == samples[1]
