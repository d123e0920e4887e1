"""What a set of icons is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

Span = tuple[int, int]
"""First byte and length of an icon's SVG in its set's file."""
Name = tuple[str, ...]
"""A name as words in lower case and in the singular."""


@dataclass(frozen=True, eq=False)
class IconSource:
    """A set as it was read from somebody's file or folder, before it is kept."""

    id: str
    """Letters, digits and hyphens."""
    title: str
    author: str
    licence: str
    """SPDX name, or the words of the set."""
    page: str
    """Where it is described; may be empty."""
    version: str
    icons: Mapping[str, str]
    """Name to SVG text."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Another name to the name of an icon."""
    figures: frozenset[str] = frozenset()
    """Names of icons that show people, faces, flags: chosen only by their own name."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language tag to further names, each to the name of an icon."""


@dataclass(frozen=True, eq=False)
class IconSet:
    """A set in the user's folder, with its names ready for searching."""

    folder: Path
    id: str
    title: str
    author: str
    licence: str
    page: str
    version: str
    spans: Mapping[str, Span]
    aliases: Mapping[str, str]
    figures: frozenset[str]
    words: Mapping[str, Name]
    """Every name and alias, split into words."""
    exact: Mapping[Name, str]
    """Names and aliases, figures left out."""
    joined: Mapping[str, str]
    """The same with their words written together."""
    last: Mapping[str, tuple[Name, ...]]
    """Names of two words and more, by their last word."""
    first: Mapping[str, tuple[Name, ...]]
    """Names of two words, by their first."""

    def __len__(self) -> int:
        return len(self.spans)


@dataclass(frozen=True)
class Icon:
    """One drawing of a set."""

    set: str
    """The set's id."""
    name: str
