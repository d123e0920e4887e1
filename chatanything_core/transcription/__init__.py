"""What a user says, as text."""

from .base import Listener
from .registry import listeners
from .transcribe import transcribe

__all__ = ["Listener", "listeners", "transcribe"]
