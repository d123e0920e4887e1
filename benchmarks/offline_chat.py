"""Conversations with the offline engine, printed whole: `python -m benchmarks.offline_chat`.

Writes the part of docs/offline-chat.md that follows its marker; a test holds it to what the
engine says now. `--speed` prints the time of a reply instead.
"""

import sys
import time
from pathlib import Path

from chatanything_core.dialogue import History, chat
from chatanything_core.persona import write_persona

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "offline-chat.md"
MARKER = "<!-- What follows is written by `python -m benchmarks.offline_chat`. -->"
CONVERSATIONS = {
    "grumpy teapot": (
        "Hi! What's your name?",
        "My name is Ada and I like old maps.",
        "Where do you live and how old are you?",
        "What do you eat?",
        "Tell me a joke.",
        "What are you afraid of?",
        "What is 7 times 8?",
        "Who was Napoleon?",
        "I feel sad, my dog died yesterday.",
        "What's my name and what do I like?",
        "Are you an AI?",
        "Thank you, goodbye!",
    ),
    "wise owl": (
        "Good morning.",
        "Tell me about yourself.",
        "I'm afraid of failing my exam.",
        "You are useless!",
        "Sorry, I didn't mean that.",
        "Do you have any brothers or sisters?",
        "I saw some spiders in my garden.",
        "What makes you happy?",
        "Can you explain how photosynthesis works?",
        "You didn't answer my question.",
        "What is twelve times twelve?",
        "Good night!",
    ),
    "mürrische Teekanne": (
        "Hallo! Wie heißt du?",
        "Ich heiße Anna und ich liebe alte Bücher.",
        "Wo wohnst du und wie alt bist du?",
        "Was isst du?",
        "Erzähl mir einen Witz.",
        "Wovor hast du Angst?",
        "Was ist sieben mal acht?",
        "Wer war Napoleon?",
        "Mein Hund ist gestern gestorben.",
        "Wie heiße ich und was mag ich?",
        "Bist du eine KI?",
        "Vielen Dank, tschüss!",
    ),
    "fröhlicher Fuchs": (
        "Guten Morgen!",
        "Erzähl mir etwas über dich.",
        "Ich habe Angst vor der Prüfung.",
        "Du bist dumm!",
        "Entschuldigung, das war nicht so gemeint.",
        "Hast du Geschwister?",
        "Magst du Hunde?",
        "Was macht dich glücklich?",
        "Warum ist der Himmel blau?",
        "Du hast meine Frage nicht beantwortet.",
        "Wie viel ist zwölf mal zwölf?",
        "Gute Nacht!",
    ),
    "不機嫌なティーポット": (
        "こんにちは！お名前は？",
        "私の名前はアンナです。",
        "どこに住んでいますか？",
        "何を食べますか？",
        "冗談を言って。",
        "何が怖いですか？",
        "七かける八は？",
        "ナポレオンって誰？",
        "昨日、犬が死んでしまった。",
        "私の名前は？",
        "AIですか？",
        "ありがとう、さようなら。",
    ),
    "陽気な狐": (
        "おはよう！",
        "あなたのことを教えて。",
        "明日の試験が不安です。",
        "ばか！",
        "ごめんなさい。",
        "家族はいますか？",
        "犬は好きですか？",
        "何が好きですか？",
        "空はなぜ青いの？",
        "質問に答えてくれないね。",
        "十二かける十二は？",
        "おやすみ。",
    ),
}


def printed(concept: str, messages: tuple[str, ...]) -> str:
    """A conversation in Markdown, the mood of each reply beside it."""
    persona = write_persona(concept)
    lines = [f"### {concept}: {persona.name}", "", f"**{persona.name}**: {persona.greeting}", ""]
    history = History()
    for message in messages:
        reply = chat(persona, message, history)
        history = reply.history
        lines += [f"> {message}", "", f"{reply.text} *({reply.emotion.name})*", ""]
    return "\n".join(lines)


def everything() -> str:
    """All conversations as they stand in the document."""
    return "\n".join(printed(concept, messages) for concept, messages in CONVERSATIONS.items())


def milliseconds() -> list[float]:
    """CPU time of every reply in every conversation, with the phrasebooks loaded."""
    times = []
    everything()
    for _ in range(5):
        for concept, messages in CONVERSATIONS.items():
            persona, history = write_persona(concept), History()
            for message in messages:
                start = time.process_time()
                history = chat(persona, message, history).history
                times.append(1000 * (time.process_time() - start))
    return sorted(times)


def main() -> None:
    """Write the document, or print how fast it is."""
    if "--speed" in sys.argv:
        times = milliseconds()
        sys.stdout.write(
            f"{len(times)} replies: median {times[len(times) // 2]:.2f} ms, "
            f"99 % {times[len(times) * 99 // 100]:.2f} ms, longest {times[-1]:.2f} ms\n"
        )
        return
    above = DOCUMENT.read_text(encoding="utf-8").partition(MARKER)[0]
    DOCUMENT.write_text(f"{above}{MARKER}\n\n{everything()}", encoding="utf-8")


if __name__ == "__main__":
    main()
