"""How well an expert's description fits a persona, by meaning: static embeddings of words.

model2vec (Tulkens & van Dongen 2024, https://github.com/MinishLab/model2vec) looks words up in a
table that was distilled from a sentence transformer: milliseconds on a CPU, NumPy only, models of
8 to 130 MB. It says "kettle" is near "teapot" where shared words say nothing. Imports model2vec;
only ever imported by the matcher's factory.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from model2vec import StaticModel

from ...errors import InputError, MissingModelError
from ...model_folders import ModelFolders
from ...persona import Persona
from ..records import Expert
from ..safetensors_header import read_header
from .tfidf import WEIGHTS, Match, described, told

KIND = "text_encoders"
FILES = ("config.json", "tokenizer.json", "model.safetensors")


class Model2VecMatcher:
    """Ranks by the cosine of embeddings."""

    def rank(
        self, persona: Persona, experts: Sequence[Expert], *, model: str, folders: ModelFolders
    ) -> list[Match]:
        """Rank by meaning; the score is how far a cosine rises above the pool's mean."""
        path = find_model(model, folders)
        encoder = _load(path, (path / FILES[-1]).stat().st_mtime_ns)
        texts = {place: text for place, text in told(persona).items() if text.strip()}
        weights = np.array([WEIGHTS[place] for place in texts])
        query = _unit(weights @ _unit(encoder.encode(list(texts.values()))))
        cosines = _unit(encoder.encode([described(expert) for expert in experts])) @ query
        # Static embeddings find all descriptions of pictures somewhat alike.
        scores = np.maximum(cosines - cosines.mean(), 0.0)
        why = "its description is the nearest in meaning ({:.2f}, model " + path.name + ")"
        found = zip(experts, scores, cosines, strict=True)
        matches = [Match(e, float(score), why.format(cosine)) for e, score, cosine in found]
        return sorted(matches, key=lambda match: -match.score)


def find_model(name: str, folders: ModelFolders) -> Path:
    """The folder of a model2vec model: `name` among the text encoders, or the first there is.

    Raises:
        MissingModelError: there is none.
        InputError: the folder of that name holds something else.
    """
    if name:
        path = folders.find(KIND, name)
        if not is_model2vec_folder(path):
            raise InputError(f"{path} is not a model2vec model. It needs {', '.join(FILES)}.")
        return path
    for place in folders.folders.get(KIND, ()):
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if is_model2vec_folder(path):
                return path
    raise MissingModelError(
        f"No model2vec model lies in {folders.places(KIND)}. Run `chatanything models get potion` "
        "(31 MB), or put a folder with one there."
    )


def is_model2vec_folder(path: Path) -> bool:
    """True for a folder that model2vec reads without asking anybody else."""
    if not all((path / name).is_file() for name in FILES):
        return False
    return "embeddings" in read_header(path / FILES[-1]).shapes


@lru_cache(maxsize=1)
def _load(path: Path, changed: int) -> StaticModel:
    """Read a model; a file that was changed is read again."""
    return StaticModel.from_pretrained(path, force_download=False)


def _unit(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.maximum(length, 1e-9)  # type: ignore[no-any-return]
