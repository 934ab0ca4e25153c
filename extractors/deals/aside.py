"""What a clause says beside the news: whose a site is, who the subject is, what it did before."""

from __future__ import annotations

from extractors.deals.event import Event
from extractors.deals.tree import Tree

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
