"""Who and what stands in which relation to a verb, read off the parse."""

from __future__ import annotations

from extractors.deals.argument import MEASURING, RELATIVES, Argument, prepositions
from extractors.deals.noun_arguments import noun_arguments
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
    "engage engaged mandate mandated mandates appoint appointed name named enlist enlisted turn turned".split()
)
HANDED = frozenset(
    "awarded booked bought delivered hosted leased lent let ordered rented reserved shipped sold supplied".split()
)
OBTAINED = frozenset("acquired bought hired leased ordered procured purchased rented sourced".split())
PARTS = frozenset(
    "most part parts half rest remainder bulk majority all much some third thirds quarter quarters fifth fifths tenth "
    "last whole block tranche chunk slice batch remaining lot dozens tens hundreds thousands millions".split()
)
AGREEING = forms_of("agree commit contract pledge promise plan intend expect aim propose hope".split()) | frozenset(
    "is are was were".split()  # "a hall that it is to lease"
)
BUILDING = forms_of("build develop construct erect open expand finish".split())
STRANDED = frozenset("from with to at".split())
CAUSING = forms_of(("have", "get"))
BEING = frozenset("is are was were be been".split())
COMPRISING = forms_of("include comprise feature count".split())  # clauses that only list who belongs to a group


def verb_arguments(tree: Tree, verb: int) -> list[Argument]:
    """Subject, object and prepositional phrases of a verb, passives turned round, missing subjects looked up."""
    found: list[Argument] = []
    words = tree.words
    is_participle = words[verb].dep == "acl" and (words[verb].tag == "VBN" or bool(tree.children(verb, "agent")))
    is_participle |= words[verb].dep == "advcl" and words[verb].tag == "VBN" and bool(tree.children(verb, "agent"))
    # "X, taken private by Y, runs"
    by_whom = bool(tree.children(verb, "agent")) and not tree.children(verb, "dobj", "aux")
    passive = is_participle or by_whom or bool(tree.children(verb, "nsubjpass", "auxpass"))
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
        elif dep == "prt":  # "put in $180 million", whose particle the parser takes for a preposition as well
            found += [Argument("object", p) for p in tree.children(child, "pobj")]
        elif dep == "dative":
            relation = "for" if tree.text(child) == "for" else "to"  # "paid $24 billion for X"
            found += [Argument(relation, p) for p in tree.children(child, "pobj")] or [Argument("to", child)]
        elif dep == "agent":
            found += [Argument("subject" if passive else "by", p) for p in tree.children(child, "pobj")]
        elif dep == "advcl" and child > verb and tree.text(child) in MEASURING and not tree.children(child, "nsubj"):
            for below in tree.children(child, "prep"):  # "a loan, running for twelve months, from X"
                found += prepositions(tree, child, below) if tree.text(below) in ("from", "with", "to") else ()
        elif dep == "npadvmod" and passive:  # "owned 60% by X and 40% by Y"
            agents = [by for share in tree.conjuncts(child) for by in tree.children(share, "agent")]
            found += [Argument("subject", p) for by in agents for p in tree.children(by, "pobj")]
        elif dep == "prep" and tree.text(child) == "at" and _is_caused(tree, verb):
            found += [Argument("subject", p) for p in tree.children(child, "pobj")]  # "has its chips made at X"
        elif dep == "prep" and not _is_excluded(tree, child) and not says_to_what(tree, verb, child):
            found += prepositions(tree, verb, child)
        elif dep == "ccomp" and tree.text(child) == "available":  # "makes 5,000 GPUs available to X"
            found += [Argument("object", thing) for thing in tree.children(child, "nsubj")]
            found += [a for below in tree.children(child, "prep") for a in prepositions(tree, child, below)]
    found += _from_whom(tree, verb)
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
        for called in tree.children(target, "appos"):  # "is building Frontier, a 200 MW campus, for X"
            found += [a for a in noun_arguments(tree, called) if a.relation == "for"]
    is_of_one = tree.text(words[verb].head) == "one" and any(tree.text(c) == "to" for c in tree.children(verb, "aux"))
    if words[verb].dep == "relcl" and not has_subject and not is_of_one:  # "X signed one to supply memory"
        found.append(Argument("subject", _told_of(tree, verb), True, verb))
        has_subject = True
    if words[verb].dep == "relcl" and not any(a.relation == "object" for a in found):
        found.append(Argument(_stranded(tree, verb) or "object", words[verb].head, False))
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
    if words[verb].dep == "acl" and tree.text(verb) in OBTAINED and not any(a.relation == "subject" for a in found):
        found += [Argument("subject", s, False) for s in _subject_above(tree, verb)]
    if passive and not has_subject and not any(a.relation == "object" for a in found):  # "agrees to be bought by Y"
        found += [Argument("object", s, False) for s in _undergoing(tree, verb)]
    elif _is_caused(tree, verb):
        found += [Argument("to", s, False) for s in controllers(tree, verb)]
    elif not has_subject and not any(a.relation == "subject" for a in found):
        found += [Argument("subject", s, False) for s in controllers(tree, verb)]
    return found


