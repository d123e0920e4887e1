"""Sound as people have it: many channels, odd rates, damaged, too loud, or none at all."""

import wave

import av
import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.voice import load_audio, open_audio, timeline_of
from chatanything.voice.signal.downmix import Levels

RATE = 22050
T = np.arange(RATE) / RATE
TONE = (0.5 * np.sin(2 * np.pi * 440 * T)).astype(np.float32)
OTHER = (0.5 * np.sin(2 * np.pi * 311 * T)).astype(np.float32)
QUIET = np.zeros(RATE, np.float32)
LEVEL = float(np.sqrt(np.mean(TONE**2)))


def floats(path, channels, rate=RATE):
    """A WAV file of 32-bit floats."""
    data = np.stack(channels, 1).astype("<f4")
    body = data.tobytes()
    width = 4 * data.shape[1]
    form = b"fmt " + np.array([16], "<u4").tobytes() + np.array([3, data.shape[1]], "<u2").tobytes()
    form += np.array([rate, rate * width], "<u4").tobytes() + np.array([width, 32], "<u2").tobytes()
    size = np.array([len(body)], "<u4").tobytes()
    whole = b"WAVE" + form + b"data" + size + body
    path.write_bytes(b"RIFF" + np.array([len(whole)], "<u4").tobytes() + whole)
    return path


def sixteen(path, data, rate=RATE):
    """A WAV file of 16 bits from samples (n, channels) in [-1, 1]."""
    with wave.open(str(path), "wb") as file:
        file.setparams((data.shape[1], 2, rate, 0, "NONE", ""))
        file.writeframes(np.round(data * 32767).astype("<i2").tobytes())
    return path


def mp3(path, samples, rate=RATE, layout="mono"):
    """An MP3 file of a sound."""
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libmp3lame", rate=rate, layout=layout)
        count = stream.codec_context.layout.nb_channels
        data = np.repeat(np.round(samples * 32767).astype(np.int16)[:, None], count, 1)
        frame = av.AudioFrame.from_ndarray(data.reshape(1, -1), "s16", layout)
        frame.sample_rate = rate
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def level(samples):
    return float(np.sqrt(np.mean(np.square(samples))))


def pitch(samples, rate):
    """Strongest frequency in Hz."""
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.fft.rfftfreq(len(samples), 1 / rate)[power.argmax()])


@pytest.mark.parametrize("channels", [1, 2, 6, 7, 8, 9, 12, 16, 24, 32, 64])
def test_any_number_of_channels_is_heard_in_equal_parts(tmp_path, channels):
    gains = np.linspace(0.5, 1, channels)
    path = sixteen(tmp_path / "many.wav", TONE[:, None] * gains)
    samples, rate = load_audio(path)
    assert rate == RATE and len(samples) == RATE
    np.testing.assert_allclose(samples, TONE * gains.mean(), atol=2e-4)


@pytest.mark.parametrize(
    ("suffix", "codec"), [("flac", "flac"), ("mp4", "aac"), ("opus", "libopus"), ("mkv", "ac3")]
)
def test_film_sound_is_heard(tmp_path, suffix, codec):
    path, layout = tmp_path / f"film.{suffix}", "5.1" if codec == "ac3" else "7.1"
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, rate=48000, layout=layout)
        count = stream.codec_context.layout.nb_channels
        t = np.arange(48000) / 48000
        tone = np.round(9000 * np.sin(2 * np.pi * 440 * t)).astype(np.int16)
        # The fourth channel carries only the lowest tones.
        data = np.repeat(tone[:, None], count, 1) * (np.arange(count) != 3).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(data.reshape(1, -1), "s16", layout)
        frame.sample_rate = 48000
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    samples, rate = load_audio(path)
    assert rate == 48000
    assert level(samples[9000:40000]) == pytest.approx(9000 / 32768 / np.sqrt(2), rel=0.1)


def test_more_than_64_channels_are_refused(tmp_path):
    path = sixteen(tmp_path / "wall.wav", np.zeros((100, 65)))
    with pytest.raises(InputError, match=r"65 channels\. Give audio of 1 to 64"):
        load_audio(path)


@pytest.mark.parametrize(
    ("channels", "heard"),
    [
        ([TONE, QUIET], TONE),
        ([QUIET, QUIET, TONE, QUIET, QUIET, QUIET], TONE),
        ([TONE, OTHER], (TONE + OTHER) / 2),
        ([TONE, 0.1 * OTHER], (TONE + 0.1 * OTHER) / 2),
        ([QUIET, QUIET], QUIET),
    ],
    ids=["left only", "centre only", "two voices", "a soft second voice", "silence"],
)
def test_a_voice_on_some_channels_is_not_made_quieter(tmp_path, channels, heard):
    samples, _ = load_audio(floats(tmp_path / "a.wav", channels))
    np.testing.assert_allclose(samples, heard, atol=1e-5)


def test_channels_that_cancel_leave_the_louder_one(tmp_path):
    told = []
    path = floats(tmp_path / "a.wav", [0.9 * TONE, -TONE])
    samples, _ = load_audio(path, told.append)
    np.testing.assert_allclose(samples, -TONE, atol=1e-5)
    assert told == [f"{path}: Its channels cancel each other, so only channel 2 is heard."]


@pytest.mark.parametrize("offset", [0.3, -0.05])
def test_direct_current_is_taken_away(tmp_path, offset):
    samples, _ = load_audio(floats(tmp_path / "a.wav", [TONE + offset, TONE - 3 * offset]))
    np.testing.assert_allclose(samples, TONE, atol=1e-4)


