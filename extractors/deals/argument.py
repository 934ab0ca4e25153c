"""A phrase in a relation to a trigger, and those that its prepositions bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.deals.tree import Tree

RELATIVES = frozenset("which that who whom whose where".split())
NESTING = frozenset("of for on to in with at over under worth about from".split())
MEASURING = frozenset(  # participles that say how long or how much
    "running lasting covering totalling totaling maturing expiring spanning valued priced worth repayable".split()
)


@dataclass(frozen=True, slots=True)
class Argument:
    """A phrase (its head word) in a relation to a trigger: subject, object, or a preposition's word."""

    relation: str
    word: int
    is_near: bool = True  # False where it was inherited from a governing clause or noun
    before: int | None = None  # conjuncts from this word on do not belong: "A, which bought B, and C"


def prepositions(tree: Tree, governor: int, preposition: int) -> Iterator[Argument]:
    """What a preposition brings to its governor, and what hangs on that: "a contract for 10 MW with X"."""
    word = tree.text(preposition)
    described = [  # "with stacked memory": a participle taken for a verb
        noun
        for participle in tree.children(preposition, "pcomp")
        if tree.words[participle].tag in ("VBN", "VBD")
        for noun in tree.children(participle, "dobj")
    ]
    gerunds = [  # "in refinancing": a noun taken for a verb
        noun
        for noun in tree.children(preposition, "pcomp")
        if tree.words[noun].tag == "VBG" and not tree.children(noun)
    ]
    for target in [*tree.children(preposition, "pobj"), *described, *gerunds]:
        if tree.text(target) in RELATIVES and tree.words[governor].dep == "relcl":
            target = tree.words[governor].head
        yield Argument(word, target)
        if word in NESTING:  # "a contract for 10 MW with X", "a deal for the supply of power to X"
            for below in tree.children(target, "prep"):
                if (
                    tree.text(below) in ("with", "from", "by", "to", "at", "through")
                    and _is_plain(tree, target)
                    and not tree.children(target, "conj")
                ):
                    yield from prepositions(tree, target, below)
    for below in tree.children(preposition, "prep", "conj"):  # "to X and to Y"
        if tree.words[below].tag in ("IN", "TO"):
            yield from prepositions(tree, governor, below)


def _is_plain(tree: Tree, noun: int) -> bool:
    """A common noun or number: its prepositional phrases may belong to the governor."""
    return (
        not tree.words[noun].tag.startswith("NNP")
        or tree.words[noun].ref < 0
        or tree.text(noun) in ("mw", "gw", "megawatts", "gigawatts")
    )
