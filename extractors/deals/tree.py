"""A parsed sentence as a tree: who does what to whom, asked by index."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from extractors.nlp import Word

CONJUNCT_LIMIT = 24  # steps up or along a tree; a longer chain is a parser's mistake


class Tree:
    """Read-only view of one sentence's words. Indexes are positions in ``words``."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words = words

    @cached_property
    def _children(self) -> list[list[int]]:
        table: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.i:
                table[word.head].append(word.i)
        return table

    def children(self, i: int, *deps: str) -> list[int]:
        """Direct dependents, all or those of the given relations, in order."""
        return [c for c in self._children[i] if not deps or self.words[c].dep in deps]

    def objects_of(self, i: int, preposition: str) -> list[int]:
        """The nouns behind a preposition of ``i``: of "half of the site" with "of", "site"."""
        return [p for c in self.children(i, "prep") if self.text(c) == preposition for p in self.children(c, "pobj")]

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads from the nearest up to the root, without ``i``."""
        for _ in range(CONJUNCT_LIMIT):
            head = self.words[i].head
            if head == i:
                return
            yield head
            i = head

    def subtree(self, i: int) -> list[int]:
        """``i`` and everything below it, in order of the text."""
        out, stack = [], [i]
        while stack:
            at = stack.pop()
            out.append(at)
            stack.extend(self._children[at])
        return sorted(out)

    def conjuncts(self, i: int) -> list[int]:
        """``i`` and what is coordinated below it ("A, B and C" from A)."""
        out, at = [i], [i]
        while at and len(out) <= CONJUNCT_LIMIT:
            following = [c for x in at for c in self.children(x, "conj")]
            out += following
            at = following
        return out

    def distance(self, a: int, b: int) -> int:
        """Edges between two words in the tree."""
        up_a = [a, *self.ancestors(a)]
        up_b = {x: n for n, x in enumerate([b, *self.ancestors(b)])}
        for steps, at in enumerate(up_a):
            if at in up_b:
                return steps + up_b[at]
        return len(self.words)

    def is_verb(self, i: int) -> bool:
        """Whether the tagger took the word for a verb or modal."""
        word = self.words[i]
        if word.tag == "NNS" and word.dep == "conj" and self.words[word.head].tag.startswith("VB"):
            return bool(self.children(i, "dobj"))  # "has an order and rents another 6,000": taken for a noun
        return word.tag.startswith(("VB", "MD"))

    def text(self, i: int) -> str:
        """The word in lower case."""
        return self.words[i].lower
