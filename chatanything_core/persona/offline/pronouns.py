"""The pronouns of a character, which agree with its sex, its voice and its name."""

from ..records import Reading, Sex
from .concept.belongings import ANIMATE

_FORMS = {
    "female": {"he": "she", "him": "her", "his": "her", "himself": "herself"},
    "male": {"he": "he", "him": "him", "his": "his", "himself": "himself"},
    "": {"he": "it", "him": "it", "his": "its", "himself": "itself"},
}


def pronouns(reading: Reading, presentation: float) -> dict[str, str]:
    """What stands for {he}, {him}, {his} and {himself} in a line.

    People and creatures are he or she, as they sound; things are "it" unless the concept says more.
    """
    heard: Sex = "female" if presentation > 0 else "male"
    return _FORMS[reading.sex or (heard if reading.kind in ANIMATE else "")]
