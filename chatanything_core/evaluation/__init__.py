"""Measure painters, voices, heads and other systems on prompts of our own."""

from .evaluate import Evaluation, evaluate, write_report
from .evaluation_set import evaluation_set
from .measures.other_system import folder_study
from .records import Prompt, Result, Run, Study
from .report.report_tables import report_markdown
from .study_presets import PRESETS, RUNS, preset_study, ready_judges

__all__ = [
    "PRESETS",
    "RUNS",
    "Evaluation",
    "Prompt",
    "Result",
    "Run",
    "Study",
    "evaluate",
    "evaluation_set",
    "folder_study",
    "preset_study",
    "ready_judges",
    "report_markdown",
    "write_report",
]
