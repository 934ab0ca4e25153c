"""Names on their way to being mentions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A span of the text that names something."""

    start: int
    end: int
    surface: str
    kind: str  # a mention kind
    name: str = ""  # canonical or fullest form
    thing_id: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the surface."""
        return tuple(self.surface.split())
