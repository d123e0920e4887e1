"""Tables in documents that scripts keep up to date."""

from pathlib import Path

from chatanything.atomic_write import atomic_write


def replace_table(path: Path, name: str, table: str) -> None:
    """Put `table` between `<!-- name: begin -->` and `<!-- name: end -->` of a document."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = path.read_text("utf-8").partition(begin)
    after = rest.partition(end)[2]
    with atomic_write(path) as part:
        part.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")
