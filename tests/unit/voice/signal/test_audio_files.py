"""Audio files in and out, and what is none."""

import numpy as np
import pytest

from chatanything.errors import InputError, OutputError
from chatanything.voice import load_audio, open_audio, save_wav, timeline_of
from chatanything.voice.signal.short_time import frame_blocks

RATE = 22050
TONE = (0.5 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)).astype(np.float32)


def test_wav_round_trip(tmp_path):
    save_wav(tmp_path / "a.wav", TONE, RATE)
    samples, rate = load_audio(tmp_path / "a.wav")
    assert rate == RATE
    assert samples.dtype == np.float32
    np.testing.assert_allclose(samples, TONE, atol=1e-4)


def test_what_is_no_audio_is_refused(tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("hello")
    with pytest.raises(InputError, match="cannot be read as audio"):
        load_audio(text)
    with pytest.raises(InputError, match="There is no file"):
        load_audio(tmp_path / "none.wav")
    (tmp_path / "empty.wav").touch()
    with pytest.raises(InputError, match="cannot be read as audio"):
        load_audio(tmp_path / "empty.wav")


def test_a_video_without_sound_is_refused(tmp_path):
    import av

    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("mpeg4", rate=25)
        stream.width = stream.height = 64
        file.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
        file.mux(stream.encode(None))
    with pytest.raises(InputError, match="contains no audio"):
        load_audio(path)


def test_a_truncated_file_is_read_as_far_as_it_goes_or_refused(tmp_path):
    save_wav(tmp_path / "a.wav", TONE, RATE)
    cut = tmp_path / "cut.wav"
    cut.write_bytes((tmp_path / "a.wav").read_bytes()[:20000])
    samples, _ = load_audio(cut)
    assert 0 < len(samples) < RATE


def test_an_unwritable_place_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="Cannot write"):
        save_wav(tmp_path / "file" / "a.wav", TONE, RATE)


def test_stored_sound_is_the_sound(tmp_path):
    save_wav(tmp_path / "a.wav", np.tile(TONE, 5), RATE)
    loaded, rate = load_audio(tmp_path / "a.wav")
    sound, same = open_audio(tmp_path / "a.wav", tmp_path)
    assert (len(sound), same) == (len(loaded), rate)
    assert np.array_equal(sound[1000:70000], loaded[1000:70000])
    assert timeline_of(sound, rate) == timeline_of(loaded, rate)
    with pytest.raises(ValueError, match="read-only"):
        sound[3] = 0


def test_two_sounds_in_one_folder_stay_apart(tmp_path):
    for name, sound in (("a", TONE), ("b", TONE[:1000] / 2)):
        save_wav(tmp_path / f"{name}.wav", sound, RATE)
    first, second = (open_audio(tmp_path / f"{name}.wav", tmp_path)[0] for name in "ab")
    assert np.allclose(first[:], TONE, atol=1e-4)
    assert np.allclose(second[:], TONE[:1000] / 2, atol=1e-4)


def test_stored_sound_needs_a_place(tmp_path):
    save_wav(tmp_path / "a.wav", TONE, RATE)
    with pytest.raises(OutputError, match="Free some space"):
        open_audio(tmp_path / "a.wav", tmp_path / "none")


def test_a_long_sound_is_timed_in_blocks_as_in_one_piece():
    rng = np.random.default_rng(1)
    sound = (np.tile(TONE, 14) * rng.uniform(0, 1, 14 * RATE)).astype(np.float32)
    blocks = list(frame_blocks(sound, RATE, 0.025, 0.02))
    assert len(blocks) > 1
    size = round(0.025 * RATE)
    padded = np.pad(sound, (size // 2, size))
    for k in (0, 499, 500, 699):
        start = round(k * 0.02 * RATE)
        assert np.array_equal(blocks[k // 500][k % 500], padded[start : start + size])
