"""A reply in another language than its speaker's: who says it, for how long, and what is told."""

from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

from chatanything.persona import write_persona
from chatanything.voice import Voice, VoiceCard, choose_voice, speak, timeline_of
from chatanything.voice.mixture.language_voice import voice_in
from chatanything.voice.signal.measure import pitch_track
from chatanything.voice.text.tell_language import utterances
from tests.tools.humming_voice import RATE, HummingVoice, registered

REPLIES = {
    "ja-JP": "また客か。座って、ひとつ話をしてあげよう。",
    "zh-CN": "你好，我是一个茶壶。请坐下来喝茶。",
    "ko-KR": "안녕하세요, 저는 찻주전자입니다. 앉으세요.",
    "ru-RU": "Привет, я старый чайник. Садись и пей чай.",
    "ar-SA": "مرحبا، أنا إبريق شاي قديم. اجلس واشرب الشاي.",
    "hi-IN": "नमस्ते, मैं एक पुरानी चायदानी हूँ। बैठो और चाय पियो।",
    "el-GR": "Γεια σου, είμαι μια παλιά τσαγιέρα. Κάθισε και πιες τσάι.",
    "th-TH": "สวัสดี ฉันเป็นกาน้ำชา นั่งลงและดื่มชา",
    "de-DE": "Setz dich, ich habe eine Geschichte für dich.",
}


@pytest.fixture(scope="module")
def teapot():
    return choose_voice(write_persona("grumpy teapot").voice, engine="espeak")


@pytest.mark.parametrize("language", REPLIES)
def test_a_reply_takes_as_long_as_with_the_languages_own_voice(teapot, language):
    text = REPLIES[language]
    own = choose_voice(replace(teapot.traits, language=language))
    reply = speak(teapot, text)
    assert 0.7 < reply.seconds / speak(own, text).seconds < 1.3
    assert not reply.notes
    assert not any("(" in phone.symbol for phone in reply.timeline.phones)
    assert reply.timeline.text == text


@pytest.mark.parametrize(
    ("expected", "text", "found"),
    [
        ("en-GB", "Hello there. 你好，我是茶壶。", ["en-GB", "zh-CN"]),
        ("en-US", "Привет, я чайник.", ["ru"]),
        ("en-US", "Привіт, я чайник.", ["uk"]),
        ("uk-UA", "Привет, я чайник.", ["uk-UA"]),
        ("en-US", "I say привет to him.", ["en-US", "ru", "en-US"]),
        ("en-US", "The man in the war did die. Was it so?", ["en-US"]),
        ("en-US", "Naïve café is déjà vu.", ["en-US"]),
        ("en-US", "Hola.", ["en-US"]),
        ("en-US", "No me gusta, pero aquí está la casa de mi madre.", ["es"]),
        ("ru-RU", "The name is Yolanda, a чайник, at your service.", ["en-US", "ru", "en-US"]),
        ("zh-CN", "我有AI朋友 and friends, 5km。", ["zh-CN"]),
        ("ja-JP", "今日はComfyUIとAIの話。", ["ja-JP", "en-US", "ja-JP"]),
        ("th-TH", "42!", ["th-TH"]),
        ("en-US", "π is about 3.14.", ["en-US"]),
    ],
)
def test_each_sentence_is_told_its_language(expected, text, found):
    told = utterances(text, expected)
    assert "".join(part.text for part in told) == text
    tags = [
        part.language.split("-")[0] if part.language == "ru-RU" else part.language for part in told
    ]
    assert tags == found


def test_an_engine_without_the_language_gives_way_with_a_note():
    with registered(HummingVoice()) as engine:
        voice = Voice(engine, (("hum", 1.0),), write_persona("grumpy teapot").voice)
        speech = speak(voice, "Well then. Привет, я старый чайник.")
    assert speech.rate == RATE
    assert any("'ru'" in note for note in speech.notes)
    assert [word.text for word in speech.timeline.words] == [
        "Well",
        "then.",
        "Привет",
        "я",
        "старый",
        "чайник",
    ]
    russian = next(word for word in speech.timeline.words if word.text == "Привет")
    assert np.abs(speech.samples[int(russian.start * RATE) :]).max() > 0.05


def test_of_voices_with_one_language_each_the_languages_own_is_taken():
    cards = [VoiceCard("hum", "hum", "en-US"), VoiceCard("hum", "summ", "de-DE")]
    with registered(HummingVoice(cards)) as engine:
        voice = Voice(engine, (("hum", 1.0),), write_persona("grumpy teapot").voice)
        german, note = voice_in(voice, "de")
    assert (german.mix, note) == ((("summ", 1.0),), "")


def test_a_mood_is_heard_in_another_language_too(teapot):
    calm, sad = (speak(teapot, f"{mark} Привет, я старый чайник.") for mark in ("", "[sad]"))
    assert sad.seconds > 1.05 * calm.seconds


def test_a_script_that_nothing_reads_is_told_and_passed_over(teapot):
    speech = speak(teapot, "ສະບາຍດີ friend")
    assert [word.text for word in speech.timeline.words] == ["friend"]
    assert "'lo'" in speech.notes[0]
    assert voice_in(teapot, "lo")[0] is None


def test_the_voice_of_another_language_keeps_its_sound(teapot):
    voice, note = voice_in(teapot, "de")
    assert not note
    assert (voice.mix, voice.pitch, voice.shaping) == (teapot.mix, teapot.pitch, teapot.shaping)


def test_phones_that_begin_at_once_share_their_time(teapot):
    phones = [phone.symbol for phone in speak(teapot, "twelfths").timeline.phones]
    assert "l" in phones


@pytest.mark.skipif(find_spec("lindera") is None, reason="needs the package lindera-python-ipadic")
def test_kanji_are_no_chinese_letters(teapot):
    assert speak(teapot, "私は急須です。").seconds < 3


def test_a_text_is_aligned_as_it_is_said(teapot):
    speech = speak(teapot, "I paid $3.50. Привет!")
    found = timeline_of(speech.samples, speech.rate, text="I paid $3.50. Привет!")
    assert [word.text for word in found.words] == ["I", "paid", "$3.50", "Привет"]


def test_the_first_word_of_the_demo_is_a_grunt(teapot):
    """A short voiced hum between breath and lips: h, a vowel, m and f, not four letters."""
    persona = write_persona("grumpy teapot")
    speech = speak(teapot, persona.greeting)
    first = speech.timeline.words[0]
    phones = [p for p in speech.timeline.phones if p.symbol and p.end <= first.end + 1e-6]
    f0, _ = pitch_track(speech.samples, speech.rate)
    voiced = f0[round(first.start * 100) : round(first.end * 100)] > 0
    assert (first.text, "".join(p.symbol for p in phones)) == ("Hmph", "hʌmf")
    assert first.end - first.start < 0.8
    assert 0.3 < voiced.mean() < 0.9
