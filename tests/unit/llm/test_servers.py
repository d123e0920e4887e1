"""Servers as they are: each kind of misbehaviour has one good ending, in few requests."""

import email.utils
import json
import random
import socket
import subprocess
import time
from dataclasses import replace

import pytest
from pydantic import BaseModel

from chatanything.errors import EngineError
from chatanything.llm import BadAnswerError, Message, ask, open_model, parse, profiles
from chatanything.llm.servers import completion
from tests.tools.servers import llm_server
from tests.tools.servers.llm_server import Reply, chunk, event

ANSWER = json.dumps({"answer": "Hello there, friend."})
SAID = "Hello there, friend."


class Line(BaseModel):
    answer: str


def put(max_tokens=200, heard=None, **changes):
    """Ask the server of the profile `lab`; the answer and its notes."""
    if changes:
        profiles.add_profile(replace(profiles.find_profile("lab"), **changes))
    told = (Message("system", "Be brief."), Message("user", "Say hello."))
    take = heard.append if heard is not None else str
    found = ask(open_model("openai", "lab"), told, Line, max_tokens=max_tokens, on_text=take)
    assert found.value.answer == SAID
    return found.notes


def thinker(words, field=""):
    """A model that needs `words` tokens for its thoughts before it answers, one for a word."""

    def behave(body, number):
        room = body.get("max_tokens", body.get("max_completion_tokens"))
        thought = "hm " * min(words, room)
        finish = "length" if room <= words else "stop"
        text = "" if room <= words else ANSWER
        if field:
            return Reply(text, thought=thought, thought_field=field, finish=finish)
        return Reply(f"<think>{thought}" + (f"</think>{text}" if text else ""), finish=finish)

    return behave


def stream(*chunks, end=b"data: [DONE]\n\n"):
    return Reply(raw=b"".join(map(event, chunks)) + end)


def content(value):
    return chunk({"content": value})


