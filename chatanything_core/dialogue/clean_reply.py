"""What a character says, without what else comes in the text of a reply.

Models write the user's next line, put the speaker's name in front, leave the marks of their chat
template standing, and stop in the middle of a sentence. One function, used for every engine.
"""

import re

from ..llm.printable import printable
from ..llm.text_length import ended
from ..llm.thoughts import without_thoughts

_MARKER = re.compile(
    r"<\|?(?:im_start|im_end|eot_id|eom_id|end_of_text|endoftext|begin_of_text|start_header_id"
    r"|end_header_id|eos|bos|end|return|start|message|user|assistant|system|return"
    r"|begin▁of▁sentence|end▁of▁sentence|end▁of▁turn)\|>"
    r"|<(?:start|end)_of_turn>|<turn\|>|<\|turn>|</?s>|\[/?INST\]|<</?SYS>>|</?(?:bos|eos|pad|unk)>"
    r"|<｜[^｜<>]{1,30}｜>|^#{2,3} (?:Instruction|Response|Input|User|Assistant)\b:?",
    re.MULTILINE,
)
_ROLE = re.compile(r"\s*(?:assistant|model|user|system)\s*(?:\n|:|$)", re.IGNORECASE)
_LABEL = r"[ \t]*[*_\[(\"]*(?:the )?(?:{})[*_\])\"]*[ \t]*[:：]"
_USERS = r"user|human|\{\{user\}\}|<user>"
_USER = re.compile("\n" + _LABEL.format(_USERS + "|you"), re.IGNORECASE)
_USER_FIRST = re.compile(_LABEL.format(_USERS), re.IGNORECASE)
_DANGLING = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "but",
        "with",
        "from",
        "my",
        "your",
        "his",
        "its",
        "our",
        "their",
        "into",
        "because",
        "while",
        "if",
    ]
)
"""English words that end no sentence, not even without its full stop."""
_OPEN_END = re.compile(r"[,;:—–-]+$")


def clean_reply(text: str, name: str, *, cut: bool = False, partial: bool = False) -> str:
    """The words of the character called `name` in a reply.

    Cleaning twice changes nothing.

    Args:
        cut: the model was stopped before it had finished: the last sentence goes.
        partial: more is to come: the end is left as it is.

    >>> clean_reply("Mabel Brass: Hello, dear.\\nUser: Who are you?\\nMabel: I!", "Mabel Brass")
    'Hello, dear.'
    >>> clean_reply("Sit down. I was about to tell you that the", "Mabel", cut=True)
    'Sit down.'
    """
    said = _own_turn(without_thoughts(printable(text)))
    label = _label(name)
    if first := _USER_FIRST.match(said):
        # It begins with the user's line: what the character says comes after it.
        own = label.search(said, first.end())
        said = said[own.start() :] if own else ""
    said = label.sub("", _USER.split(said, maxsplit=1)[0]).strip()
    return said if partial else _finished(said, cut)


def may_be_label(text: str, name: str) -> bool:
    """Whether what has come so far may be the beginning of a label, as in "Mabel Br".

    >>> may_be_label("Mab", "Mabel Brass"), may_be_label("Tea", "Mabel Brass")
    (True, False)
    """
    line = text.rpartition("\n")[2].strip(' \t*_[("').casefold()
    labels = (*_names(name), "user", "the user", "human", "you", "{{user}}", "<user>", "assistant")
    return any(f"{label.casefold()}**:".startswith(line) for label in labels)


def is_echo(reply: str, message: str) -> bool:
    """Whether a reply only says again what the user said, which is more than a greeting.

    >>> is_echo("what is your name?", "What is your name?"), is_echo("Hello!", "Hello.")
    (True, False)
    """
    words, said = (re.findall(r"\w+", text.casefold()) for text in (reply, message))
    return words == said and len("".join(words)) > 8


def _own_turn(text: str) -> str:
    """The first stretch between the marks of a chat template that says something."""
    parts = _MARKER.split(text)
    if len(parts) == 1:
        return text
    told = (_ROLE.sub("", part, count=1) if number else part for number, part in enumerate(parts))
    return next((part for part in told if part.strip()), "")


def _names(name: str) -> tuple[str, ...]:
    """A character's name, and the first word of it."""
    words = name.split()
    return (name, words[0]) if words and len(words[0]) > 1 else (name,)


def _label(name: str) -> re.Pattern[str]:
    """The speaker's label at the beginning of a line."""
    names = "|".join(re.escape(one) for one in (*_names(name), "Assistant", "AI", "{{char}}"))
    return re.compile(
        rf"^[ \t]*[*_\[(\"]*(?:{names})(?:[ \t]*\([^()\n]{{1,40}}\))?[*_\])\"]*[ \t]*[:：][*_]*[ \t]*",
        re.IGNORECASE | re.MULTILINE,
    )


def _finished(text: str, cut: bool) -> str:
    """The text without a sentence that has no end, or with an ellipsis where it is the only one."""
    if cut and not ended(text):
        whole = text[: _last_end(text)].strip()
        return whole or f"{_OPEN_END.sub('', text)}…" if text else text
    last = re.search(r"[A-Za-z]+$", text)
    if _OPEN_END.search(text) or (last and last[0].lower() in _DANGLING and " " in text):
        return f"{_OPEN_END.sub('', text).rstrip()}…"
    return text


def _last_end(text: str) -> int:
    """Where the last whole sentence ends; 0 when there is none."""
    ends = re.finditer(r"[.!?。！？…।؟][\"'”’)»」』*]*(?=\s|$|[\u3040-\u9fff])", text)
    return max((match.end() for match in ends), default=0)
