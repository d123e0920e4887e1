"""Model files that can be fetched when somebody asks for them: a catalogue, and one verb.

Nothing here runs by itself. A download starts only where a person has seen size and licence.
"""

from .catalogue import find_model, holder_of, models
from .get_model import Accept, get_model, offline, source_of
from .jobs import Job, Jobs
from .places import Place, place_of, places_of
from .records import Model, ModelFile

__all__ = [
    "Accept",
    "Job",
    "Jobs",
    "Model",
    "ModelFile",
    "Place",
    "find_model",
    "get_model",
    "holder_of",
    "models",
    "offline",
    "place_of",
    "places_of",
    "source_of",
]
