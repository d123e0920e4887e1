import sys
import types

import pytest

from chatanything.errors import MissingDependencyError, MissingModelError, UnknownEngineError
from chatanything.persona import VoiceTraits
from chatanything.registry import Registry, is_installed
from chatanything.voice import choose_engine, choose_voice, voices
from chatanything.voice.mixture.choose_voice import plain_voice


@pytest.fixture
def colours() -> Registry[str]:
    registry: Registry[str] = Registry("colour")
    registry.add("red", lambda: "#f00", about="always there")
    registry.add(
        "ultraviolet",
        lambda: "#000",
        about="needs a lamp",
        package="no-such-lamp",
        modules=("no_such_lamp",),
    )

    def no_file() -> None:
        raise MissingModelError("Put infra.red into models/.")

    registry.add("infrared", lambda: "#100", about="needs a file", check=no_file)
    return registry


def test_engines_are_listed_in_order_of_registration(colours):
    assert colours.names() == ["red", "ultraviolet", "infrared"]


def test_an_unknown_engine_names_the_known_ones(colours):
    with pytest.raises(UnknownEngineError, match="Choose one of: red, ultraviolet, infrared"):
        colours.create("green")


def test_a_missing_package_says_how_to_install_it(colours):
    with pytest.raises(MissingDependencyError, match="pip install no-such-lamp"):
        colours.create("ultraviolet")


def test_status_is_found_without_creating(colours):
    assert colours.status("red").available
    assert "pip install no-such-lamp" in colours.status("ultraviolet").reason
    assert colours.status("infrared").reason == "Put infra.red into models/."


def test_a_name_is_registered_once(colours):
    with pytest.raises(ValueError, match="already registered"):
        colours.add("red", lambda: "#e00", about="again")


def test_a_package_inside_a_missing_one_is_missing_too(colours):
    colours.add("x-ray", lambda: "#001", about="", package="lamp", modules=("no_such_lamp.tube",))
    assert "pip install lamp" in colours.status("x-ray").reason


def test_engines_of_a_followed_registry_are_offered_also_when_they_come_later(colours):
    words: Registry[str] = Registry("word")
    words.add("none", lambda: "", about="no word")
    words.follow(colours, str.upper, about="{name}, spelt")
    colours.add("blue", lambda: "#00f", about="always there")
    assert words.names() == ["none", "red", "ultraviolet", "infrared", "blue"]
    assert words.create("blue") == "BLUE"
    assert words.status("blue").kind == "word"
    assert words.status("blue").about == "blue, spelt"
    assert words.status("infrared").reason == "Put infra.red into models/."
    with pytest.raises(MissingDependencyError, match="pip install no-such-lamp"):
        words.create("ultraviolet")
    with pytest.raises(UnknownEngineError, match=r"word engine 'green'.*none, red"):
        words.create("green")


def test_an_engine_of_ones_own_goes_before_a_followed_one(colours):
    words: Registry[str] = Registry("word")
    words.follow(colours, str.upper, about="{name}, spelt")
    words.add("red", lambda: "rouge", about="in French")
    assert words.create("red") == "rouge"
    assert words.names() == ["red", "ultraviolet", "infrared"]


def test_an_empty_name_means_the_first(colours):
    assert colours.resolve("") == "red"
    assert colours.resolve("green") == "green"
    assert colours.create("") == "#f00"
    assert colours.status("").name == "red"


def test_records_hold_the_name_of_the_engine_that_was_meant():
    assert choose_voice(VoiceTraits()).engine == choose_engine("en-US")[0]
    assert plain_voice("f3").engine == voices.names()[0]


def test_a_module_that_another_thread_is_importing_is_there(monkeypatch):
    """Until its file has been found it has no spec, and `find_spec` raises a ValueError."""
    monkeypatch.setitem(sys.modules, "half_imported", types.ModuleType("half_imported"))
    assert sys.modules["half_imported"].__spec__ is None
    assert is_installed("half_imported") and not is_installed("never_imported")
