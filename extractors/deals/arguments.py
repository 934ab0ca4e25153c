"""Who and what stands in which relation to a trigger, read off the parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.deals.tree import CONJUNCT_LIMIT, Tree
from extractors.deals.two_objects import ACCESS, GIVING, says_to_what, two_objects
from extractors.registry.verbs import forms_of

# verbs whose object does the following infinitive: "picked X to supply"
LED_TO = forms_of("lead prompt push force drive urge encourage persuade convince require cause".split())
OBJECT_CONTROL = LED_TO | frozenset(
    "pick picks picked picking select selects selected selecting choose chooses chose chosen "
    "tap taps tapped hire hires hired "
    "ask asks asked allow allows allowed let lets help helps helped enable enables pay pays "
    "paid want wants contract contracted "
    "engage engaged appoint appointed name named enlist enlisted turn turned".split()
)
HANDED = frozenset(
    "awarded booked bought delivered hosted leased lent let ordered rented reserved shipped sold supplied".split()
)
PARTS = frozenset(
    "most part parts half rest remainder bulk majority all much some third thirds quarter quarters fifth fifths tenth "
    "whole block tranche chunk slice batch remaining lot dozens tens hundreds thousands millions".split()
)
MEASURING = frozenset(  # participles that say how long or how much
    "running lasting covering totalling totaling maturing expiring spanning valued priced worth repayable".split()
)
AGREEING = forms_of("agree commit contract pledge promise".split())
CAUSING = forms_of(("have", "get"))
VOUCHING = forms_of(("guarantee", "backstop"))  # "guarantees a loan from X to Y": who lends to whom is the loan's
LED = frozenset("led co-led anchored arranged provided funded underwritten sponsored".split())
RELATIVES = frozenset("which that who whom whose where".split())


@dataclass(frozen=True, slots=True)
class Argument:
    """A phrase (its head word) in a relation to a trigger: subject, object, or a preposition's word."""

    relation: str
    word: int
    is_near: bool = True  # False where it was inherited from a governing clause or noun
    before: int | None = None  # conjuncts from this word on do not belong: "A, which bought B, and C"


