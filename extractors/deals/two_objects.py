"""Verbs with two objects: "sell Velmora 300 MW", where the parser takes who gets it for a part of what is given.

What is given may stand before its clause: "the loan that Brookside gave Velmora"."""

from __future__ import annotations

from extractors.deals.argument import RELATIVES
from extractors.deals.tree import Tree
from extractors.registry.verbs import forms_of

GIVING = forms_of(
    "give hand award grant lend loan pay prepay sell send offer allot allocate promise provide guarantee let "
    "lease rent ship issue deliver build win earn refuse deny extend advance".split()
)
ACCESS = frozenset({"access", "entry"})
COUNTING = frozenset("nummod quantmod det".split())


def two_objects(tree: Tree, verb: int, child: int) -> tuple[int, int | None] | None:
    """Who gets what is given, and that (None: an object after this one), where ``child`` holds both; else None."""
    if tree.text(verb) not in GIVING:
        return None
    if tree.words[child].dep == "dative":
        given = _measured_beside(tree, child)
        return None if given is None or tree.children(verb, "dobj") else (child, given)
    taker = _name_before_access(tree, child) or _name_before_amount(tree, verb, child)
    if taker:
        return taker, child
    if not _is_name(tree, child):
        return None
    if any(c > child for c in tree.children(verb, "dobj")) or _is_of_given(tree, verb):
        return child, None
    given = _measured_beside(tree, child)
    return None if given is None else (child, given)


def says_to_what(tree: Tree, verb: int, preposition: int) -> bool:
    """Whether a "to" goes with "access", not with who gets it: "gives Microsoft access to Nvidia chips"."""
    before = (tree.text(c) for c in tree.children(verb, "dobj") if c < preposition)
    return tree.text(preposition) == "to" and not ACCESS.isdisjoint(before)


def _is_name(tree: Tree, i: int) -> bool:
    return tree.words[i].ref >= 0 and tree.words[i].tag == "NNP"


def _is_of_given(tree: Tree, verb: int) -> bool:
    """Whether a clause is about what is given: "the contract that X awarded Y"."""
    subjects = tree.children(verb, "nsubj")
    gave = bool(subjects) and not any(tree.text(s) in RELATIVES for s in subjects)
    return gave and tree.words[verb].dep == "relcl" and tree.words[tree.words[verb].head].ref < 0


def _name_before_access(tree: Tree, child: int) -> int:
    """The name that the parser takes for a part of "access": "give Microsoft access to chips"; 0 for none."""
    if tree.text(child) not in ACCESS:
        return 0
    before = tree.children(child, "compound", "nmod")
    return next((c for c in before if c == child - 1 and _is_name(tree, c)), 0)


def _name_before_amount(tree: Tree, verb: int, child: int) -> int:
    """The name that the parser takes for a part of what it gets: "rent Microsoft tens of thousands of GPUs"; or 0."""
    after = verb + 1
    if after + 1 > child or not _is_name(tree, after) or tree.words[after].head != child:
        return 0
    return after if tree.words[after + 1].dep in COUNTING else 0


def _measured_beside(tree: Tree, name: int) -> int | None:
    """The amount that stands beside a name as if it were one thing: "hand Velmora 36,000 chips"."""
    return next((a for a in tree.children(name, "appos") if a == name + 2 and tree.children(a, "nummod")), None)
