"""What the front end makes of a text, in one line."""

from chatanything.voice.text.markup import parse_markup
from chatanything.voice.text.normalise import sayable, spoken_text
from chatanything.voice.text.tell_language import utterances


def said(text: str, language: str) -> str:
    """What an engine that reads letters is given: `[mood]` and `{language}` where they change.

    A silence is `(silence)`.
    """
    mood, tongue, line = "neutral", language, []
    for part in parse_markup(text):
        if part.emotion != mood:
            line.append(f"[{part.emotion}]")
        mood = part.emotion
        for stretch in utterances(part.text, language):
            if stretch.language != tongue:
                line.append(f"{{{stretch.language}}}")
            tongue = stretch.language
            spoken = spoken_text(stretch.text.strip(), stretch.language).spoken
            line.append(spoken if sayable(spoken) else "(silence)")
    return " ".join(" ".join(line).split()) or "(silence)"
