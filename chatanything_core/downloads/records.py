"""What the catalogue says of a model and of its files."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelFile:
    """One file that is fetched as it is."""

    kind: str
    """One of `model_folders.KINDS`: which folder it belongs into."""
    name: str
    """Path below that folder, with forward slashes."""
    address: str
    """Where its maker or the engine's own documents have it; https."""
    bytes: int | None = None
    """Exact size; None where no trustworthy source gives it."""
    about: int | None = None
    """Size in bytes as others have rounded it, where the exact one is not known."""
    sha256: str = ""
    """64 hexadecimal digits; empty where no trustworthy source gives it."""

    @property
    def size(self) -> int | None:
        """Bytes to reckon with, exact or rounded; None when nobody says."""
        return self.bytes if self.bytes is not None else self.about


@dataclass(frozen=True)
class Model:
    """One thing to fetch: all the files that an engine needs of it."""

    id: str
    """What it is called on the command line."""
    purpose: str
    """What it is for, in words."""
    licence: str
    """SPDX name or the name that its page gives; with what limits its use."""
    page: str
    """Where licence and model are described; https."""
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int | None:
        """Bytes of all files, exact or rounded; None when one is not known."""
        sizes = [file.size for file in self.files]
        return None if None in sizes else sum(size for size in sizes if size is not None)

    @property
    def checked(self) -> bool:
        """True when the sha256 of every file is on record."""
        return all(file.sha256 for file in self.files)
