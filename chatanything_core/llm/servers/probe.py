"""The smallest question that shows what a server can do."""

from pydantic import BaseModel, Field


class Probe(BaseModel):
    """One line of text."""

    answer: str = Field(description="what was asked for", min_length=1, max_length=200)
