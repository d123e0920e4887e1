"""espeak-ng's data in the cache: one copy for all environments, and nothing that is left behind."""

import os
import shutil
import time
from pathlib import Path

import espeakng_loader
import pytest

from chatanything.voice.engines import espeak_data as module
from tests.tools.checkout import run_python


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CHATANYTHING_CACHE", str(tmp_path / "cache"))
    yield tmp_path / "cache"
    module._espeak_data.cache_clear()


def made_old(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_environments_with_the_same_espeak_share_a_copy(cache, tmp_path, monkeypatch):
    first = module.espeak_data()
    elsewhere = tmp_path / "other-environment"
    shutil.copytree(espeakng_loader.get_data_path(), elsewhere)
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(elsewhere))
    module._espeak_data.cache_clear()
    assert module.espeak_data().folder == first.folder
    assert len(list(cache.iterdir())) == 1


def test_another_espeak_has_a_copy_of_its_own(cache, tmp_path, monkeypatch):
    module.espeak_data()
    elsewhere = tmp_path / "other-version"
    shutil.copytree(espeakng_loader.get_data_path(), elsewhere)
    (elsewhere / "phondata").write_bytes((elsewhere / "phondata").read_bytes() + b"\0")
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(elsewhere))
    module._espeak_data.cache_clear()
    module.espeak_data()
    assert len(list(cache.iterdir())) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limits of file sizes")
def test_a_full_disk_is_told_once_and_not_for_every_file(tmp_path):
    done = run_python(
        f"import os, resource\nos.environ['CHATANYTHING_CACHE'] = {str(tmp_path)!r}\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from chatanything import EngineError\n"
        "from chatanything.voice.engines.espeak_data import espeak_data\n"
        "try:\n"
        "    espeak_data()\n"
        "except EngineError as error:\n"
        "    print(error)\n",
        tmp_path,
    )
    assert "File too large" in done.stdout and "CHATANYTHING_CACHE" in done.stdout
    assert len(done.stdout) < 500 and done.stdout.count("Errno") <= 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_unused_or_half_done_goes(cache):
    data = module.espeak_data()
    half, unused, used = (cache / f"espeak-{name}" for name in ("half", "unused", "used"))
    for folder in (half, unused, used):
        (folder / "voices").mkdir(parents=True)
    for folder in (unused, used):
        (folder / "languages.json").write_text("{}")
    made_old(half, 2 * module.ABANDONED)
    made_old(unused / "languages.json", 2 * module.UNUSED)
    made_old(used / "languages.json", module.UNUSED / 2)
    voice = data.folder / "voices" / "!v" / "ca0123456789abcdef"
    voice.write_text("name x")
    made_old(voice, 2 * module.ABANDONED)
    with data.variant("name y") as living:
        module._espeak_data.cache_clear()
        module.espeak_data()
        assert (data.folder / "voices" / "!v" / living).exists()
    assert sorted(path.name for path in cache.iterdir()) == sorted(
        [data.folder.name, "espeak-used"]
    )
    assert not voice.exists()
