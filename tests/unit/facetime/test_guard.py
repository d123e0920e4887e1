"""Who may ask, how, and how often."""

import json
from pathlib import Path

import pytest

from chatanything.facetime.guard import LARGEST, Guard, Rate
from chatanything.facetime.routes import PREFIX, facetime_routes
from chatanything.facetime.serve import Place, guard_of
from chatanything.facetime.service import Service
from chatanything.live.roster import Roster
from chatanything.talking_head.rig import web_folder

from .conftest import running

TURN = "turn-0001"


def own(client):
    return f"http://127.0.0.1:{client.port}"


def test_another_sites_page_may_ask_nothing(client):
    made = client.make()
    path = f"{PREFIX}/characters/{made['id']}/say"
    body = {"message": "Hi", "turn": TURN}
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": own(client).replace("http", "https") + "1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": own(client), "Host": "evil.example"},
    ):
        status, _, raw = client.ask(path, body, **headers)
        assert status == 403, headers
        assert "error" in json.loads(raw)
    assert client.api(f"/characters/{made['id']}")["turns"] == []
    assert client.ask(path, body, Origin=own(client))[0] == 200


def test_a_link_from_anywhere_opens_the_page_and_nothing_else(client):
    linked = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    assert client.ask("/", **linked)[0] == 200
    assert client.ask(f"{PREFIX}/characters", **linked)[0] == 403
    assert client.ask("/web/facetime/app.mjs", **linked)[0] == 403


def test_a_name_that_was_pointed_here_reads_nothing(client):
    for path in ("/", f"{PREFIX}/characters", "/web/facetime/app.mjs"):
        assert client.ask(path, Host="evil.example:8765")[0] == 403
        assert client.ask(path, Host=f"localhost:{client.port}")[0] == 200


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {"Content_Type": "text/plain"}, 415),
        (b"{}", {"Content_Type": "application/x-www-form-urlencoded"}, 415),
        (b"not json", {}, 400),
        (b"[" * 50_000, {}, 400),
        (b"[]", {}, 400),
        (b'"text"', {}, 400),
        (b'{"message": 3, "turn": "turn-0001"}', {}, 400),
        (b'{"message": ["Hi"], "turn": "turn-0001"}', {}, 400),
        (b'{"message": null, "turn": "turn-0001"}', {}, 400),
        (b'{"message": "Hi", "turn": "turn-0001", "address": "http://x"}', {}, 400),
        (b'{"message": "Hi", "turn": "turn-0001", "heard": {"turn": 1}}', {}, 400),
        (b'{"message": "' + b"x" * LARGEST + b'"}', {}, 413),
        (b"\xff\xfe", {}, 400),
    ],
)
def test_bodies_of_the_wrong_kind_are_refused(client, body, headers, status):
    made = client.make()
    path = f"{PREFIX}/characters/{made['id']}/say"
    assert client.ask(path, body, **headers)[0] == status
    assert client.api(f"/characters/{made['id']}")["turns"] == []


def test_true_is_no_number(client):
    path = f"{PREFIX}/characters/{client.make()['id']}/back"
    assert client.ask(path, b'{"turns": true}')[0] == 400


def test_an_endless_body_is_cut_off(client):
    path = f"{PREFIX}/settings"

    def endless():
        yield b'{"user": "'
        for _ in range(100):
            yield b"x" * 10_000

    import http.client

    link = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
    try:
        headers = {"Content-Type": "application/json"}
        link.request("POST", path, endless(), headers, encode_chunked=True)
        assert link.getresponse().status == 413
    except (BrokenPipeError, ConnectionResetError):
        pass  # it hung up in the middle, which is as good
    finally:
        link.close()


def test_nothing_changes_on_get(client, service, tmp_path):
    made = client.make()
    client.events(f"/characters/{made['id']}/say", {"message": "Hi", "turn": TURN})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    routes = facetime_routes(service)
    read = {route.path for route in routes if route.method == "GET"}
    for route in routes:
        path = route.path.replace("{id}", made["id"])
        if path.endswith("/follow"):
            continue  # it has no end; see test_stage.py
        if route.method == "GET":
            query = "?from=0&seconds=1" if path.endswith("idle") else ""
            expected = 426 if path.endswith("/realtime") else 200  # a socket, by upgrade only
            assert client.ask(path + query)[0] == expected, path
        elif route.path not in read:
            assert client.ask(path)[0] == 405, path
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert before == after