def verb_arguments(tree: Tree, verb: int) -> list[Argument]:
    """Subject, object and prepositional phrases of a verb, passives turned round, missing subjects looked up."""
    found: list[Argument] = []
    words = tree.words
    is_participle = words[verb].dep == "acl" and (words[verb].tag == "VBN" or bool(tree.children(verb, "agent")))
    passive = is_participle or bool(tree.children(verb, "nsubjpass", "auxpass"))
    has_subject = False
    for child in tree.children(verb):
        dep = words[child].dep
        if dep in ("nsubj", "nsubjpass"):
            has_subject = True
            turned = passive or dep == "nsubjpass" or _is_handed_over(tree, verb, child)
            relation = "to" if turned and tree.children(verb, "dobj") else "object" if turned else "subject"
            for target in _antecedent(tree, verb, child):  # "X was granted a loan": X receives it
                limit = verb if target != child else None
                found.append(Argument(relation, target, True, limit))
        elif dep in ("dobj", "dative") and (both := two_objects(tree, verb, child)) is not None:
            taker, given = both
            found.append(Argument("to", taker))
            found += [Argument("object", whole_of(tree, given))] if given is not None else []
        elif dep in ("dobj", "attr", "oprd"):
            found += [Argument("object", whole_of(tree, target)) for target in _antecedent(tree, verb, child)]
        elif dep == "dative":
            found += [Argument("to", p) for p in tree.children(child, "pobj")] or [Argument("to", child)]
        elif dep == "agent":
            found += [Argument("subject" if passive else "by", p) for p in tree.children(child, "pobj")]
        elif dep == "advcl" and child > verb and tree.text(child) in MEASURING and not tree.children(child, "nsubj"):
            for below in tree.children(child, "prep"):  # "a loan, running for twelve months, from X"
                found += _prepositions(tree, child, below) if tree.text(below) in ("from", "with", "to") else ()
        elif dep == "npadvmod" and passive:  # "owned 60% by X and 40% by Y"
            agents = [by for share in tree.conjuncts(child) for by in tree.children(share, "agent")]
            found += [Argument("subject", p) for by in agents for p in tree.children(by, "pobj")]
        elif dep == "prep" and tree.text(child) == "at" and _is_caused(tree, verb):
            found += [Argument("subject", p) for p in tree.children(child, "pobj")]  # "has its chips made at X"
        elif dep == "prep" and not _is_excluded(tree, child) and not says_to_what(tree, verb, child):
            found += _prepositions(tree, verb, child)
        elif dep == "ccomp" and tree.text(child) == "available":  # "makes 5,000 GPUs available to X"
            found += [Argument("object", thing) for thing in tree.children(child, "nsubj")]
            found += [a for below in tree.children(child, "prep") for a in _prepositions(tree, child, below)]
    alone = not tree.children(verb, "prep", "ccomp", "xcomp", "npadvmod")
    if alone and not passive and not any(a.relation == "object" for a in found):  # "build and operate a campus"
        for other in tree.children(verb, "conj"):
            if tree.is_verb(other) and not tree.children(other, "nsubj", "nsubjpass"):
                found += [Argument("object", target) for target in tree.children(other, "dobj")]
    for target in [a.word for a in found if a.relation == "object"]:
        found += [
            Argument(a.relation, a.word)
            for a in noun_arguments(tree, target)
            if a.relation not in ("poss", "compound", "of")
            and not (a.relation == "to" and tree.text(target) in ACCESS)  # what it is access to
        ]
    if words[verb].dep == "relcl" and not has_subject:
        found.append(Argument("subject", _told_of(tree, verb), True, verb))
        has_subject = True
    if words[verb].dep == "relcl" and not any(a.relation == "object" for a in found):
        found.append(Argument("object", words[verb].head, False))
    if _is_agreed_on(tree, verb) and not any(a.relation == "object" for a in found):
        found.append(Argument("object", words[words[verb].head].head, False))
    if words[verb].dep == "relcl" and any(tree.text(c) == "where" for c in tree.children(verb, "advmod")):
        found.append(Argument("at", words[verb].head, False))  # "its new hall, where X rents 2 MW"
    if words[verb].dep == "acl" and not any(a.word == words[verb].head for a in found):
        if is_participle:
            found.append(Argument("object", words[verb].head))
        elif words[verb].tag == "VBG":
            found.append(Argument("subject", words[verb].head))
            has_subject = True
    if passive and not has_subject and not any(a.relation == "object" for a in found):  # "agrees to be bought by Y"
        found += [Argument("object", s, False) for s in controllers(tree, verb)]
    elif _is_caused(tree, verb):
        found += [Argument("to", s, False) for s in controllers(tree, verb)]
    elif not has_subject and not any(a.relation == "subject" for a in found):
        found += [Argument("subject", s, False) for s in controllers(tree, verb)]
    return found


def _is_agreed_on(tree: Tree, verb: int) -> bool:
    """Whether a clause says what was agreed on the thing that it describes: "a campus that X has agreed to lease"."""
    agreed = tree.words[verb].head
    is_relative = tree.words[verb].dep == "xcomp" and tree.words[agreed].dep == "relcl"
    return is_relative and tree.text(agreed) in AGREEING and not tree.children(agreed, "dobj")


def _is_caused(tree: Tree, verb: int) -> bool:
    """Whether somebody "has" something done: "will have its chips made at X"."""
    head = tree.words[verb].head
    caused = tree.words[verb].tag == "VBN" and tree.words[verb].dep == "acl" and tree.words[head].dep == "dobj"
    return caused and tree.text(tree.words[head].head) in CAUSING and verb > head


