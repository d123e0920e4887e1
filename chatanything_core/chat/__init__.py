"""Talk with a persona, turn after turn."""

from .editing import edit_history
from .records import History, Reply, Turn
from .serial import history_from_json, history_to_json
from .talking import chat, check_message, talkers

__all__ = [
    "History",
    "Reply",
    "Turn",
    "chat",
    "check_message",
    "edit_history",
    "history_from_json",
    "history_to_json",
    "talkers",
]
