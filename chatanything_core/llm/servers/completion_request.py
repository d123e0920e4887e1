"""The request for a chat completion, without what its server has turned down before."""

import re
from typing import Any

import openai

from ..base import Question, folded
from ..profiles import Profile
from .completion import words_of

OPTIONS = (
    *("max_tokens", "temperature", "seed", "stream", "reasoning_effort", "chat_template_kwargs"),
)
"""What may be left out when a server rejects it by name."""
SYSTEM = "system"
"""Learned of a server whose models take no system message: it goes into the user's first."""
VERSION = "/v1"
"""Learned of a server whose base URL ends so, though the profile's does not."""
_NO_SYSTEM = re.compile(
    r"system (?:role|message|prompt)s? (?:is |are )?(?:not supported|unsupported|not allowed)"
    r"|(?:not|n't) support (?:the )?system|roles must alternate|only user and assistant roles",
    re.IGNORECASE,
)


def request_of(question: Question, profile: Profile, learned: set[str]) -> dict[str, Any]:
    """The body of the request, as arguments of `chat.completions.create`."""
    messages = folded(question.messages) if SYSTEM in learned else question.messages
    body: dict[str, Any] = {
        "model": profile.model,
        "messages": [{"role": m.role, "content": m.text} for m in messages],
        "stream": True,
        "max_tokens": question.max_tokens,
        "temperature": question.temperature,
        "seed": question.seed % 2**31,
    }
    if "max_tokens" in learned:
        body["max_completion_tokens"] = question.max_tokens
    if question.form == "object":
        body["response_format"] = {"type": "json_object"}
    if question.form == "schema":
        named = {"name": "answer", "strict": True, "schema": question.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    if profile.effort:
        body["reasoning_effort"] = profile.effort
        body["extra_body"] = {"chat_template_kwargs": {"enable_thinking": profile.effort != "none"}}
    if "chat_template_kwargs" in learned:
        body.pop("extra_body", None)
    return {key: value for key, value in body.items() if key not in learned}


def learn_from(error: openai.APIStatusError, asked: dict[str, Any], learned: set[str]) -> bool:
    """Note what a 400 or 422 complains of by name; whether that is anything new."""
    if error.status_code not in (400, 422, 500):
        return False
    words = f"{words_of(error.body) if error.body else ''} {error}"
    found = set()
    if _NO_SYSTEM.search(words) and any(m["role"] == "system" for m in asked["messages"]):
        found.add(SYSTEM)
    elif error.status_code != 500:
        sent = {*asked, *asked.get("extra_body", {})}
        found = {word for word in OPTIONS if word in sent and re.search(rf"\b{word}\b", words)}
    learned |= found
    return bool(found)
