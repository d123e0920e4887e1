"""Talk with a persona, turn by turn."""

from .chat import chat, check_message, turn_question
from .edit_history import edit_history
from .history_json import history_from_json, history_to_json, is_own_history
from .records import History, Reply, Turn
from .registry import talkers

__all__ = [
    "History",
    "Reply",
    "Turn",
    "chat",
    "check_message",
    "edit_history",
    "history_from_json",
    "history_to_json",
    "is_own_history",
    "talkers",
    "turn_question",
]
