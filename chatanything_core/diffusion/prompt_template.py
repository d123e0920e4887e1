"""An expert's prompt: its template with the persona's words in it."""

import re

from ..persona import Persona
from .records import Expert

FIELDS_OF_TEMPLATE = ("{concept}", "{appearance}")


def prompt_for(expert: Expert, persona: Persona) -> str:
    """The expert's template with the persona's words in it, each unaltered."""
    # One pass, so that a concept which itself contains "{appearance}" stays what the user typed.
    values = {"{concept}": persona.concept, "{appearance}": persona.appearance or persona.concept}
    pattern = "|".join(re.escape(field) for field in FIELDS_OF_TEMPLATE)
    return re.sub(pattern, lambda found: values[found[0]], expert.template)
