"""An expert's prompt: its template with the persona's words in it."""

import re

from ..model_folders import ModelFolders
from ..persona import Persona
from ..runtime import default_runtime
from .mixture.known_words import subject_of, vocabulary_of
from .records import Expert

FIELDS_OF_TEMPLATE = ("{concept}", "{appearance}", "{subject}")


def prompt_for(expert: Expert, persona: Persona, folders: ModelFolders | None = None) -> str:
    """The expert's template with the persona's words in it.

    Concept and appearance are unaltered; the subject is what was understood, in English words that
    the expert's model knows. `folders` is where its list of words is looked for.
    """
    # One pass, so that a concept which itself contains "{appearance}" stays what the user typed.
    values = {"{concept}": persona.concept, "{appearance}": persona.appearance or persona.concept}
    if "{subject}" in expert.template:
        folders = folders or default_runtime().folders
        values["{subject}"] = subject_of(persona, vocabulary_of(expert, folders))
    pattern = "|".join(re.escape(field) for field in FIELDS_OF_TEMPLATE)
    return re.sub(pattern, lambda found: values.get(found[0], found[0]), expert.template)
