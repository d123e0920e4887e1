"""Where Whisper's weights lie that were converted for CTranslate2."""

from pathlib import Path

from ..errors import MissingModelError
from ..runtime import default_runtime

TOKENIZER = "tokenizer.json"


def converted_whisper() -> Path:
    """The folder of the first one in models/whisper.

    Raises:
        MissingModelError: there is none, or its tokenizer is not with it.
    """
    found = default_runtime().folders.first("whisper", "*/model.bin", "Whisper model").parent
    if not (found / TOKENIZER).is_file():
        # Without it faster-whisper would fetch one from the network.
        raise MissingModelError(
            f"There is no {TOKENIZER} in {found}. Put the one of the model that was converted into "
            "this folder; nothing is downloaded unasked."
        )
    return found