STOP = chunk({}, "stop")
PARTS = [{"type": "text", "text": ANSWER}]
THOUGHT_PARTS = [
    {"type": "thinking", "thinking": [{"type": "text", "text": '{"answer": "no"}'}]},
    {"type": "text", "text": ANSWER},
]
GOOD = {
    "a thought in front": (lambda b, n: Reply(f'<think>{{"answer": "no"}}</think>{ANSWER}'), 1),
    "a thought that was opened by the template": (
        lambda b, n: Reply(f'So, {{"answer": "no"}}? Fine.\n</think>\n{ANSWER}'),
        1,
    ),
    "other marks": (lambda b, n: Reply(f"[THINK]Hm {{}}[/THINK]{ANSWER}"), 1),
    "the format of gpt-oss": (
        lambda b, n: Reply(
            f"<|channel|>analysis<|message|>{{x}}<|end|><|start|>assistant<|channel|>final<|message|>{ANSWER}"
        ),
        1,
    ),
    "thoughts in a field": (lambda b, n: Reply(ANSWER, thought='{"answer": "no"}'), 1),
    "the answer among the thoughts": (lambda b, n: Reply(thought=f"So: {ANSWER}"), 1),
    "the answer in an open thought": (lambda b, n: Reply(f"<think>So: {ANSWER}"), 1),
    "long thoughts": (thinker(600), 2),
    "long thoughts in a field": (thinker(600, "reasoning"), 2),
    "very long thoughts": (thinker(4000), 3),
    "cut once": (lambda b, n: Reply(ANSWER[:20], finish="length") if n == 0 else Reply(ANSWER), 2),
    "no reason for the end": (lambda b, n: Reply(ANSWER, finish=""), 1),
    "no announced end": (lambda b, n: Reply(ANSWER, finish="", done=False), 1),
    "content in parts": (lambda b, n: stream(content(PARTS), STOP), 1),
    "thoughts in parts": (lambda b, n: stream(content(THOUGHT_PARTS), STOP), 1),
    "whole messages as events": (lambda b, n: stream(llm_server.whole(ANSWER)), 1),
    "one piece": (lambda b, n: Reply(ANSWER, streams=False), 1),
    "null fields": (
        lambda b, n: stream(
            {"choices": None},
            {"choices": [None]},
            {"choices": [{"delta": None}]},
            chunk({"role": "assistant", "content": None, "reasoning_content": None}),
            content(ANSWER),
            STOP,
        ),
        1,
    ),
    "comments and carriage returns": (
        lambda b, n: Reply(
            raw=b": PROCESSING\r\n\r\nevent: x\r\nid: 1\r\n"
            + event(content(ANSWER)).replace(b"\n", b"\r\n")
            + b"data: [DONE]\r\n\r\n"
        ),
        1,
    ),
    "no blank lines between events": (
        lambda b, n: Reply(
            raw=event(content(ANSWER)).strip() + b"\n" + event(STOP).strip() + b"\ndata: [DONE]\n"
        ),
        1,
    ),
    "an event over several lines": (
        lambda b, n: Reply(
            raw=b"".join(
                b"data: " + line + b"\n"
                for line in json.dumps(content(ANSWER), indent=1).encode().splitlines()
            )
            + b"\n"
            + event(STOP)
        ),
        1,
    ),
    "a broken event once": (
        lambda b, n: Reply(raw=b"data: {nonsense\n\n") if n == 0 else Reply(ANSWER),
        2,
    ),
    "no system role": (
        lambda b, n: (
            Reply("System role not supported", 400)
            if b["messages"][0]["role"] == "system"
            else Reply(ANSWER)
        ),
        2,
    ),
    "a grammar that does not compile": (
        lambda b, n: (
            Reply("failed to compile the grammar of json_schema", 500)
            if "response_format" in b
            else Reply(ANSWER)
        ),
        3,
    ),
    "a window smaller than said": (
        lambda b, n: (
            Reply("'max_tokens' is too large: maximum context length is 2048 tokens", 400)
            if b["max_tokens"] > 600
            else Reply(ANSWER)
        ),
        2,
    ),
    "a format that is ignored": (lambda b, n: Reply(f"Sure: {ANSWER}"), 1),
    "a list around it": (lambda b, n: Reply(f"[{ANSWER}]"), 1),
    "a model that is still loading": (
        lambda b, n: Reply("Loading model", 503) if n < 1 else Reply(ANSWER),
        2,
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_answer_comes_of_it(name, server, profile):
    server.behave, requests = GOOD[name]
    put(1000 if "window" in name else 200)
    assert len(server.asked) == requests


LEARNED = {
    **{name: GOOD[name] for name in ("no system role", "a grammar that does not compile")},
    **{name: GOOD[name] for name in ("long thoughts", "very long thoughts")},
    "no seed": (
        lambda b, n: Reply("Unknown parameter: seed", 400) if "seed" in b else Reply(ANSWER),
        2,
    ),
}


@pytest.mark.parametrize("name", LEARNED)
def test_what_a_server_turns_down_is_not_tried_again(name, server, profile):
    server.behave, requests = LEARNED[name]
    put()
    put()
    assert len(server.asked) == requests + 1


def test_the_shape_is_said_in_words_in_every_form(server, profile):
    server.behave = GOOD["a grammar that does not compile"][0]
    put()
    assert len(server.asked) == 3
    assert all('"answer"' in body["messages"][0]["content"] for body in server.asked)


def test_a_folded_system_message_begins_the_users(server, profile):
    server.behave = GOOD["no system role"][0]
    put()
    (only,) = server.asked[-1]["messages"]
    assert only["role"] == "user"
    assert only["content"].startswith("Be brief.")
    assert only["content"].endswith("Say hello.")


def test_effort_is_sent_only_when_it_is_set(server, profile):
    server.behave = lambda body, number: Reply(ANSWER)
    put()
    assert not {"reasoning_effort", "chat_template_kwargs"} & set(server.asked[0])
    put(effort="none")
    assert server.asked[1]["reasoning_effort"] == "none"
    assert server.asked[1]["chat_template_kwargs"] == {"enable_thinking": False}


def test_effort_is_dropped_where_it_is_unknown(server, profile):
    def behave(body, number):
        known = "reasoning_effort" not in body and "chat_template_kwargs" not in body
        wrong = "reasoning_effort" if "reasoning_effort" in body else "chat_template_kwargs"
        return Reply(ANSWER) if known else Reply(f"Extra inputs are not permitted: {wrong}", 422)

    server.behave = behave
    put(effort="low")
    assert len(server.asked) == 3


def test_a_missing_version_is_found_and_kept(server, profile):
    server.behave = lambda body, number: Reply(ANSWER)
    put(address=server.url.removesuffix("/v1"))
    put()
    assert len(server.asked) == 2


def test_a_wrong_model_is_not_taken_for_a_missing_version(server, profile):
    server.behave = lambda body, number: Reply("model 'tiny' not found", 404)
    with pytest.raises(EngineError, match=r"model 'tiny' not found"):
        put(address=server.url.removesuffix("/v1"))


def nothing():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


OUT_OF_MEMORY = {"error": {"message": "CUDA out of memory", "code": 500}}


def in_an_hour():
    return email.utils.formatdate(time.time() + 3600, usegmt=True)


BAD = {
    "an hour's wait": (
        lambda b, n: Reply("slow down", 429, headers={"Retry-After": "3600"}),
        r"429.*asked again in 60 minutes",
    ),
    "an hour's wait as a date": (
        lambda b, n: Reply("slow down", 429, headers={"Retry-After": in_an_hour()}),
        r"429.*asked again in (59|60) minutes",
    ),
    "an endless wait": (
        lambda b, n: Reply("slow down", 429, headers={"Retry-After": "9" * 400}),
        r"429.*asked again at 20",
    ),
    "no money left": (
        lambda b, n: Reply(
            status=429,
            error={"error": {"message": "You are poor.", "code": "insufficient_quota"}},
        ),
        r"quota is used up \(429\): You are poor",
    ),
    "too long": (
        lambda b, n: Reply("maximum context length is 2048 tokens, you asked for 3000", 400),
        r"8192 tokens: add it again with --window 2048",
    ),
    "an error in the stream": (
        lambda b, n: stream(content(ANSWER[:9]), OUT_OF_MEMORY),
        r"reported an error instead of an answer: CUDA out of memory",
    ),
    "an error as an answer": (
        lambda b, n: Reply(raw=json.dumps({"error": "Unexpected endpoint"}).encode()),
        r"reported an error instead of an answer: Unexpected endpoint",
    ),
    "a web page": (
        lambda b, n: Reply(raw=b"<!DOCTYPE html><html><b>Log in</b></html>", kind="text/html"),
        r"not answer with a chat completion but with a web page: Log in.*/v1\?",
    ),
    "nothing at all": (lambda b, n: Reply(raw=b""), "chat completion but with nothing"),
    "packed, unasked": (
        lambda b, n: Reply(raw=b"\x8b\x00\x80", headers={"Content-Encoding": "br"}),
        r"a body packed as 'br'",
    ),
    "wrongly packed": (
        lambda b, n: Reply(raw=b"\x8b\x00\x80", headers={"Content-Encoding": "gzip"}),
        r"cannot be reached or broke off: .*incorrect header",
    ),
    "a tool": (lambda b, n: Reply(finish="tool_calls"), "asked for a tool"),
    "a filter": (lambda b, n: Reply(finish="content_filter"), "held its answer back"),
    "a refusal": (
        lambda b, n: stream(chunk({"refusal": "I cannot help with that."}), STOP),
        r"would not answer: I cannot help",
    ),
    "no choices": (lambda b, n: stream({"choices": []}), r"no usable answer.*The answer is empty"),
    "endless thoughts": (thinker(10**6), r"thought until its window was full.*--effort"),
    "prose": (lambda b, n: Reply("Hello, dear."), r"no usable answer.*no JSON object"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_sentence_names_the_cause(name, server, profile):
    server.behave, words = BAD[name]
    begin = time.monotonic()
    with pytest.raises(EngineError, match=words) as caught:
        put()
    assert time.monotonic() - begin < 3
    assert "http://127.0.0.1" in str(caught.value) or "tiny" in str(caught.value)
    assert len(server.asked) <= 3


def test_a_server_that_wants_a_key_is_given_one_next_time(server):
    profiles.add_profile(profiles.Profile("lab", server.url, "tiny"))
    server.behave = lambda body, number: Reply("no key", 401)
    with pytest.raises(EngineError, match=r"wants a key \(401\).*--key-env"):
        put()


WHERE = {
    "nobody": (lambda: f"http://127.0.0.1:{nothing()}/v1", "nothing listens there"),
    "no such name": (lambda: "https://chatanything.invalid/v1", "name 'chatanything.invalid'"),
    "https to http": (None, "does not speak https"),
}


@pytest.mark.parametrize("name", WHERE)
def test_who_cannot_be_reached_is_told_why(name, server, profile):
    where, words = WHERE[name]
    address = where() if where else server.url.replace("http:", "https:")
    with pytest.raises(EngineError, match=words):
        put(address=address)


@pytest.fixture
def own_certificate(tmp_path):
    """A TLS context with a certificate that nobody has signed."""
    import ssl

    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl makes no certificate here")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return context


@pytest.mark.slow
def test_a_certificate_of_ones_own_is_named(own_certificate, server, profile):
    with (
        llm_server.running(tls=own_certificate) as secret,
        pytest.raises(EngineError, match=r"certificate that is not trusted here.*SSL_CERT_FILE"),
    ):
        put(address=secret.url)


BITS = (
    b"",
    b"\xff",
    b"null",
    b"[",
    b'"',
    b"{",
    b"\n\n",
    b"1e999",
    b"[" * 3000,
    b"\\ud83d",
    b"0",
    b":",
)


def damaged(dice, good):
    """Bytes that were good once."""
    data = bytearray(good)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(data))
        data[at : at + dice.choice((0, 1, 5))] = dice.choice(BITS)
    return bytes(data)


DELTAS = [chunk({"role": "assistant"}), content(ANSWER[:9]), content(THOUGHT_PARTS), STOP]
STREAM = b": hi\n\n" + b"".join(map(event, DELTAS)) + b"data: [DONE]\n\n"
WHOLE = json.dumps(llm_server.whole(PARTS)).encode()
DEEP = json.loads("[" * 400 + "]" * 400)


def test_any_bytes_are_an_answer_or_one_of_our_errors():
    dice = random.Random(7)
    ended = 0
    for number in range(3000):
        data = damaged(dice, (STREAM, WHOLE)[number % 2])
        came = completion.Completion()
        try:
            for at in range(0, len(data), 50):
                came.take(data[at : at + 50])
            came.close()
            parse(came.text, Line)
        except (*completion.ERRORS, BadAnswerError):
            ended += 1
    assert 500 < ended < 2990


ANSWERS = [
    Reply(status=400, error={"error": DEEP}),
    Reply(status=404, error={"error": {"message": DEEP}}),
    Reply(status=418, error={"error": [7, None]}),
    Reply(status=422, error={"detail": [{"loc": ["body"], "msg": "seed"}]}),
    Reply(raw=b"{" * 5000, kind="application/json"),
    Reply(raw=b"\xff\xfe\x00", kind="text/x; charset=nonsense"),
    Reply("wait", 429, headers={"Retry-After": "soon"}),
    Reply("wait", 429, headers={"Retry-After": "-1"}),
    Reply("wait", 429, headers={"Retry-After": "Wed, 99 Oct 99999 99:99:99 GMT"}),
    Reply(raw=STREAM[:99] + b"\x00" * 3000),
]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(ANSWERS)))
def test_nothing_that_a_server_sends_raises_anything_but_our_errors(number, server, profile):
    profiles.add_profile(replace(profile, timeout=2))
    server.behave = lambda body, count: ANSWERS[number]
    with pytest.raises(EngineError):
        put()
