"""The engine that suits a language best, of those that can be used now."""

from ..registry import voices

AUTO = "auto"


def choose_engine(language: str) -> tuple[str, str]:
    """Its registered name, and why: the first that speaks the language as a person would.

    Else the first engine of `voices`, which speaks 119 languages by rule.
    """
    primary = language.replace("_", "-").split("-")[0].lower()
    for name in voices.names():
        if voices.status(name).available and primary in voices.create(name).natural:
            return name, f"{name} speaks {language or primary} most naturally of what is here."
    first = voices.resolve("")
    return first, f"{first} speaks: nothing here speaks {language} more naturally."
