"""What a text has beside its words: thoughts, tags, Markdown, code, emoji."""

import html
import re

_UNUSUAL = re.compile(
    r"[*_`#<>|~&\[\]^\\\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[-+•>] |\d[.)] |---|[:;=]|[\x00-\x08\x0b-\x1f\x7f]|[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
)
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_THOUGHT = re.compile(
    r"<(think|thinking|reasoning|thought)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE
)
_AFTER_THOUGHT = re.compile(
    r"\A.*</(?:think|thinking|reasoning|thought)>", re.DOTALL | re.IGNORECASE
)
_FELT = re.compile(r"<(?:emotion|mood)>\s*([\w ]{1,30}?)\s*</(?:emotion|mood)>", re.IGNORECASE)
_TURN = re.compile(
    r"<\|[^|<>\n]{0,40}\|>|</?s>|\[/?INST\]|<</?SYS>>|^#{2,3} ?(?:Response|Instruction|Input):"
    r"|^(?:assistant|AI|bot)\s*:\s",
    re.IGNORECASE | re.MULTILINE,
)
_CODE = re.compile(r"```.*?(?:```|\Z)|^~~~.*?^~~~", re.DOTALL | re.MULTILINE)
_TAG = re.compile(r"<!--.*?-->|<[/?!]?[A-Za-z][^<>]*>", re.DOTALL)
_STRONG = re.compile(
    r"<(emphasis|em|strong|b|i)\b(?![^<>]*level\W*(?:none|reduced))[^<>]*>([^<>*]{1,200})</\1>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<break\b[^<>]*>", re.IGNORECASE)
_BREAK_TIME = re.compile(r"time\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\([^)\s]{0,2000}(?: \"[^\"\n]*\")?\)")
_FOOTNOTE = re.compile(r"(?<=\S) ?\[\^?\d{1,3}\]")
_RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$|^[ \t]*\|?[ \t:|-]*--[ \t:|-]*$", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_ITEM = re.compile(
    r"^[ \t]*(?:[-+*•‣◦][ \t]+(?:\[[ xX]\][ \t]+)?|(\d{1,3})[.)][ \t]+(?=\S))(.*)$", re.MULTILINE
)
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_EMOJI = re.compile(
    r"(?:[\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u2300-\u23ff\u25a0-\u25ff\u3030\u303d\u3297\u3299"
    r"\ufe0e\ufe0f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]\u200d?)+"
)
_EMOTICON = re.compile(
    r"(?<![\w(])(?:[:;=8]['’]?-?[)(DPpOo/|\]\[*]{1,3}|<3+(?!\s*\w)|</3|\^[_.-]*\^|[Oo][._][Oo]|T[_.]T|¯\\_\(ツ\)_/¯|:-?3|[xX]D)(?![\w(/])"
)
_ENDS = ".!?…:;,。！？，、；："


def clean(text: str) -> str:
    """The text without what is neither said nor shown; of a list or table, each line a sentence.

    >>> clean("<think>hm</think># Tea &amp; cake\\n- one\\n- two 😀")
    'Tea & cake.\\none.\\ntwo.'
    """
    if not _UNUSUAL.search(text):
        return text
    plain = _without_tags(_without_turns(hidden(text)))
    plain = _without_blocks(_without_icons(plain))
    return re.sub(r"[ \t]{2,}", " ", plain).strip()


def hidden(text: str) -> str:
    """The text without characters that are not seen: controls, marks of direction and order."""
    return _HIDDEN.sub("", text)


def _without_turns(text: str) -> str:
    """Without thoughts, code and the marks of a chat's turns; a told emotion becomes a mark."""
    plain = _CODE.sub(" ", _AFTER_THOUGHT.sub("", _THOUGHT.sub(" ", text)))
    return _TURN.sub(" ", _FELT.sub(r"[\1]", plain))


def _without_tags(text: str) -> str:
    plain = _EMOTICON.sub(" ", text) if "<3" in text else text
    if _TAG.search(plain):
        plain = _TAG.sub(" ", _BREAK.sub(_as_mark, _STRONG.sub(r"**\2**", plain)))
    return html.unescape(plain) if _ENTITY.search(plain) else plain


def _without_icons(text: str) -> str:
    return _EMOTICON.sub(" ", _EMOJI.sub(" ", text))


def _without_blocks(text: str) -> str:
    plain = _FOOTNOTE.sub("", _LINK.sub(r"\1", _PICTURE.sub(" ", text))).replace("`", "")
    plain = _QUOTE.sub("", _RULE.sub("", plain))
    plain = _ROW.sub(lambda row: _line(", ".join(_cells(row[1]))), plain)
    plain = _HEADING.sub(lambda heading: _line(heading[1]), plain)
    several = len(_ITEM.findall(plain)) > 1
    return _ITEM.sub(lambda item: _item(item, several=several), plain)


def _item(item: re.Match[str], *, several: bool) -> str:
    """A line of a list; a number alone, as of a year, is no list."""
    if item[1] and not several:
        return item[0]
    return f"{item[1]}. {_line(item[2])}" if item[1] else _line(item[2])


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|") if cell.strip()]


def _line(words: str) -> str:
    """Ended like a sentence, so that there is a pause."""
    words = words.strip()
    return words if not words or words[-1] in _ENDS else f"{words}."


def _as_mark(tag: re.Match[str]) -> str:
    time = _BREAK_TIME.search(tag[0])
    return f"[pause:{time[1]}]" if time else "[pause]"
