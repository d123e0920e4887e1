"""Ask language models: one shape of question for every server."""

from .ask import Answer, BadAnswerError, ask, parse
from .base import (
    CutShortError,
    Form,
    LanguageModel,
    Message,
    OnText,
    Question,
    UnsupportedFormError,
    ignore_text,
)
from .local_models import local_models
from .one_text import GivenAnswer, one_text
from .prompt_files import prompt
from .registry import models, open_model

__all__ = [
    "Answer",
    "BadAnswerError",
    "CutShortError",
    "Form",
    "GivenAnswer",
    "LanguageModel",
    "Message",
    "OnText",
    "Question",
    "UnsupportedFormError",
    "ask",
    "ignore_text",
    "local_models",
    "models",
    "one_text",
    "open_model",
    "parse",
    "prompt",
]
