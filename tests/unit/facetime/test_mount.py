"""The page as a part of another server: for each user by themselves, at any address."""

import asyncio
import json
import threading

import numpy as np
import pytest
from aiohttp import web

from chatanything.character.make_character import Character
from chatanything.dialogue import History, Turn
from chatanything.diffusion import Portrait
from chatanything.facetime.guard import Guard, Rate
from chatanything.facetime.mount import Mount
from chatanything.facetime.routes import PREFIX
from chatanything.facetime.service import Service
from chatanything.live.lend_character import lend_character

from .conftest import Client, unpacked

USERS = "/studio/users/{user}/{path:.*}"


@pytest.fixture
def mount(tmp_path):
    fast = Rate(10_000, 0.001)
    return Mount(
        tmp_path / "mounted",
        lambda roster: Service(roster, Guard(()), asking=fast, making=fast, own_name=True),
    )


@pytest.fixture
def other_server(mount):
    """A server that is not ours, which has the page below one of its own addresses."""
    loop = asyncio.new_event_loop()

    async def answer(request):
        return await mount.answer(
            request, request.match_info["user"], "/" + request.match_info["path"]
        )

    async def start():
        app = web.Application()
        app.router.add_get(USERS, answer)
        app.router.add_post(USERS, answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(start(), loop).result(30)
    yield Client(runner.addresses[0][1])
    mount.close()
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(30)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def below(user, path=""):
    return f"/studio/users/{user}{path}"


def make(server, user, concept="grumpy teapot"):
    status, _, raw = server.ask(below(user, f"{PREFIX}/characters"), {"concept": concept})
    assert status == 200, raw
    return list(unpacked(raw))[-1][0]["character"]


def api(server, user, path, body=None):
    status, _, raw = server.ask(below(user, PREFIX + path), body)
    assert status == 200, raw
    return json.loads(raw)


def test_the_page_and_its_files_are_there_and_may_be_framed_by_their_own_site(other_server):
    status, headers, page = other_server.ask(below("ada", "/"))
    assert status == 200 and b"web/facetime/app.mjs" in page
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert b'="/' not in page  # it would not be found below a path
    assert other_server.ask(below("ada", "/web/facetime/app.mjs"))[0] == 200
    assert other_server.ask(below("ada", "/web/lib/face.mjs"))[0] == 200


@pytest.mark.parametrize(
    "path", ["/web/../pyproject.toml", "/web/%2e%2e/chatanything.js", "/nothing", "/users/bob/"]
)
def test_nothing_else_is(other_server, path):
    assert other_server.ask(below("ada", path))[0] == 404


@pytest.mark.parametrize("user", ["..", "%2e%2e", "a.b", "-", "x" * 200, "__system"])
def test_a_user_is_a_plain_name(other_server, mount, user):
    assert other_server.ask(below(user, f"{PREFIX}/characters"))[0] in (400, 404)
    assert not mount.folder.exists()


def test_users_have_characters_and_settings_of_their_own(other_server, mount):
    made = make(other_server, "ada")
    assert [one["id"] for one in api(other_server, "ada", "/characters")] == [made["id"]]
    assert api(other_server, "bob", "/characters") == []
    assert other_server.ask(below("bob", f"{PREFIX}/characters/{made['id']}"))[0] == 404
    api(other_server, "ada", "/settings", {"user": "Ada", "limit": 30})
    assert api(other_server, "ada", "/settings")["user"] == "Ada"
    assert api(other_server, "bob", "/settings")["user"] == ""
    again = Mount(mount.folder).service("ada").answering
    assert (again.user, again.limit) == ("Ada", 30)


def test_two_of_one_user_talk_with_each_other_and_with_nobody_elses(other_server):
    own, other = make(other_server, "ada"), make(other_server, "ada", "old fisherman")
    theirs = make(other_server, "bob", "red apple")
    path = below("ada", f"{PREFIX}/characters/{own['id']}/duet")
    body = {"topic": "rain", "turns": 2}
    assert other_server.ask(path, {**body, "other": theirs["id"]})[0] == 404
    status, _, raw = other_server.ask(path, {**body, "other": other["id"]})
    assert status == 200
    said = [event for event, _ in unpacked(raw) if event["type"] == "SENTENCE"]
    assert [event["speaker"] for event in said] == [0, 1]


def test_other_sites_are_refused(other_server):
    path = below("ada", f"{PREFIX}/characters")
    body = {"concept": "cat"}
    assert other_server.ask(path, body, Origin="http://evil.example")[0] == 403
    assert other_server.ask(path, Sec_Fetch_Site="cross-site")[0] == 403


def lent(mount, server, **history):
    made = make(server, "ada")
    own = mount.service("ada").roster.find(made["id"]).character
    image = np.ascontiguousarray(own.portrait.image[:, ::-1])
    character = Character(own.persona, own.voice, Portrait(image, own.portrait.face), "warp", 3)
    return lend_character(mount.lent, character, **history)


def test_what_a_graph_lends_each_user_gets_and_talks_with_alone(other_server, mount):
    history = History((Turn("My name is Ada.", "Hello, Ada."),), memory=("Is called Ada.",))
    found = lent(mount, other_server, history=history)
    for user in ("ada", "bob"):
        told = api(other_server, user, f"/characters/{found}")
        assert [turn["message"] for turn in told["turns"]] == ["My name is Ada."]
    body = {"message": "Hello!", "turn": "turn-0001"}
    other_server.ask(below("bob", f"{PREFIX}/characters/{found}/say"), body)
    assert len(api(other_server, "bob", f"/characters/{found}")["turns"]) == 2
    assert len(api(other_server, "ada", f"/characters/{found}")["turns"]) == 1
    assert found in [one["id"] for one in api(other_server, "bob", "/characters")]


def test_the_same_character_is_lent_once_and_another_is_another(other_server, mount):
    found = lent(mount, other_server)
    assert lent(mount, other_server) == found
    assert lent(mount, other_server, history=History((Turn("Hi", "Ho."),))) != found
    api(other_server, "ada", f"/characters/{found}")
    api(other_server, "ada", f"/characters/{found}/forget", {})
    assert api(other_server, "ada", f"/characters/{found}")["turns"] == []
