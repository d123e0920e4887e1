"""Read a list of results that are wanted: a CSV file whose first line names its columns."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..errors import InputError
from .records import Row

NAME = "name"
"""The column that names folders; without it the first column does."""
_LONGEST = 60


def read_list(path: Path) -> tuple[Row, ...]:
    """The rows of a list, in its order; blank lines are passed over.

    Raises:
        InputError: with file and line, when it cannot be read, has no rows, a column without a
            name or twice, a line with more cells than there are columns, or a name twice.
    """
    lines = _lines(path)
    header = _header(path, lines)
    cells = [(line, _cells(path, line, header, row)) for line, row in lines[1:]]
    filled = [(line, values) for line, values in cells if values]
    if not filled:
        raise InputError(f"{path} has no rows. Write one line for each result below its header.")
    return _named(path, header, filled)


def columns_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """Every column that any row fills, without `name`."""
    return tuple(dict.fromkeys(key for row in rows for key in row.values if key != NAME))


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Every line that is not blank, with its number."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader, found, line = csv.reader(file, strict=True), [], 1
            for row in reader:
                if any(cell.strip() for cell in row):
                    found.append((line, [cell.strip() for cell in row]))
                line = reader.line_num + 1
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"Cannot read the list {path}: {error}. Save it as CSV in UTF-8."
        ) from error
    return found


def _header(path: Path, lines: list[tuple[int, list[str]]]) -> list[str]:
    header = lines[0][1] if lines else []
    twice = [name for name, count in Counter(header).items() if count > 1]
    if not header or not all(header) or twice:
        wrong = f"names {twice[0]!r} twice" if twice and twice[0] else "has a column without a name"
        raise InputError(
            f"The first line of {path} {wrong}. Write the names of the columns there, such as "
            "concept,seed,text."
        )
    return header


def _cells(path: Path, line: int, header: list[str], row: list[str]) -> dict[str, str]:
    if len(row) > len(header):
        raise InputError(
            f"{path}, line {line}: {len(row)} cells for {len(header)} columns. Put a cell that "
            'holds a comma into "quotes".'
        )
    return {key: cell for key, cell in zip(header, row, strict=False) if cell}


def _named(
    path: Path, header: list[str], filled: list[tuple[int, dict[str, str]]]
) -> tuple[Row, ...]:
    """Rows by their own names, which must differ; others by their first cell and a number."""
    own = [values[NAME] for _, values in filled if NAME in values]
    taken = Counter(folder_name(name) for name in own)
    if twice := [name for name, count in taken.items() if count > 1]:
        raise InputError(f"{path} names two rows {twice[0]!r}. Give each a name of its own.")
    rows = []
    for line, values in filled:
        name = folder_name(values.get(NAME) or values.get(header[0], f"line {line}"))
        if NAME not in values:
            name = _free(name, taken)
        rows.append(Row(name, line, values))
    return tuple(rows)


def _free(name: str, taken: Counter[str]) -> str:
    number = 1
    free = name
    while taken[free]:
        number += 1
        free = f"{name}-{number}"
    taken[free] += 1
    return free


def folder_name(words: str) -> str:
    """A folder name for any words, safe on Linux, Windows and macOS.

    >>> folder_name("Grumpy  Teapot!")
    'grumpy-teapot'
    >>> folder_name("../..")
    'row'
    """
    parts = re.findall(r"\w+", unicodedata.normalize("NFC", words).casefold())
    name = "-".join(parts)[:_LONGEST].strip("-_") or "row"
    return f"{name}-" if re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name) else name
