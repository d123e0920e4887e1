"""Ask language models: one shape of question for every server."""

from .asking import Answer, BadAnswerError, ask, parse
from .base import Form, Hear, LanguageModel, Message, Question, UnsupportedFormError, deaf
from .local import local_models, place_with
from .opening import models, open_model
from .prompts import prompt

__all__ = [
    "Answer",
    "BadAnswerError",
    "Form",
    "Hear",
    "LanguageModel",
    "Message",
    "Question",
    "UnsupportedFormError",
    "ask",
    "deaf",
    "local_models",
    "models",
    "open_model",
    "parse",
    "place_with",
    "prompt",
]
