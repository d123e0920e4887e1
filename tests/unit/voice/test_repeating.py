import time

import numpy as np
from chatanything.chatanything_core.persona import VoiceTraits
from chatanything.chatanything_core.progress import silent
from chatanything.chatanything_core.voice import choose_voice, voices


def test_the_same_words_sound_the_same_at_another_second():
    voice = choose_voice(VoiceTraits(breathiness=0.4))
    engine = voices.create(voice.engine)
    first = engine.speak("She sells sea shells.", voice, silent)
    time.sleep(1.1)  # espeak-ng would seed its noise with the clock's seconds
    assert np.array_equal(
        first.samples, engine.speak("She sells sea shells.", voice, silent).samples
    )
