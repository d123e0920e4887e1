"""The figures of a study as JSON, CSV and Markdown."""

import csv
import io
import platform
from collections.abc import Sequence
from os import cpu_count
from typing import Any

from ..records import Result, Study
from ..results_json import result_to_json, study_to_json
from .summarise_results import ALL, Row, cost_of, row_to_json, summarise_results

FORMAT = "chatanything-evaluation-1"


def report_json(study: Study, results: Sequence[Result]) -> dict[str, Any]:
    """Everything. Only `machine` and `cost` depend on the machine and on how the work was shared."""
    plain = [result_to_json(result) for result in results]
    costs = {f"{one['run']}/{one['number']}": one.pop("cost") for one in plain}
    return {
        "format": FORMAT,
        "study": study_to_json(study),
        "summary": [row_to_json(row) for row in summarise_results(results)],
        "results": plain,
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "cores": cpu_count(),
            "python": platform.python_version(),
        },
        "cost": {"runs": cost_of(results), "prompts": costs},
    }


def report_csv(results: Sequence[Result]) -> str:
    """A line a result, a column a figure; parts of a record are named `record.part`."""
    lines = [_flat(result_to_json(result)) for result in results]
    names = list(dict.fromkeys(name for line in lines for name in line))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def report_markdown(results: Sequence[Result]) -> str:
    """Detection by category and run, then the other figures by run."""
    rows = summarise_results(results)
    return f"{_detection(rows)}\n\n{_figures(rows)}"


def _detection(rows: Sequence[Row]) -> str:
    runs = list(dict.fromkeys(row.run for row in rows))
    by = {(row.run, row.category): row for row in rows}
    judges = list(dict.fromkeys(name for row in rows for name in row.found))
    columns = [(run, judge) for run in runs for judge in judges]
    heads = [run if len(judges) < 2 else f"{run}, {judge}" for run, judge in columns]
    lines = ["| category | prompts | " + " | ".join(heads) + " |"]
    lines.append("|---|---:|" + "---:|" * len(columns))
    categories = [c for c in dict.fromkeys(row.category for row in rows) if c != ALL]
    for category in (*categories, ALL):
        cells = []
        for run, judge in columns:
            row = by.get((run, category))
            cells.append(str(row.found[judge]) if row and judge in row.found else "")
        count = max(row.prompts for row in rows if row.category == category)
        lines.append(f"| {category} | {count} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


FIGURES = {
    "corner_error": ("corners off, eye distances", "{:.3f}"),
    "guide_error": ("off the guide, eye distances", "{:.3f}"),
    "animatability": ("animatability", "{:.2f}"),
    "as_asked": ("drawn as asked", "{}"),
    "talks": ("talking", "{}"),
    "in_frames": ("face in frames", "{:.1%}"),
    "sync": ("lip sync", "{:.2f}"),
    "lag_ms": ("lag, ms", "{:.0f}"),
    "identity": ("identity", "{:.3f}"),
    "drift": ("drift", "{:.3f}"),
    "pitch_error": ("pitch off, semitones", "{:.2f}"),
    "rate_error": ("speed off", "{:.0%}"),
}
"""Heading and form of each figure of a row."""


def _figures(rows: Sequence[Row]) -> str:
    whole = [row for row in rows if row.category == ALL]
    lines = ["| | " + " | ".join(row.run for row in whole) + " |", "|---|" + "---:|" * len(whole)]
    for name, (heading, form) in FIGURES.items():
        values = [getattr(row, name) for row in whole]
        if any(value is not None for value in values):
            cells = ("" if value is None else form.format(value) for value in values)
            lines.append(f"| {heading} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _flat(record: dict[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{before}{name}.")
        else:
            flat[f"{before}{name}"] = value
    return flat
