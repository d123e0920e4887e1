"""espeak-ng's data folder with room for blended voices, in the user's cache."""

import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ...errors import EngineError, InputError, MissingDependencyError
from ...user_folders import cache_folder

UNUSED = 30 * 86400.0
ABANDONED = 3600.0
"""Seconds after which a copy that nobody used, and what a killed process left half done, go."""
_OURS = "ca"
"""Folder below `voices` for what we add. espeak lower-cases names and cuts them at 39 bytes."""


@dataclass(frozen=True)
class EspeakData:
    """Where espeak-ng is, and what it speaks."""

    library: Path
    """The shared library."""
    folder: Path
    """Our own copy of its data folder."""
    languages: dict[str, str]
    """Lower-case language tag to the voice name below `voices`."""
    variants: tuple[str, ...]
    """Names of its variants, sorted."""

    def language(self, tag: str) -> tuple[str, str]:
        """The tag espeak speaks for a BCP-47 tag (RFC 4647 lookup), and its voice name.

        Raises:
            InputError: a language that espeak-ng does not speak.
        """
        wanted = tag.replace("_", "-").lower()
        while wanted:
            if wanted in self.languages:
                return wanted, self.languages[wanted]
            wanted = wanted.rpartition("-")[0]
        primary = sorted({name.split("-")[0] for name in self.languages})
        raise InputError(
            f"espeak-ng does not speak {tag!r}. Use a tag such as en-US, or one of: "
            f"{', '.join(primary)}."
        )

    def speaks(self, tag: str) -> bool:
        """Whether `language` finds a voice for a BCP-47 tag."""
        return tag.replace("_", "-").lower().split("-")[0] in self.languages

    def variant_text(self, name: str) -> str:
        """The parameter file of a variant; `default` is the voice without any.

        Raises:
            InputError: espeak-ng has no such variant (it would silently ignore that itself).
        """
        if name == "default":
            return ""
        if name not in self.variants:
            raise InputError(
                f"espeak-ng has no voice {name!r}. Choose default, or one of: "
                f"{', '.join(self.variants)}."
            )
        return (self.folder / "voices" / "!v" / name).read_text("utf-8", "replace")

    @contextmanager
    def variant(self, text: str) -> Iterator[str]:
        """Name of a variant with these parameters, for as long as the block runs."""
        name = f"ca{secrets.token_hex(8)}"
        path = self.folder / "voices" / "!v" / name
        path.write_text(text, encoding="utf-8")
        try:
            yield name
        finally:
            path.unlink(missing_ok=True)


def espeak_data() -> EspeakData:
    """The installed espeak-ng; its data are copied into the cache on first use (0.1 s)."""
    return _espeak_data(cache_folder())


@lru_cache(maxsize=4)
def _espeak_data(cache: Path) -> EspeakData:
    try:
        import espeakng_loader
    except ImportError as error:
        raise MissingDependencyError("espeak", "espeakng-loader") from error
    library, source = (
        Path(espeakng_loader.get_library_path()),
        Path(espeakng_loader.get_data_path()),
    )
    folder = cache / f"espeak-{_fingerprint(source)}"
    if not (folder / "languages.json").exists():
        _copy(source, folder)
    _tidy(folder)
    languages = json.loads((folder / "languages.json").read_text("utf-8"))
    variants = tuple(sorted(path.name for path in (source / "voices" / "!v").iterdir()))
    return EspeakData(library, folder, languages, variants)


def _fingerprint(source: Path) -> str:
    """Of the content, so that environments with the same espeak-ng share one copy."""
    digest = hashlib.sha256((source / "phondata").read_bytes())
    for path in sorted(source.rglob("*")):
        size = path.stat().st_size if path.is_file() else 0
        digest.update(f"{path.relative_to(source).as_posix()}\0{size}\n".encode())
    return digest.hexdigest()[:16]


def _tidy(folder: Path) -> None:
    """Remember that this copy is used; remove what nobody has used for long, and what killed
    processes left."""
    now = time.time()
    with suppress(OSError):
        os.utime(folder / "languages.json")
        for other in folder.parent.glob("espeak-*"):
            used = other / "languages.json"
            age = now - (used if used.exists() else other).stat().st_mtime
            if other != folder and age > (UNUSED if used.exists() else ABANDONED):
                shutil.rmtree(other, ignore_errors=True)
        for variant in (folder / "voices" / "!v").glob("ca" + 16 * "[0-9a-f]"):
            if now - variant.stat().st_mtime > ABANDONED:
                variant.unlink(missing_ok=True)


def _copy(source: Path, folder: Path) -> None:
    part = folder.with_name(f"{folder.name}-{secrets.token_hex(4)}")
    try:
        shutil.copytree(source, part)
        languages = _add_languages(part)
        (part / "languages.json").write_text(json.dumps(languages), encoding="utf-8")
        if not folder.exists():
            part.rename(folder)
    except OSError as error:
        # Another process may have been first; that is fine too.
        if not (folder / "languages.json").exists():
            # Of several hundred files that could not be copied, the first says why.
            why = error.args[0][0][2] if isinstance(error, shutil.Error) else error
            raise EngineError(
                f"Cannot copy espeak-ng's data to {folder}: {why}. Set CHATANYTHING_CACHE to a "
                "folder that you can write to."
            ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _add_languages(folder: Path) -> dict[str, str]:
    """Give every language file a lower-case name that espeak finds without searching."""
    best: dict[str, tuple[int, str]] = {}
    (folder / "voices" / _OURS).mkdir()
    for path in sorted(p for p in (folder / "lang").rglob("*") if p.is_file()):
        name = path.name.lower()
        shutil.copyfile(path, folder / "voices" / _OURS / name)
        for tag, priority in _language_lines(path):
            best[tag] = min(best.get(tag, (99, "")), (priority, f"{_OURS}/{name}"))
    return {tag: name for tag, (_, name) in sorted(best.items())}


def _language_lines(path: Path) -> Iterator[tuple[str, int]]:
    for line in path.read_text("utf-8", "replace").splitlines():
        words = line.split()
        if len(words) >= 2 and words[0] == "language":
            yield words[1].lower(), int(words[2]) if len(words) > 2 else 5
