"""A voice engine that is as small as one can be: it hums every word and stops at once."""

from contextlib import contextmanager

import numpy as np

from chatanything.voice import Phone, Speech, Timeline, VoiceCard, VoiceEngine, Word, voices

RATE = 16000
WORD = 0.2
"""Seconds of a word; the next one begins as it ends."""

CARD = VoiceCard("hum", "hum", "en-US")


class HummingVoice(VoiceEngine):
    """Does nothing of what a voice asks for, and leaves no silence at the end."""

    quick = False
    limit = 20

    def __init__(self, cards=(CARD,)):
        self.cards = tuple(cards)

    def catalogue(self):
        return self.cards

    def unmeasured(self):
        return self.cards

    def speak(self, text, voice, tick):
        texts = text.split()
        times = [(i * WORD, (i + 1) * WORD) for i in range(len(texts))]
        words = tuple(Word(word, *time) for word, time in zip(texts, times, strict=True))
        phones = tuple(Phone("a", *time) for time in times)
        hum = np.sin(2 * np.pi * 150 * np.arange(round(len(texts) * WORD * RATE)) / RATE)
        timeline = Timeline(len(hum) / RATE, words, phones, language="en-US", text=text)
        return Speech((0.3 * hum).astype(np.float32), RATE, timeline)

    def left_to_postprocess(self, voice):
        return voice


@contextmanager
def registered(engine):
    """The name that an engine can be chosen under, for a while."""
    voices.add("hum", lambda: engine, about="hums")
    try:
        yield "hum"
    finally:
        del voices._entries["hum"]
