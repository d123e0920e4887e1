"""Tables that programs keep up to date inside written documents."""

from pathlib import Path

from ..errors import InputError
from ..files import whole


def replace_table(path: Path, name: str, table: str) -> None:
    """Put `table` between `<!-- name -->` and `<!-- /name -->` in a Markdown file.

    Raises:
        InputError: the file has no such place.
    """
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = path.read_text("utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise InputError(f"{path} has no place for a table between {begin} and {end}.")
    with whole(path) as part:
        part.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")
