"""A contact sheet of what the sketch painter makes of sixty-four concepts.

Run as `python -m benchmarks.gallery` or `make gallery`.
"""

import argparse
from pathlib import Path

from PIL import Image

from chatanything.atomic_write import atomic_write
from chatanything.diffusion import PaintJob, choose_expert, paint
from chatanything.diffusion.sketch import SketchPainter
from chatanything.diffusion.sketch.contact_sheet import lay_out
from chatanything.landmarks import LIBRARY, make_guide
from chatanything.persona import write_persona
from chatanything.progress import no_progress
from tests.tools.samples import plain_persona, style

COLUMNS = 8
CONCEPTS = [
    "grumpy teapot",
    "cheerful apple",
    "pirate parrot",
    "old wizard",
    "sad cactus",
    "cheerful octopus",
    "proud mushroom",
    "angry flame",
    "kind grandmother",
    "jolly pumpkin",
    "sleepy koala",
    "wise old owl",
    "shy backpack",
    "mischievous fox",
    "nervous egg",
    "grumpy cloud",
    "king lion",
    "happy sunflower",
    "evil robot",
    "surprised camera",
    "elegant handbag",
    "brave knight",
    "sad umbrella",
    "cheerful burger",
    "detective penguin",
    "cheerful strawberry",
    "grumpy alarm clock",
    "dragon professor",
    "happy globe",
    "witch",
    "shy ghost",
    "cowboy potato",
    "grumpy pencil",
    "jolly snowman",
    "sad robot",
    "chef panda",
    "cheerful cupcake",
    "stern book",
    "viking bear",
    "smiling moon",
    "angry volcano",
    "cheerful sock",
    "wooden horse",
    "silly pineapple",
    "sarcastic cat",
    "royal frog",
    "sad balloon",
    "cheerful mug",
    "grumpy rock",
    "happy bee",
    "young poet",
    "butler hedgehog",
    "clever computer",
    "furious tomato",
    "gentle elephant",
    "cheerful car",
    "sleepy avocado",
    "proud rooster",
    "happy house",
    "golden trophy",
    "porcelain pig",
    "glass bottle",
    "friendly monster",
    "cheerful star",
]


def contact_sheet() -> Image.Image:
    """All concepts, each as `chatanything create` makes it."""
    pictures = []
    for concept in CONCEPTS:
        who = write_persona(concept)
        pictures.append((paint(PaintJob(who, choose_expert(who))).image, concept))
    return lay_out(pictures, COLUMNS)


def library_sheet() -> Image.Image:
    """The reference faces of Landmark Guidance, each worn by a person."""
    pictures = []
    for i, name in enumerate(LIBRARY):
        words = "child" if "child" in name else "old person" if "elder" in name else "person"
        job = PaintJob(plain_persona(words), style("soft 3D"), make_guide(library=name), seed=i)
        pictures.append((SketchPainter().paint(job, no_progress).image, name))
    return lay_out(pictures, COLUMNS)


def main() -> None:
    """Write the sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs"), help="folder to write to")
    out = parser.parse_args().out
    for name, sheet in (("gallery.jpg", contact_sheet()), ("library.jpg", library_sheet())):
        with atomic_write(out / name) as part:
            sheet.save(part, quality=86, optimize=True)


if __name__ == "__main__":
    main()
