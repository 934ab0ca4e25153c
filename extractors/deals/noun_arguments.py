"""Who and what stands in which relation to a noun."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.deals.argument import MEASURING, Argument, prepositions
from extractors.deals.tree import Tree
from extractors.registry.verbs import forms_of

VOUCHING = forms_of(("guarantee", "backstop"))  # "guarantees a loan from X to Y": who lends to whom is the loan's
LED = frozenset("led co-led anchored arranged provided funded underwritten sponsored".split())
BACKED = frozenset("backed guaranteed backstopped".split())
CONTRACTS = frozenset("deal deals lease leases contract contracts agreement agreements".split())


def noun_arguments(tree: Tree, noun: int) -> list[Argument]:
    """Possessors, compounds and prepositional phrases of a noun."""
    found: list[Argument] = []
    for child in tree.children(noun):
        dep = tree.words[child].dep
        if dep == "poss":
            found.append(Argument("poss", child))
        elif dep == "compound" or (dep in ("nmod", "amod", "npadvmod") and tree.words[child].tag.startswith("NN")):
            found.append(Argument("compound", child))
            found += [Argument("compound", c) for c in tree.children(child, "compound", "nmod")]
        elif dep == "amod" and tree.words[child].tag == "VBG":  # "Oracle cooling order"
            found += [Argument("compound", c) for c in tree.children(child, "compound", "nmod", "npadvmod")]
        elif dep == "prep":
            found += prepositions(tree, noun, child)
        elif tree.text(child) == "worth":  # "a contract worth $3 billion with X"
            for below in tree.children(child, "prep"):
                found += prepositions(tree, child, below)
        elif dep == "agent":
            found += [Argument("by", p) for p in tree.children(child, "pobj")]
        elif dep == "amod" and tree.text(child) in LED:  # "an Nvidia-led round"
            found += [Argument("by", c) for c in tree.children(child, "npadvmod", "compound", "nmod", "nsubj")]
        elif dep == "acl" and tree.text(child) in BACKED and tree.text(noun) in CONTRACTS:
            continue  # "a lease backed by X": who vouches for it is no side of it
        elif dep == "acl" and tree.text(child) in ("backed", "secured"):
            continue  # "bonds backed by X's halls"
        elif dep in ("acl", "relcl") and any(tree.text(c) == "for" for c in tree.children(child, "mark")):
            found += [Argument("for", s) for s in tree.children(child, "nsubj")]  # "a facility for X to fit out halls"
        elif dep == "acl" and (tree.words[child].tag in ("VBN", "VBD") or tree.text(child) in MEASURING):
            for below in tree.children(child, "prep", "agent"):
                found += prepositions(tree, child, below)
    return found


def enabled(tree: Tree, noun: int) -> list[Argument]:
    """Who does what a deal told before lets him do: "With a loan from X, Y can build", "Helped by an order, Y rose"."""
    at = noun
    for _ in range(4):
        word = tree.words[at]
        if word.dep not in ("pobj", "prep", "agent", "advcl", "npadvmod", "pcomp") or word.head == at:
            return []
        at = word.head
        if tree.is_verb(at) and at > noun:
            return [Argument("subject", s, False) for s in tree.children(at, "nsubj") if noun < s]
    return []


def following(tree: Tree, noun: int) -> list[Argument]:
    """The phrase right after a noun that the parser hung higher: "in line for a loan from X"."""
    after = noun + 1
    if after >= len(tree.words) or tree.words[after].lower not in ("from", "by", "with"):
        return []
    head = tree.words[after].head
    by_whom = tree.words[after].lower == "by" and not tree.children(head, "auxpass", "nsubjpass")
    if tree.words[after].dep != "prep" or head >= noun or (tree.is_verb(head) and not by_whom):
        return []
    return list(prepositions(tree, head, after))


def loose(tree: Tree, noun: int) -> Iterator[Argument]:
    """To, from or with whom, where the parser hung it on the verb above: "voted for the sale of X to Y"."""
    above = next((a for a in tree.ancestors(noun) if tree.is_verb(a)), None)
    if above is None or noun < above or (tree.words[noun].head == above and tree.text(above) not in VOUCHING):
        return
    between = [c for c in tree.children(above, "dobj", "ccomp", "xcomp", "advcl") if c > noun]
    for child in tree.children(above, "prep", "dative"):
        if child > noun and tree.text(child) in ("to", "from", "with") and not any(b < child for b in between):
            yield from prepositions(tree, above, child)