def _from_whom(tree: Tree, verb: int) -> list[Argument]:
    """Whom the relative over an agreed act brings: "X, from which Y has agreed to buy 250 MW"."""
    agreed = tree.words[verb].head
    if tree.words[verb].dep != "xcomp" or tree.words[agreed].dep != "relcl":
        return []
    outer = [c for c in tree.children(agreed, "prep") if any(tree.text(p) == "which" for p in tree.children(c, "pobj"))]
    return [a for c in outer for a in prepositions(tree, agreed, c)]


def _subject_above(tree: Tree, participle: int) -> list[int]:
    """Who does what the clause around a participle tells: "X fills its halls with servers bought from Y"."""
    above = next((a for a in tree.ancestors(participle) if tree.is_verb(a)), participle)
    return tree.children(above, "nsubj")


def _stranded(tree: Tree, verb: int) -> str:
    """The preposition that a clause leaves without its noun, which stands before it: "the plant that X buys from"."""
    bare = (c for c in tree.children(verb, "prep") if not tree.children(c, "pobj", "pcomp", "prep"))
    return next((tree.text(c) for c in bare if tree.text(c) in STRANDED), "")


def _is_agreed_on(tree: Tree, verb: int) -> bool:
    """Whether a clause says what was agreed on the thing that it describes: "a campus that X is to lease"."""
    agreed = tree.words[verb].head
    is_relative = tree.words[verb].dep == "xcomp" and tree.words[agreed].dep == "relcl"
    return is_relative and tree.text(agreed) in AGREEING | {"is", "are"} and not tree.children(agreed, "dobj")


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
        if word.dep in ("advcl", "xcomp") and tree.text(head) in COMPRISING and tree.words[head].dep == "relcl":
            at = head  # "borrowed from a group that includes X to buy chips": who borrowed buys
            continue
        if tree.is_verb(head):
            controls = OBJECT_CONTROL if word.dep == "xcomp" else LED_TO if word.dep == "advcl" else ()
            if tree.text(head) in controls:
                objects = tree.children(head, "dobj")
                if objects:
                    return objects[:1]
            if (
                word.dep == "prep"
                and word.lower == "from"
                and tree.children(at, "pcomp")
                and tree.children(head, "dobj")
            ):
                return tree.children(head, "dobj")[:1]  # "blocked X from buying Y"
            subjects = tree.children(head, "nsubj", "nsubjpass")
            named = [s for s in subjects if tree.words[s].ref >= 0]  # "Optical-link designer X is close to raising"
            if subjects:
                return [t for s in [*named, *subjects][:1] for t in _antecedent(tree, head, s)]
            if tree.words[head].dep == "relcl":
                return [tree.words[head].head]
        elif tree.text(head) == "one" and tree.words[head].dep == "dobj":
            return tree.children(tree.words[head].head, "nsubj")
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


def _undergoing(tree: Tree, verb: int) -> list[int]:
    """What a passive clause without a subject is about: "agrees to be bought", "ordered 100 turbines, to be built"."""
    above = tree.words[verb].head
    told = tree.children(above, "dobj") if tree.words[verb].dep == "advcl" and verb > above else []
    return [o for o in told if o < verb] or controllers(tree, verb)


def _given_it(tree: Tree, noun: int) -> list[int]:
    """Who is given what a noun names, and then does it: "gave X a contract to make racks"."""
    verb = tree.words[noun].head
    if tree.words[noun].dep != "dobj" or tree.text(verb) not in GIVING:
        return []
    to_whom = tree.children(verb, "dative")
    return [p for c in to_whom for p in tree.children(c, "pobj")] or to_whom[:1]


def _antecedent(tree: Tree, verb: int, child: int) -> list[int]:
    if tree.text(child) in RELATIVES and tree.words[verb].dep == "relcl":
        return [_told_of(tree, verb, child)]
    above = tree.words[verb].head
    if (
        tree.text(child) in RELATIVES
        and child < above
        and tree.words[above].dep == "relcl"
        and tree.text(verb) not in BUILDING  # whose campus it is, no news of it
    ):
        return [_told_of(tree, above, child)]  # "the halls that it hopes to rent"
    return [child]


def _told_of(tree: Tree, verb: int, relative: int = -1) -> int:
    """What a relative clause is about: the name before its pronoun ("administrators of X, which"), else its head."""
    head = tree.words[verb].head
    before = relative - 2 if relative > 1 and tree.text(relative - 1) == "," else relative - 1
    if relative > 1 and before > head and tree.words[before].ref >= 0 and tree.words[before].tag.startswith("NNP"):
        holds_of = [tree.text(a) for a in tree.ancestors(before)][:1]
        return before if holds_of == ["of"] and tree.words[head].ref < 0 else head
    return _revealed(tree, head)


def _revealed(tree: Tree, noun: int) -> int:
    """Who a noun turns out to be: "the customer that ordered racks was X"; the noun itself if nobody is named."""
    being = tree.words[noun].head
    if tree.words[noun].dep != "nsubj" or tree.text(being) not in BEING:
        return noun
    return next((c for c in tree.children(being, "attr") if c > noun and tree.words[c].ref >= 0), noun)
