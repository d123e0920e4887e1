"""Make or read one sample, and measure it."""

from .measure_batch import BatchLook, batch_json, batch_lines, measure_batch

__all__ = ["BatchLook", "batch_json", "batch_lines", "measure_batch"]
