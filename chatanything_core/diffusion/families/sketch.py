"""The styles of the sketch painter, which draws without a model."""

from .base import Family

SKETCH = Family("sketch", title="sketch", painter="sketch", networks=None)
