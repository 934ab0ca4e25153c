"""A document being read: its names and amounts in order, its actors, and who was spoken of last."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.deals.cast import PARTY_KINDS, Actor
from extractors.records import Mention, Quantity

MEMORY = 30  # actors that "the company" may still mean


@dataclass(frozen=True, slots=True)
class Hit:
    """A company found in a phrase, with the words that name it and how: head, poss, of, member, anaphor, compound."""

    actor: Actor
    start_char: int
    end_char: int
    how: str


VENTURE = Actor(
    key="joint venture", name="joint venture", company_id="", kinds=frozenset(), mentions=()
)  # the new company of a joint venture, which may rent, borrow and sell like any other


@dataclass(slots=True)
class Scene:
    """A document being read: its parts in order, its actors, and who was spoken of last."""

    text: str
    parts: Sequence[Mention | Quantity]
    actors: dict[str, Actor]
    recent: list[str] = field(default_factory=list)  # actor keys, most recent subject first
    topic: str = ""  # key of the actor that the document is about, or that speaks in it; "" for a round-up
    pair: tuple[str, ...] = ()  # parties of the deal told last
    told: list[dict[str, str]] = field(default_factory=list)  # actor key -> role of every deal told, last told last
    site_owner: str = ""  # key of the company whose site was told of last: "its Frontier campus"
    by_mention: dict[int, Actor] = field(default_factory=dict)  # start_char of a mention -> actor
    starts: Sequence[int] = ()  # start_char of every part

    def between(self, start: int, end: int) -> tuple[int, Sequence[Mention | Quantity]]:
        """The parts that begin in text[start:end], and the number of the first."""
        first = bisect_left(self.starts, start)
        return first, self.parts[first : bisect_left(self.starts, end, lo=first)]

    def named(self, start: int, end: int) -> list[tuple[Mention, Actor]]:
        """The companies that text[start:end] names, each with its mention, in order."""
        return [
            (part, actor)
            for part in self.between(start, end)[1]
            if isinstance(part, Mention) and (actor := self.by_mention.get(part.start_char)) is not None
        ]

    def actor_at(self, ref: int) -> Actor | None:
        """The actor of part number ``ref``, if it is a company."""
        part = self.parts[ref] if ref >= 0 else None
        return self.by_mention.get(part.start_char) if isinstance(part, Mention) and part.kind in PARTY_KINDS else None

    def company_at(self, ref: int) -> bool:
        """Whether part ``ref`` is a company and no mere venture, whose name often only names a site."""
        part = self.parts[ref] if ref >= 0 else None
        return isinstance(part, Mention) and part.kind != "vehicle" and self.actor_at(ref) is not None

    def in_role(self, roles: Iterable[str], owner: str = "") -> list[str]:
        """Who played one of ``roles`` in the deal told last that has such a party, and ``owner`` beside it if given."""
        wanted = frozenset(roles)
        for parties in reversed(self.told[-MEMORY:]):
            found = [key for key, role in parties.items() if role in wanted and key != owner]
            if found and (not owner or owner in parties):
                return found
        return []

    def note(self, subjects: Iterable[str], others: Iterable[str] = ()) -> None:
        """Make ``subjects`` the most recent actors; ``others`` come after them, or after the last subject."""
        first = list(dict.fromkeys(subjects)) or self.recent[:1]
        fresh = list(dict.fromkeys([*first, *others]))
        self.recent = (fresh + [k for k in self.recent if k not in fresh])[:MEMORY]


def make_scene(text: str, parts: Sequence[Mention | Quantity], cast: Sequence[Actor]) -> Scene:
    """A scene before its first sentence. Parts are put in order, a name before the amount that begins with it."""
    by_mention = {m.start_char: actor for actor in cast for m in actor.mentions}
    ordered = sorted(parts, key=lambda p: (p.start_char, not isinstance(p, Mention)))
    starts = [p.start_char for p in ordered]
    return Scene(text=text, parts=ordered, actors={a.key: a for a in cast}, by_mention=by_mention, starts=starts)
