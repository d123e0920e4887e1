"""Put what studies have measured so far into docs/evaluation.md.

python -m benchmarks.evaluation_table out/evaluation [another study ...] docs/evaluation.md
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from chatanything.evaluation import Result, Study, report_markdown
from chatanything.evaluation.study_folder import read_results, read_study

from .tables import replace_table


def told(study: Study, results: Sequence[Result]) -> str:
    """The tables of a study, with what it was and how much of it is there."""
    whole = len(study.prompts) * len(study.runs)
    painter = study.runs[0].expert or study.runs[0].painter or "sketch"
    part = "all" if len(results) == whole else "so far"
    return (
        f"**{painter}**, judged by {', '.join(study.judges)}; {len(results)} of {whole} portraits "
        f"({part}), seed {study.seed}. Ranges are 95 % intervals.\n\n{report_markdown(results)}"
    )


def main(folders: Sequence[Path], document: Path) -> None:
    """Write the tables of all folders."""
    parts = []
    for folder in folders:
        study = read_study(folder)
        parts.append(told(study, read_results(folder, study)))
    replace_table(document, "evaluation", "\n\n".join(parts))


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:-1]], Path(sys.argv[-1]))