def whole_of(tree: Tree, part: int) -> int:
    """What a word like "most" or "two thirds" is a part of; the word itself where it is no such word."""
    for _ in range(CONJUNCT_LIMIT):  # "tens of thousands of GPUs"
        ofs = (of for of in tree.children(part, "prep") if tree.text(of) == "of")
        whole = next((below for of in ofs for below in tree.children(of, "pobj")), part)
        if tree.text(part) not in PARTS or whole == part:
            break
        part = whole
    return part


def _is_handed_over(tree: Tree, verb: int, subject: int) -> bool:
    """ "32,000 chips rented to X": a participle that the parser takes for a verb."""
    return (
        tree.words[verb].tag in ("VBD", "VBN")
        and tree.text(verb) in HANDED
        and tree.words[subject].tag in ("NN", "NNS")
        and not tree.children(verb, "dobj", "aux")
        and any(tree.text(p) in ("to", "from", "by") for p in tree.children(verb, "prep", "agent", "dative"))
    )


def _is_excluded(tree: Tree, preposition: int) -> bool:
    """ "From Truist, not from Regions Bank": what the text takes out."""
    return preposition > 0 and tree.text(preposition - 1) in ("not", "rather")


def controllers(tree: Tree, verb: int) -> list[int]:
    """Words that are the understood subject of a verb without one of its own."""
    at = verb
    for _ in range(CONJUNCT_LIMIT):
        word = tree.words[at]
        head = word.head
        if head == at:
            return []
        if word.dep in ("ccomp", "relcl") and tree.is_verb(head) and at != verb:
            return []
        if tree.is_verb(head):
            controls = OBJECT_CONTROL if word.dep == "xcomp" else LED_TO if word.dep == "advcl" else ()
            if tree.text(head) in controls:
                objects = tree.children(head, "dobj")
                if objects:
                    return objects[:1]
            if word.dep == "prep" and word.lower == "from" and tree.children(head, "dobj"):
                return tree.children(head, "dobj")[:1]  # "blocked X from buying Y"
            subjects = tree.children(head, "nsubj", "nsubjpass")
            named = [s for s in subjects if tree.words[s].ref >= 0]  # "Optical-link designer X is close to raising"
            if subjects:
                return [t for s in [*named, *subjects][:1] for t in _antecedent(tree, head, s)]
            if tree.words[head].dep == "relcl":
                return [tree.words[head].head]
        elif tree.words[head].tag.startswith("NN"):
            given = _given_it(tree, head) if word.dep == "acl" else []
            if given:
                return given
            owners = tree.children(head, "poss")
            if owners:
                return owners[:1]
            if (
                word.dep in ("prep", "pobj", "acl", "relcl")
                and tree.words[head].ref >= 0
                and tree.words[head].tag.startswith("NNP")
            ):
                return [head]
            if (
                word.dep == "acl"
                and tree.words[head].dep in ("nsubj", "ROOT")
                and tree.words[head].tag.startswith("NNP")
            ):
                return [head]
        at = head
    return []


def _given_it(tree: Tree, noun: int) -> list[int]:
    """Who is given what a noun names, and then does it: "gave X a contract to make racks"."""
    verb = tree.words[noun].head
    if tree.words[noun].dep != "dobj" or tree.text(verb) not in GIVING:
        return []
    to_whom = tree.children(verb, "dative")
    return [p for c in to_whom for p in tree.children(c, "pobj")] or to_whom[:1]


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
            found += _prepositions(tree, noun, child)
        elif tree.text(child) == "worth":  # "a contract worth $3 billion with X"
            for below in tree.children(child, "prep"):
                found += _prepositions(tree, child, below)
        elif dep == "agent":
            found += [Argument("by", p) for p in tree.children(child, "pobj")]
        elif dep == "amod" and tree.text(child) in LED:  # "an Nvidia-led round"
            found += [Argument("by", c) for c in tree.children(child, "npadvmod", "compound", "nmod", "nsubj")]
        elif dep == "acl" and (tree.words[child].tag in ("VBN", "VBD") or tree.text(child) in MEASURING):
            for below in tree.children(child, "prep", "agent"):
                found += _prepositions(tree, child, below)
    return found