@pytest.mark.parametrize(
    "wrong", ["..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "0" * 16, "x" * 5000, "%00"]
)
def test_an_id_is_never_a_path(client, wrong):
    client.make()
    for part in ("", "/portrait.png", "/rig", "/page.html"):
        assert client.ask(f"{PREFIX}/characters/{wrong}{part}")[0] in (400, 403, 404)


@pytest.mark.parametrize(
    "path",
    ["/web/../pyproject.toml", "/web/%2e%2e/pyproject.toml", "/web/chatanything.js", "/web/"],
)
def test_only_the_pages_own_files_are_served(client, path):
    assert client.ask(path)[0] == 404


def test_the_page_may_run_its_own_files_only(client):
    for path in ("/", "/web/facetime/app.mjs", "/web/lib/face.mjs", "/web/facetime/page.css"):
        status, headers, _ = client.ask(path)
        assert status == 200
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
    html = (web_folder() / "facetime" / "index.html").read_text("utf-8")
    assert " style=" not in html
    assert "<style" not in html


def test_no_module_of_the_page_writes_markup():
    for path in (web_folder() / "facetime").rglob("*.mjs"):
        text = path.read_text("utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert word not in text, path


def test_whoever_asks_too_often_waits(tmp_path):
    roster = Roster(tmp_path / "data" / "characters")
    service = Service(roster, asking=Rate(3, 100.0), making=Rate(1, 100.0))
    with running(service) as client:
        made = client.make()
        assert client.ask(f"{PREFIX}/characters", {"concept": "teapot"})[0] == 429
        path = f"{PREFIX}/characters/{made['id']}/greet"
        assert client.ask(path, {"turn": TURN})[0] == 200
        status, _, raw = client.ask(path, {"turn": TURN})
        assert status == 429
        assert "Wait" in json.loads(raw)["error"]
        assert client.ask(f"{PREFIX}/characters")[0] == 200


def test_a_rate_lets_one_more_through_after_its_time():
    rate = Rate(2, 0.0001)
    assert rate.wait("a") == 0
    assert all(Rate(1, 50).wait(who) == 0 for who in "abc")
    tight = Rate(1, 50)
    assert tight.wait("a") == 0
    assert 0 < tight.wait("a") <= 50
    assert tight.wait("b") == 0


def test_off_this_machine_the_link_has_a_token(tmp_path):
    assert guard_of(Place("127.0.0.1")).token == guard_of(Place("localhost")).token == ""
    assert guard_of(Place("::1")).token == ""
    guard = guard_of(Place("0.0.0.0"))
    assert len(guard.token) >= 32
    assert guard.token != guard_of(Place("0.0.0.0")).token
    with running(Service(Roster(tmp_path / "characters"), guard)) as client:
        assert client.ask("/")[0] == 403
        assert client.ask("/?token=wrong")[0] == 403
        assert client.ask("/web/facetime/app.mjs")[0] == 403
        assert client.ask(f"{PREFIX}/characters")[0] == 403
        status, headers, _ = client.ask(f"/?token={guard.token}")
        cookie = headers["Set-Cookie"]
        assert status == 302
        assert headers["Location"] == "/"
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        own = cookie.split(";")[0]
        assert client.ask("/", Cookie=own)[0] == 200
        assert client.ask(f"{PREFIX}/characters", Cookie=own)[0] == 200
        assert client.ask(f"{PREFIX}/characters", Cookie=own + "x")[0] == 403


def test_keys_and_addresses_stay_on_the_server(client, monkeypatch):
    from chatanything.llm import profiles

    monkeypatch.setenv("LAB_KEY", "sk-canary-7f3a")
    place = profiles.Profile("lab", "http://127.0.0.1:9/v1", "tiny", "environment", "LAB_KEY")
    profiles.add_profile(place)
    raw = client.ask(f"{PREFIX}/settings")[2].decode()
    assert "lab" in raw
    assert not any(word in raw for word in ("sk-canary", "LAB_KEY", "127.0.0.1:9"))
    assert client.ask(f"{PREFIX}/settings", {"profile": "other"})[0] == 400
    client.api("/settings", {"profile": "lab"})
    kept = [p.read_text() for p in Path(client_folder(monkeypatch)).rglob("*.json")]
    assert not any("sk-canary" in text for text in kept)


def client_folder(monkeypatch):
    import os

    return os.environ["CHATANYTHING_DATA"]


def test_a_found_server_is_named_never_addressed(client):
    body = {"program": "Ollama", "model": "x", "address": "http://evil"}
    assert client.ask(f"{PREFIX}/servers/use", body)[0] == 400
    status, _, raw = client.ask(f"{PREFIX}/servers/use", {"program": "evil", "model": "x"})
    assert status == 400
    assert "answers on this machine" in json.loads(raw)["error"]


def test_no_guard_checks_hosts_it_was_not_given():
    assert Guard(hosts=()).knows("")