def test_clean_sound_stays_exact(tmp_path):
    samples, _ = load_audio(floats(tmp_path / "a.wav", [TONE]))
    assert np.array_equal(samples, TONE)


def test_peaks_above_full_scale_are_scaled_to_fit(tmp_path):
    told = []
    samples, _ = load_audio(floats(tmp_path / "a.wav", [6 * TONE]), told.append)
    np.testing.assert_allclose(samples, 2 * TONE, atol=1e-3)
    assert "peak is 3 times full scale" in told[0]


def test_a_click_does_not_make_the_rest_quiet(tmp_path):
    clicked = TONE.copy()
    clicked[5000] = 30
    samples, _ = load_audio(floats(tmp_path / "a.wav", [clicked]))
    assert level(samples) == pytest.approx(LEVEL, rel=0.01) and samples.max() == 1


def test_what_is_no_number_is_silent(tmp_path):
    broken = TONE.copy()
    broken[::100], broken[1::100], broken[2::100] = np.nan, np.inf, -np.inf
    told = []
    samples, _ = load_audio(floats(tmp_path / "a.wav", [broken, broken]), told.append)
    expected = TONE.copy()
    expected[::100] = expected[1::100] = expected[2::100] = 0
    np.testing.assert_allclose(samples, expected, atol=1e-3)
    assert told[0].endswith("1326 of its samples are not numbers, so they were made silent.")


@pytest.mark.parametrize("rate", [4000, 6000, 8000, 11025, 44100, 96000, 192000])
def test_rates_from_4_to_192_khz(tmp_path, rate):
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(2 * rate) / rate)
    samples, out = load_audio(sixteen(tmp_path / "a.wav", tone[:, None], rate))
    assert out == max(rate, 8000)
    assert len(samples) / out == pytest.approx(2, abs=0.01)
    assert pitch(samples, out) == pytest.approx(440, abs=2)
    assert level(samples) == pytest.approx(LEVEL, rel=0.03)
    assert timeline_of(samples, out).duration == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize("rate", [1000, 3999, 384000])
def test_other_rates_say_what_is_allowed(tmp_path, rate):
    path = sixteen(tmp_path / "a.wav", np.zeros((9000, 1)), rate)
    with pytest.raises(InputError, match=f"{rate} samples a second. Give audio of 4000 to 192000"):
        load_audio(path)


def test_a_hole_in_an_mp3_is_left_out_and_said(tmp_path):
    path = mp3(tmp_path / "a.mp3", np.tile(TONE, 3))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 1500] = bytes(1500)
    path.write_bytes(data)
    told = []
    samples, rate = load_audio(path, told.append)
    assert 2 < len(samples) / rate < 3
    assert pitch(samples, rate) == pytest.approx(440, abs=2)
    assert told and "damaged" in told[0] and str(path) in told[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [((22050, "mono"), (44100, "mono")), ((44100, "mono"), (44100, "stereo"))],
    ids=["rates", "channels"],
)
def test_mp3s_put_together_keep_pitch_and_length(tmp_path, first, second):
    parts = []
    for number, (rate, layout) in enumerate((first, second)):
        tone = (0.5 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)).astype(np.float32)
        parts.append(mp3(tmp_path / f"{number}.mp3", tone, rate, layout).read_bytes())
    path = tmp_path / "both.mp3"
    path.write_bytes(b"".join(parts))
    samples, rate = load_audio(path)
    assert rate == 44100
    assert len(samples) / rate == pytest.approx(2, abs=0.15)
    for half in (samples[4000:36000], samples[-34000:-4000]):
        assert pitch(half, rate) == pytest.approx(440, abs=3)
        # LAME takes a twentieth off.
        assert level(half) == pytest.approx(0.95 * LEVEL, rel=0.02)


def test_stored_sound_is_mixed_alike(tmp_path):
    path = floats(tmp_path / "a.wav", [TONE + 0.2, -TONE])
    loaded, rate = load_audio(path)
    kept, same = open_audio(path, tmp_path)
    assert rate == same and np.array_equal(kept[:], loaded)


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_any_samples_say_what_is_needed(tmp_path, count):
    path = sixteen(tmp_path / "a.wav", np.full((count, 1), 0.1))
    with pytest.raises(InputError, match=r"at least 0\.05 seconds"):
        timeline_of(*load_audio(path))


def test_a_coding_that_nobody_knows_is_named(tmp_path):
    path = sixteen(tmp_path / "a.wav", TONE[:, None])
    data = bytearray(path.read_bytes())
    data[20:22] = b"\x99\x77"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"has an unknown codec\. Use WAV"):
        load_audio(path)


@pytest.mark.parametrize("name", ["rec:1.wav", "12:30 memo.wav", "http:x.wav", "a%03d.wav"])
def test_names_with_colons(tmp_path, monkeypatch, name):
    from pathlib import Path

    monkeypatch.chdir(tmp_path)
    sixteen(tmp_path / name, TONE[:, None])
    assert len(load_audio(Path(name))[0]) == RATE


def test_levels_of_nothing_are_a_plain_mean():
    assert Levels(3).downmix().weights == pytest.approx([1 / 3] * 3)


def test_silence_is_said(tmp_path):
    told = []
    samples, _ = load_audio(floats(tmp_path / "a.wav", [QUIET, QUIET + 0.2]), told.append)
    assert not samples.any() and told == [f"{tmp_path / 'a.wav'}: Nothing can be heard in it."]