def following(tree: Tree, noun: int) -> list[Argument]:
    """The phrase right after a noun that the parser hung higher: "in line for a loan from X"."""
    after = noun + 1
    if after >= len(tree.words) or tree.words[after].lower not in ("from", "by", "with"):
        return []
    head = tree.words[after].head
    by_whom = tree.words[after].lower == "by" and not tree.children(head, "auxpass", "nsubjpass")
    if tree.words[after].dep != "prep" or head >= noun or (tree.is_verb(head) and not by_whom):
        return []
    return list(_prepositions(tree, head, after))


def loose(tree: Tree, noun: int) -> Iterator[Argument]:
    """To, from or with whom, where the parser hung it on the verb above: "voted for the sale of X to Y"."""
    above = next((a for a in tree.ancestors(noun) if tree.is_verb(a)), None)
    if above is None or noun < above or (tree.words[noun].head == above and tree.text(above) not in VOUCHING):
        return
    between = [c for c in tree.children(above, "dobj", "ccomp", "xcomp", "advcl") if c > noun]
    for child in tree.children(above, "prep", "dative"):
        if child > noun and tree.text(child) in ("to", "from", "with") and not any(b < child for b in between):
            yield from _prepositions(tree, above, child)


def _prepositions(tree: Tree, governor: int, preposition: int) -> Iterator[Argument]:
    word = tree.text(preposition)
    described = [  # "with stacked memory": a participle taken for a verb
        noun
        for participle in tree.children(preposition, "pcomp")
        if tree.words[participle].tag in ("VBN", "VBD")
        for noun in tree.children(participle, "dobj")
    ]
    for target in [*tree.children(preposition, "pobj"), *described]:
        if tree.text(target) in RELATIVES and tree.words[governor].dep == "relcl":
            target = tree.words[governor].head
        yield Argument(word, target)
        if word in (
            "of",
            "for",
            "on",
            "to",
            "in",
            "with",
            "at",
            "over",
            "under",
            "worth",
            "about",
            "from",
        ):  # "a contract for 10 MW with X", "a deal for the supply of power to X"
            for below in tree.children(target, "prep"):
                if (
                    tree.text(below) in ("with", "from", "by", "to", "at", "through")
                    and _is_plain(tree, target)
                    and not tree.children(target, "conj")
                ):
                    yield from _prepositions(tree, target, below)
    for below in tree.children(preposition, "prep", "conj"):  # "to X and to Y"
        if tree.words[below].tag in ("IN", "TO"):
            yield from _prepositions(tree, governor, below)


def _is_plain(tree: Tree, noun: int) -> bool:
    """A common noun or number: its prepositional phrases may belong to the governor."""
    return (
        not tree.words[noun].tag.startswith("NNP")
        or tree.words[noun].ref < 0
        or tree.text(noun) in ("mw", "gw", "megawatts", "gigawatts")
    )


def _antecedent(tree: Tree, verb: int, child: int) -> list[int]:
    if tree.text(child) in RELATIVES and tree.words[verb].dep == "relcl":
        return [_told_of(tree, verb, child)]
    return [child]


def _told_of(tree: Tree, verb: int, relative: int = -1) -> int:
    """What a relative clause is about: the name before its pronoun ("administrators of X, which"), else its head."""
    head = tree.words[verb].head
    before = relative - 2 if relative > 1 and tree.text(relative - 1) == "," else relative - 1
    if relative > 1 and before > head and tree.words[before].ref >= 0 and tree.words[before].tag.startswith("NNP"):
        holds_of = [tree.text(a) for a in tree.ancestors(before)][:1]
        return before if holds_of == ["of"] and tree.words[head].ref < 0 else head
    return head
