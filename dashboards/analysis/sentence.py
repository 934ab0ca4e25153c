"""Sentences with the rows that they stand on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.guard import plain


@dataclass(frozen=True, slots=True)
class Citation:
    """A row of the tape: its table and its key."""

    table: str
    key: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """How a note names it: ``mart.deals deal_id=1f3a``."""
        return " ".join((f"mart.{self.table}", *(f"{name}={value}" for name, value in self.key)))


@dataclass(frozen=True, slots=True)
class Sentence:
    """Plain text, made harmless, and its rows; a sentence on what the tape lacks may have none."""

    text: str
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences under a heading."""

    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Paragraphs, and all rows that they cite, each once, in the order in which they are first cited."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def cites(self) -> tuple[Citation, ...]:
        """The notes, numbered from 1 by their place."""
        told = (c for paragraph in self.paragraphs for sentence in paragraph.sentences for c in sentence.cites)
        return tuple(dict.fromkeys(told))

    def notes(self, sentence: Sentence) -> list[int]:
        """The numbers of the notes that a sentence stands on, rising."""
        places = {c: place for place, c in enumerate(self.cites, 1)}
        return sorted(places[c] for c in set(sentence.cites))


def cite(table: str, **key: str) -> Citation:
    """The row of ``mart.<table>`` with that key."""
    return Citation(table, tuple(key.items()))


def listed(names: Iterable[str], *, most: int = 4) -> str:
    """Names in a row, those beyond ``most`` counted.

    >>> listed(["A", "B", "C"]), listed("ABCDEF", most=2)
    ('A, B and C', 'A, B and 4 others')
    """
    words = [plain(name) for name in names]
    if len(words) > most + 1:
        words = [*words[:most], f"{len(words) - most} others"]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def named(parties: Sequence[dict[str, str]], role: str) -> list[str]:
    """The names of the parties in a role."""
    return [party["name"] for party in parties if party["role"] == role]
