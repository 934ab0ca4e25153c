"""What a clause says beside the news: whose a site is, who the subject is, what it did before."""

from __future__ import annotations

from extractors.deals.event import Event
from extractors.deals.tree import Tree

HOLDING = frozenset("has have keeps keep remains remain stays stay".split())
MEANT = frozenset("letter letters memorandum option intention intent talks".split())  # which are no contract yet
COMPARING = frozenset("like unlike including than alongside as".split())


def describes(tree: Tree, trigger: int) -> bool:
    """Whether a clause says of a thing whose it is: "a site that X plans", "a facility built by X"."""
    word = tree.words[trigger]
    return word.dep == "relcl" or (word.dep == "acl" and word.tag == "VBN")


def describes_subject(tree: Tree, trigger: int) -> bool:
    """Whether a headline's participle says who the subject is: "X, building a campus, raises $1 billion"."""
    word = tree.words[trigger]
    about = tree.words[word.head]
    return word.tag == "VBG" and word.dep == "acl" and about.dep == "nsubj" and tree.text(word.i - 1) == ","


def is_aside(tree: Tree, event: Event) -> bool:
    """ "Anthropic, which has raised billions, wants …": a perfect in a clause about the subject recalls.

    So does one about somebody held up for comparison: "rivals like Microsoft, which has backed OpenAI".
    """
    for at in (event.trigger, *tree.ancestors(event.trigger)):
        word = tree.words[at]
        if word.dep == "relcl" and tree.is_verb(at):
            perfect = any(tree.text(c) in ("has", "have", "had") for c in tree.children(at, "aux"))
            about = tree.words[word.head]
            return perfect and (about.dep in ("nsubj", "nsubjpass") or tree.text(about.head) in COMPARING)
    return False


def is_reported(tree: Tree, event: Event) -> bool:
    """Whether a pluperfect is only grammar's past of what somebody says: "he did say that X had promised 20 MW"."""
    for at in (event.trigger, *tree.ancestors(event.trigger)):
        if tree.words[at].dep == "ccomp" and any(tree.text(c) == "had" for c in tree.children(at, "aux")):
            return tree.is_verb(tree.words[at].head)
    return False


def is_standing(tree: Tree, event: Event, surface: str) -> bool:
    """Whether a contract is only said to be there: "X has a contract with Y for turbines", "X's deal remains"."""
    word = tree.words[event.trigger]
    stands = word.dep == "dobj" or (word.dep == "nsubj" and bool(tree.children(word.i, "poss")))
    is_there = stands and tree.text(word.head) in HOLDING and not tree.children(word.head, "aux", "neg")
    return event.pos == "noun" and is_there and not MEANT & set(surface.lower().split())
