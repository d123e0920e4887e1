"""The placeholders of character cards."""

import re

_PLACES = re.compile(
    r"\{\{(char|user|//[^{}]*|comment:[^{}]*|hidden_key:[^{}]*)\}\}|<(char|bot|user)>", re.I
)


def filled(text: str, name: str, user: str = "friend") -> str:
    """A card's text with the character's and the user's name in place, and comments gone.

    >>> filled("{{char}} waves at {{user}}.{{// quietly}}", "Ada")
    'Ada waves at friend.'
    """

    def value(match: re.Match[str]) -> str:
        place = (match.group(1) or match.group(2)).lower()
        return {"char": name, "bot": name, "user": user}.get(place, "")

    return _PLACES.sub(value, text)
