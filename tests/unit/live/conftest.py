"""A character, made once, and a conversation of its own for each test."""

import pytest

from chatanything.character.make_character import make_character
from chatanything.character.request import Request
from chatanything.live.conversation import Answering, Conversation, Talk
from chatanything.live.speech_cache import SpeechCache


@pytest.fixture(scope="session")
def teapot():
    return make_character(Request("grumpy teapot", size=256))


@pytest.fixture(scope="session")
def cache():
    cache = SpeechCache()
    yield cache
    cache.close()


@pytest.fixture
def kept():
    """Every state of the conversation that was kept."""
    return []


@pytest.fixture
def conversation(teapot, kept):
    return Conversation(teapot.persona, teapot.seed, Talk(), kept.append)


@pytest.fixture
def say(teapot, cache, conversation):
    """Say something and get the events, all or as they come."""

    def said(message, turn="turn-0001", **answering):
        return conversation.say(message, turn, teapot.voice, cache, Answering(**answering))

    return said
