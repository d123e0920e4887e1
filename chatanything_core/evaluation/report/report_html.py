"""The report of a study as one HTML file that needs nothing else."""

import base64
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from ..records import Result, Study
from .report_plots import COLOURS, histogram, rate_bars
from .report_tables import FIGURES
from .summarise_results import ALL, Row, cost_of, summarise_results

Pictures = Mapping[tuple[str, int], bytes]
"""Run and number of a prompt to a small JPEG; empty where nothing was made."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def report_html(study: Study, results: Sequence[Result], pictures: Pictures) -> str:
    """Rates with their intervals, figures, errors, times, and every portrait by run."""
    rows = summarise_results(results)
    style = Path(__file__).with_name("report.css").read_text("utf-8")
    parts = [
        _opening(study, results),
        _rates(rows),
        _figures(rows),
        _errors(study, results),
        _costs(results),
        *(_sheet(run.name, study, results, pictures) for run in study.runs),
    ]
    body = "\n".join(parts)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width"><title>ChatAnything evaluation</title>'
        f"<style>{style}</style></head><body>\n{body}\n</body></html>\n"
    )


def _opening(study: Study, results: Sequence[Result]) -> str:
    runs = ", ".join(run.name for run in study.runs)
    wanted = len(study.prompts) * len(study.runs)
    part = "" if len(results) == wanted else f" {len(results)} of {wanted} are measured so far."
    return (
        f"<h1>Evaluation</h1><p>{len(study.prompts)} prompts in {len(study.runs)} runs "
        f"({escape(runs)}), judged by {escape(', '.join(study.judges))} at a confidence of 0.5. "
        f'Ranges are 95 % intervals of Wilson.{part}</p><p class="soft">Seed {study.seed}, '
        f"{study.size} x {study.size} pixels"
        + (f", saying {escape(repr(study.sentence))}" if study.sentence else ", no films")
        + ".</p>"
    )


def _rates(rows: Sequence[Row]) -> str:
    judges = list(dict.fromkeys(name for row in rows for name in row.found))
    runs = list(dict.fromkeys(row.run for row in rows))
    key = "".join(
        f'<span style="background:{COLOURS[i % len(COLOURS)]}"></span>{escape(run)}'
        for i, run in enumerate(runs)
    )
    plots = []
    for judge in judges:
        shares = {
            category: {
                row.run: row.found[judge]
                for row in rows
                if row.category == category and judge in row.found
            }
            for category in dict.fromkeys(row.category for row in rows)
        }
        shares = {name: shares[name] for name in sorted(shares, key=lambda name: name == ALL)}
        plots.append(f"<h2>Faces found by {escape(judge)}</h2>{rate_bars(shares)}")
    return f'{"".join(plots)}<p class="key">{key}</p>'


def _figures(rows: Sequence[Row]) -> str:
    whole = [row for row in rows if row.category == ALL]
    lines = []
    for name, (heading, form) in FIGURES.items():
        values = [getattr(row, name) for row in whole]
        if any(value is not None for value in values):
            cells = ["" if value is None else form.format(value) for value in values]
            lines.append(_line("td", [heading, *cells]))
    head = _line("th", ["", *(row.run for row in whole)])
    return f"<h2>Figures</h2><table>{head}{''.join(lines)}</table>"


def _errors(study: Study, results: Sequence[Result]) -> str:
    parts = []
    for run in study.runs:
        looks = [result.looks.get(study.judges[0]) for result in results if result.run == run.name]
        errors = [look.corner_error for look in looks if look and look.corner_error is not None]
        if errors:
            parts.append(f"<h2>Landmark errors, {escape(run.name)}, in eye distances</h2>")
            parts.append(histogram(errors, 0.15))
    return "".join(parts)


def _costs(results: Sequence[Result]) -> str:
    table = cost_of(results)
    names = list(dict.fromkeys(name for cost in table.values() for name in cost))
    head = _line("th", ["", *("peak, MB" if n == "peak_mb" else f"{n}, s" for n in names)])
    lines = "".join(
        _line("td", [run, *(f"{cost[n]:.2f}" if n in cost else "" for n in names)])
        for run, cost in table.items()
    )
    return f"<h2>Median time of a prompt, by the clock</h2><table>{head}{lines}</table>"


def _sheet(run: str, study: Study, results: Sequence[Result], pictures: Pictures) -> str:
    own = [result for result in results if result.run == run]
    figures = "".join(_figure(result, study.judges[0], pictures) for result in own)
    return (
        f"<h2>{escape(run)}</h2><details open><summary>{len(own)} portraits; a red frame: no face "
        f'found</summary><div class="sheet">{figures}</div></details>'
    )


def _figure(result: Result, judge: str, pictures: Pictures) -> str:
    look = result.looks.get(judge)
    missed = "" if look and look.found else ' class="missed"'
    data = base64.b64encode(pictures.get((result.run, result.number), b"")).decode()
    words = result.prompt if not result.error else f"{result.prompt}: {result.error[:80]}"
    picture = (
        f'<img loading="lazy" alt="" src="data:image/jpeg;base64,{data}">'
        if data
        else "<img alt=''>"
    )
    return f"<figure{missed}>{picture}<figcaption>{escape(words)}</figcaption></figure>"


def _line(cell: str, values: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{cell}>{escape(value)}</{cell}>" for value in values) + "</tr>"
