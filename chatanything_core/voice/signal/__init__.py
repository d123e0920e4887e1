"""Sound as numbers: measured, shaped, read and written."""
