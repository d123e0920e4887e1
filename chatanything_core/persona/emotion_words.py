"""Words by which language models name emotions, and numbers by which they give strengths."""

import math
import re
from typing import get_args

from .records import EmotionName

_WORDS: dict[EmotionName, str] = {
    "neutral": "calm none normal composed serious thoughtful thinking pensive stoic indifferent "
    "default relaxed serene blank patient focused tired sleepy bored attentive contemplative",
    "happy": "happiness joy joyful joyous glad cheerful cheery amused amusement delighted delight "
    "pleased content contented excited excitement playful proud pride warm friendly fond love loving "
    "affectionate affection smiling smile smug mischievous hopeful hope grateful gratitude relieved "
    "relief enthusiastic enthusiasm eager optimistic flirty flirtatious teasing laughing cozy gleeful "
    "ecstatic elated tender gentle kind confident determined triumphant satisfied welcoming",
    "sad": "sadness sorrow sorrowful melancholy melancholic gloomy lonely hurt disappointed "
    "disappointment grief grieving wistful nostalgic nostalgia regret regretful sympathetic sympathy "
    "compassion compassionate concerned depressed crying tearful heartbroken apologetic guilty "
    "ashamed longing somber sombre despair dejected resigned empathetic pity",
    "angry": "anger mad annoyed annoyance irritated irritation furious fury rage grumpy grouchy cross "
    "frustrated frustration hostile indignant outraged stern impatient resentful jealous sulky "
    "defiant aggressive exasperated crotchety cranky grumbling sarcastic hangry",
    "afraid": "fear fearful scared frightened anxious anxiety nervous nervousness worried worry "
    "terrified terror panic panicked uneasy timid shy alarmed apprehensive horrified horror dread "
    "embarrassed insecure suspicious wary vulnerable hesitant",
    "disgusted": "disgust contempt contemptuous revolted repulsed scornful disdain disdainful "
    "disapproval disapproving sickened loathing aversion haughty dismissive",
    "surprised": "surprise astonished astonishment amazed amazement shocked shock startled curious "
    "curiosity confused confusion puzzled bewildered intrigued interested interest wonder awe awed "
    "baffled impressed incredulous realization",
}
_NAMES: dict[str, EmotionName] = {
    word: name for name in get_args(EmotionName) for word in (name, *_WORDS[name].split())
}
_STRENGTHS = {
    **dict.fromkeys(("none", "minimal"), 0.1),
    **dict.fromkeys(("low", "mild", "slight", "slightly", "weak"), 0.25),
    **dict.fromkeys(("medium", "moderate", "moderately"), 0.5),
    **dict.fromkeys(("high", "strong", "strongly", "very"), 0.8),
    **dict.fromkeys(("extreme", "maximum", "intense"), 1.0),
}


def emotion_of(word: object) -> EmotionName | None:
    """The emotion that a word means; None when that is unknown.

    >>> emotion_of("Happy"), emotion_of("mildly amused"), emotion_of("purple")
    ('happy', 'happy', None)
    """
    if not isinstance(word, str):
        return None
    found = (_NAMES.get(part) for part in re.findall(r"[a-z]+", word.lower()[:100]))
    return next((name for name in found if name), None)


def strength_of(value: object) -> float | None:
    """A strength from 0 to 1 out of a share, a mark of 10 or of 100, or a word; None for others.

    >>> strength_of(7), strength_of("70%"), strength_of("0.7"), strength_of("mild")
    (0.7, 0.7, 0.7, 0.25)
    """
    number = math.nan
    if isinstance(value, str):
        if value.strip().lower() in _STRENGTHS:
            return _STRENGTHS[value.strip().lower()]
        match = re.match(r"\s*(\d{1,3}(?:\.\d+)?)\s*(%|/\s*100?\b)?", value)
        number = float(match[1]) if match else number
        if match and match[2]:
            number /= 10 if re.fullmatch(r"/\s*10", match[2]) else 100
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9:
        number = float(value)
    if math.isnan(number):
        return None
    for top in (1, 10, 100):
        if number <= top:
            return max(0.0, number / top)
    return 1.0
