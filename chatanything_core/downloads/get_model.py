"""Fetch a model of the catalogue: from its address, a mirror or a file, checked by its sha256."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from ..errors import EngineError, InputError, OutputError
from ..model_folders import ModelFolders
from ..progress import Tick, no_progress
from ..runtime import default_runtime
from .lock import only_here
from .places import Place, places_of
from .records import Model, ModelFile

CHUNK = 1 << 20
"""Bytes that are hashed at a time."""
Accept = Callable[[ModelFile, str], bool]
"""Asked whether a file without a recorded sha256 is kept; gets the file and its sha256."""
SWITCHES = ("CHATANYTHING_OFFLINE", "HF_HUB_OFFLINE")
"""Variables that forbid every download; 0, false, no, off and nothing allow it."""


def offline() -> str:
    """Name of the variable that forbids downloads; empty when none does."""
    allowed = ("", "0", "false", "no", "off")
    return next((n for n in SWITCHES if os.environ.get(n, "").strip().lower() not in allowed), "")


def get_model(
    model: Model,
    *,
    source: str = "",
    accept: Accept | None = None,
    folders: ModelFolders | None = None,
    tick: Tick = no_progress,
) -> tuple[Path, ...]:
    """Bring every file of a model that is missing to its place; the paths of all.

    What has come of a file that is interrupted stays beside its place as `.part`.

    Args:
        source: A mirror: file or address, for several files a folder or what their names are
            added to. The sha256 must be the same; addresses may be http where one is recorded.
        accept: Without it, a file that has no recorded sha256 is refused before anything is
            fetched.
        tick: Called with the bytes of all files that are here, and of all files; of one after the
            other when the catalogue lacks a size.

    Raises:
        InputError: downloads are forbidden, or `source` or `accept` do not fit the model.
        EngineError: the source fails, or gives something else, or the same file is being fetched.
        OutputError: there is no room, or another file in its place.
    """
    places = places_of(model, folders or default_runtime().folders)
    for place in places:
        _check_there(place)
    missing = [place for place in places if not place.here]
    exact = all(file.bytes is not None for file in model.files)
    total = sum(file.bytes or 0 for file in model.files) if exact else 0
    done = sum(place.file.bytes or 0 for place in places if place.here) if exact else 0
    sources = [source_of(model, place.file, source, accept) for place in missing]
    for place, origin in zip(missing, sources, strict=True):
        _get_file(place, origin, accept, _part_of(tick, done, total))
        done += (place.file.bytes or 0) if exact else 0
    return tuple(place.path for place in places)


def sha256_of(path: Path) -> str:
    """The sha256 of a file, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def source_of(model: Model, file: ModelFile, source: str, accept: Accept | None) -> str | Path:
    """Where a file comes from: an address, or a path of this computer.

    Raises:
        InputError: it may not come from there.
    """
    if not file.sha256 and accept is None:
        raise InputError(
            f"No sha256 of {file.name} is on record, so that nothing could be compared. Fetch it "
            "without --yes to see its sha256 and decide, or add --no-check."
        )
    name = file.name.removeprefix(_common_folder(model))
    if source and "://" not in source:
        path = Path(source).expanduser()
        if len(model.files) > 1 and not path.is_dir():
            raise InputError(f"{model.id} has several files. Give the folder that they are in.")
        return path / name if path.is_dir() else path
    if switch := offline():
        raise InputError(
            f"{switch} is set, so nothing is downloaded. Unset it, or fetch the file elsewhere and "
            "hand it over with --from FILE."
        )
    if not source:
        return file.address
    allowed = ("https://", "http://") if file.sha256 else ("https://",)
    if not source.startswith(allowed):
        raise InputError(f"{source!r} is no {' or '.join(allowed)} address, and no file either.")
    return source if len(model.files) == 1 else f"{source.rstrip('/')}/{name}"


def _common_folder(model: Model) -> str:
    """The folder that all files of a model lie in, with a slash; empty when they lie apart."""
    tops = {file.name.rpartition("/")[0].partition("/")[0] for file in model.files}
    return f"{tops.pop()}/" if len(tops) == 1 and "" not in tops else ""


def _get_file(place: Place, origin: str | Path, accept: Accept | None, tick: Tick) -> None:
    # Two that write one part would spoil it. The lock's name ends so that it is no model.
    lock = place.path.with_name(f"{place.path.name}.lock.part")
    with only_here(lock, f"Fetching {place.path}"):
        # It may have come since it was missed.
        if not place.path.exists():
            _fetch_file(place, origin, accept, tick)


def _fetch_file(place: Place, origin: str | Path, accept: Accept | None, tick: Tick) -> None:
    from .transfer import copy, transfer  # urllib is slow to import

    part = place.path.with_name(f"{place.path.name}.part")
    if isinstance(origin, Path):
        copy(origin, part, place.file.bytes, tick)
    else:
        transfer(origin, part, place.file.bytes, tick)
    found = sha256_of(part)
    if place.file.sha256 and found != place.file.sha256:
        part.unlink()
        raise EngineError(
            f"{origin} is not the {place.file.name} of the catalogue: its sha256 is {found}, not "
            f"{place.file.sha256}. It was deleted. Try again, or another mirror."
        )
    if not place.file.sha256 and not (accept and accept(place.file, found)):
        part.unlink()
        raise InputError(f"{place.file.name} was not accepted (sha256 {found}) and is deleted.")
    try:
        part.replace(place.path)
    except OSError as error:
        raise OutputError(f"Cannot write {place.path}: {error.strerror}.") from error


def _check_there(place: Place) -> None:
    """Raise OutputError for a file in its place that is another one."""
    wrong = place.other_size
    if place.here and place.file.sha256:
        wrong = sha256_of(place.path) != place.file.sha256
    if wrong:
        raise OutputError(
            f"{place.path} is there, but is not the file of the catalogue. Move it away, and run "
            "the same command again."
        )


def _part_of(tick: Tick, done: int, total: int) -> Tick:
    return lambda here, whole: tick(done + here, total or whole)
