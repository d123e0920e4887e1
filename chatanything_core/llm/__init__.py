"""Ask language models: one shape of question for every server."""

from .ask import Answer, BadAnswerError, ask, parse
from .base import Form, Hear, LanguageModel, Message, Question, UnsupportedFormError, deaf
from .local_models import local_models, place_with
from .prompt_files import prompt
from .registry import models, open_model

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
