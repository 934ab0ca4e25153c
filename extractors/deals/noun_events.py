"""Events of nouns: a deal noun with its sides, and the light verb over it that lends its subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.deals.argument import Argument
from extractors.deals.arguments import verb_arguments
from extractors.deals.event import DEFINITE, DIRECT, Event, is_negated_at
from extractors.deals.frames import Frame, frame_named, verb_lemmas
from extractors.deals.light_verbs import (
    another_between,
    giving,
    is_permit,
    lent,
    light_verb,
    made_in_clause,
    means,
    told_whom,
)
from extractors.deals.matter import MONEY, Matter, matter_of, thing_at
from extractors.deals.noun_arguments import enabled, following, loose, noun_arguments
from extractors.deals.noun_matter import (
    is_into_place,
    is_of_something_else,
    is_put_to_holders,
    only_describes,
    sought,
)
from extractors.deals.noun_sides import (
    GOODS,
    apart,
    bind_noun,
    has_buyer,
    headless,
    invested,
    listed_before,
    makers,
    sold_by_others,
    someone_else,
    without_goods,
)
from extractors.deals.phrases import actors_of, dealing
from extractors.deals.scene import VENTURE, Hit, Scene
from extractors.deals.targets import find_target, whole_alone
from extractors.deals.tree import Tree
from extractors.records import Money
from extractors.registry.verbs import forms_of

OFFERINGS = frozenset("ipo offering sale".split())
PUSHES = frozenset("push splurge spree".split())
NOTES = frozenset("note notes".split())
TRADING = frozenset("buy acquire purchase sell".split())
LENT = frozenset("credit loan lender lenders debt revolving term banks".split())
GIVER_OF = {"equity": "investor", "debt": "lender"}
LOAN_HEADS = frozenset(
    "target package facility deal sale offering issue push raise program programme financing agreement".split()
)
BODIES = frozenset("board boards directors shareholders stockholders holders investors owners management".split())
BACKING = frozenset("back backs backed support supports supported fund funds funded".split())
OUTSIDE = frozenset("to from with by".split())
HONOURS = frozenset("achievement annual best design excellence innovation paper research top".split())
PRIZES = frozenset("award awards win wins".split())
TOUCHING = forms_of(
    "affect alter amend change damage disturb end harm hurt impact influence jeopardise jeopardize modify replace "
    "supersede supplant terminate touch undo".split()
)
CONTRACTS = frozenset("contract contracts order orders".split())
SERVICES = frozenset({"service", "services"})  # "a master services agreement"
OF_SUPPLY = frozenset("hosting service services supply offtake".split())
OF_SOMEBODY = DEFINITE | {"'s", "’s", "'", "’"}
BEING = frozenset("is are was were be been 's".split())
PROVIDING = frozenset("provision supply delivery hosting use lease leasing rental purchase sale".split())


def noun_event(tree: Tree, noun: int, frames: list[Frame], scene: Scene) -> Event | None:
    if not frames or only_describes(tree, noun, frames, scene):
        return None
    matter = _with_given(tree, noun, matter_of(tree, noun, scene, modifiers=True), scene)
    if _is_amount_of(tree, noun, scene):
        matter = replace(matter, kinds=matter.kinds | {"priced"})
    arguments = [*noun_arguments(tree, noun), *following(tree, noun), *loose(tree, noun), *_said_of(tree, noun)]
    kinds = set(matter.kinds)
    if any(
        h.how in DIRECT
        for a in arguments
        if a.relation in ("of", "compound", "in", "poss")
        for h in actors_of(tree, a.word, scene, before=a.before)
    ):
        kinds.add("company")
    for argument in arguments:
        if argument.relation == "of":
            kinds |= matter_of(tree, argument.word, scene).kinds
    takers = enabled(tree, noun)
    if takers:  # "With an investment from X, Y can build"
        kinds.add("company")
    if tree.text(noun).startswith("proposal"):  # "the Spaceport proposal": what is proposed, nobody bid for
        kinds -= {"company"}
    kinds |= sought(tree, noun, frames, arguments, scene)
    frame = _frame_of(tree, noun, frames, kinds, arguments, bool(matter.votes), scene)
    if frame is None:
        return None
    if frame.type == "joint_venture" and tree.words[noun].dep == "nsubj" and VENTURE.key in scene.actors:
        return None  # "the venture is in talks with X": the one told of before acts
    inside = tree.words[noun].dep in ("compound", "nmod")
    if inside and (frame.type != "debt" or tree.text(tree.words[noun].head) not in LOAN_HEADS):
        return None
    governor, light = light_verb(tree, tree.words[noun].head if inside else noun, frame.type)
    if light is None and not inside:
        governor, light = means(tree, noun, beside_frame=frame.type == "joint_venture")
    if light is None and tree.text(noun) in NOTES and not MONEY & kinds:
        return None  # "notes from X's call"
    if inside:
        arguments = [*arguments, *noun_arguments(tree, tree.words[noun].head)]
    if frame.frame_id == "n_shareholder" and (
        light is None or light.contract_side or tree.text(tree.words[noun].head) in BEING
    ):
        return None  # who "is" a shareholder has been one
    bindings = list(bind_noun(tree, frame, arguments, scene))
    if frame.frame_id == "n_deal":
        given = (to for verb in giving(tree, noun) for to in tree.children(verb, "dative"))
        bindings += [(h, "customer", True) for i in given for h in actors_of(tree, i, scene)]
    if frame.type == "joint_venture":
        bindings += listed_before(tree, noun, scene)
    if governor is not None and light is not None:
        bindings = _with_verb(tree, noun, frame, (governor, light), arguments, bindings, scene)
    maker, making = made_in_clause(tree, noun, frame.type)
    if maker is not None and making is not None:
        filled = {role for _, role, _ in bindings}
        made = _with_verb(tree, noun, frame, (maker, making), arguments, bindings, scene)
        # "X widened the contract that it signed with Y": "it" is X
        bindings = [b for b in made if b in bindings or b[0].how != "anaphor" or b[1] not in filled]
        light = light or making
    undone = governor if maker is None else maker  # "the contract that X signed with Y is not included"
    if {role for _, role, near in bindings if near} in ({"other"}, {"lender"}, {"investor"}):
        bindings += [b for b in bind_noun(tree, frame, takers, scene) if b[0].how == "head"]
    made_by: list[Hit] = []
    if frame.frame_id == "n_deal" and not any(role == "other" for _, role, _ in bindings):
        around = [*arguments, *(verb_arguments(tree, governor) if governor is not None else ())]
        made_by = list(makers(tree, around, bindings, scene))
    bindings += [(h, "supplier", False) for h in made_by]
    event = Event(
        trigger=noun,
        pos="noun",
        type=frame.type,
        frames=[frame.frame_id],
        bindings=bindings,
        sources=frozenset(h.actor.key for h in made_by),
        votes={
            **dict(matter.votes),
            **({"compute": 1.5} if not matter.votes and _is_service(tree, noun) else {}),
            **({frame.type: 2.0 + dict(matter.votes).get(frame.type, 0)} if frame.type else {}),
        },
        kinds=matter.kinds | ({"contract"} if _is_contract(tree, noun) else set()),
        status=frame.status,
        contract_side=light.contract_side if light is not None else "",
        is_definite=any(tree.text(c) in DEFINITE for c in tree.children(noun, "det", "poss")),
        is_negated=is_negated_at(tree, noun) or (undone is not None and _undoes(tree, noun, undone)),
        words={noun},
    )
    event.target = find_target(tree, frame, arguments, scene, bindings)
    bindings = whole_alone(event.target, bindings)
    if (
        event.target is not None and frame.frame_id == "n_sale"
    ):  # "the sale of its computing unit": whose it is sells it
        bindings = [(h, "seller" if r == "target" and h.how == "its" else r, near) for h, r, near in bindings]
    bindings = sold_by_others(event.target, bindings)
    bindings = invested(frame, bindings, arguments, tree, scene)
    if _is_with_unnamed(tree, noun, frame, bindings, scene):
        return None
    event.bindings = bindings = without_goods(apart(bindings, arguments, tree, scene))
    if not any(role in ("side", frame.roles.get("subject")) for _, role, _ in bindings) and "subject" in frame.roles:
        event.bindings = bindings + headless(tree, noun, frame, scene)
    return event


def _is_amount_of(tree: Tree, noun: int, scene: Scene) -> bool:
    """Whether a sum of money is in or of what the noun names: "a sale of $1.15 billion in convertible notes"."""
    word = tree.words[noun]
    if word.dep != "pobj" or tree.text(word.head) not in ("of", "in"):
        return False
    ref = tree.words[tree.words[word.head].head].ref
    return ref >= 0 and isinstance(scene.parts[ref], Money)


def _is_in_round(tree: Tree, noun: int, governor: int) -> bool:
    """Whether the verb says who is in it: "also in the round are X and Y", "X was among the investors in the round"."""
    word = tree.words[noun]
    return word.dep == "pobj" and tree.text(word.head) == "in" and tree.text(governor) in BEING


def _only_permits(tree: Tree, frame: Frame, subject: int) -> bool:
    """Whether who approves a site or an arrangement is an authority, not the holders of one of its parties."""
    return frame.type == "build" or (frame.frame_id == "n_deal" and tree.text(subject) not in BODIES)


def _is_contract(tree: Tree, noun: int) -> bool:
    """Whether something is supplied under it: a contract, an order, a services agreement; no round, no loan."""
    described = {tree.text(c) for c in tree.children(noun, "compound", "nmod", "amod")}
    return tree.text(noun) in CONTRACTS or bool(described & OF_SUPPLY)


def _is_of_goods(tree: Tree, noun: int) -> bool:
    """Whether chips or power are bought rather than a company: "a chip purchase"."""
    before = (thing_at(tree, c) for c in tree.children(noun, "compound", "nmod") if c == noun - 1)
    return any(thing is not None and thing.kind in GOODS for thing in before)


def _is_service(tree: Tree, noun: int) -> bool:
    """Whether it is called one of services: "a master services agreement"."""
    return not SERVICES.isdisjoint(tree.text(c) for c in tree.children(noun, "compound"))


def _undoes(tree: Tree, noun: int, governor: int) -> bool:
    """Whether a "not" over the verb says that there is no such deal: "did not sign", not "does not alter it"."""
    touched = tree.text(governor) in TOUCHING and any(tree.text(c) in OF_SOMEBODY for c in _owners(tree, noun))
    return is_negated_at(tree, governor) and not touched


def _is_with_unnamed(tree: Tree, noun: int, frame: Frame, bindings: list[tuple[Hit, str, bool]], scene: Scene) -> bool:
    """Whether several talk with somebody that is no company: "they have held talks with three landowners"."""
    whom = tree.objects_of(noun, "with")
    several = len({h.actor.key for h, role, _ in bindings if role == "side"}) > 1
    return frame.frame_id == "n_talks" and several and bool(whom) and not any(actors_of(tree, p, scene) for p in whom)


def _owners(tree: Tree, noun: int) -> list[int]:
    """The determiner of a noun, or the "'s" of whoever it is of."""
    owners = tree.children(noun, "poss")
    return [*tree.children(noun, "det", "poss"), *(c for o in owners for c in tree.children(o, "case"))]


def _with_given(tree: Tree, noun: int, matter: Matter, scene: Scene) -> Matter:
    """What a deal is about, with what it is said to give: "a deal with X that gives Y 45 MW of power"."""
    votes = dict(matter.votes)
    kinds = matter.kinds
    for given in (o for verb in giving(tree, noun) for o in tree.children(verb, "dobj")):
        more = matter_of(tree, given, scene)
        kinds |= more.kinds
        votes |= {vote: votes.get(vote, 0.0) + weight for vote, weight in more.votes}
    for measured in _given_for(tree, noun, scene) if not votes else ():
        more = matter_of(tree, measured, scene)
        if {"mw", "gpus"} & more.kinds:
            kinds |= more.kinds
            votes |= {vote: votes.get(vote, 0.0) + 0.5 * weight for vote, weight in more.votes}
    return Matter(kinds, tuple(sorted(votes.items())))


def _given_for(tree: Tree, noun: int, scene: Scene) -> Iterator[int]:
    """What contracts are for that the parser hung elsewhere: "agreements with a customer for the supply of 60 MW"."""
    above = tree.words[noun].head
    over = [above] if tree.words[noun].dep == "dobj" and tree.is_verb(above) else []
    whom = [p for at in (noun, *over) for p in tree.objects_of(at, "with")]
    holders = [*(p for p in whom if scene.actor_at(tree.words[p].ref) is None), *over]
    for given in (p for h in holders for p in tree.objects_of(h, "for")):
        yield from tree.objects_of(given, "of") if tree.text(given) in PROVIDING else [given]


def _said_of(tree: Tree, noun: int) -> list[Argument]:
    """With or for whom a deal is said to be: "the deal was with X"."""
    word = tree.words[noun]
    if word.dep != "nsubj" or tree.text(word.head) not in BEING:
        return []
    return [a for a in verb_arguments(tree, word.head) if a.relation in ("with", "between")]


def _frame_of(
    tree: Tree,
    noun: int,
    frames: list[Frame],
    kinds: set[str],
    arguments: list[Argument],
    has_votes: bool,
    scene: Scene,
) -> Frame | None:
    """The first frame that fits what the noun is of; None where the noun tells of something else than a deal."""
    frame = next((f for f in frames if not f.things or f.things & kinds), None)
    if frame is None or (frame.type in ("build", "acquisition") and "loan" in kinds):
        return None
    honours = HONOURS & {tree.text(c) for c in tree.children(noun, "amod", "compound", "nmod")}
    if tree.text(noun) in PRIZES and (honours or not has_votes):
        return None  # "wins best paper award"
    if frame.frame_id == "n_investment" and is_into_place(tree, arguments, kinds, scene):
        frame = next(f for f in frames if f.frame_id == "n_investment_build")
    if frame.frame_id == "n_acquisition" and _is_of_goods(tree, noun):
        return None  # "financing for X's chip purchase"
    if frame.frame_id == "n_round" and tree.text(noun) in OFFERINGS and not MONEY & kinds:
        return None  # "ahead of its IPO"
    if frame.frame_id == "n_investment_build" and tree.text(noun) in PUSHES and not MONEY & kinds:
        return None  # "its push into data centers"
    if frame.frame_id == "n_round" and is_of_something_else(tree, noun, scene):
        return None
    if frame.frame_id == "n_round" and "loan" in kinds and not kinds & {"stake"}:
        return frame_named("n_loan")  # "the placement of $325 million of notes"
    if frame.frame_id == "n_site" and tree.text(noun) == "facility" and LENT & {w.lower for w in tree.words}:
        return None
    if frame.frame_id == "n_site" and _is_traded(tree, noun):
        return None
    if frame.frame_id == "n_deal" and is_put_to_holders(tree, noun, scene):
        frame = frame_named("n_acquisition")
    if frame.frame_id in ("n_sale", "n_stake_sale") and tree.words[noun].tag == "NNS":
        return None  # "sales" are revenue
    return frame


def _is_traded(tree: Tree, noun: int) -> bool:
    """Whether a site changes hands as it stands: "is buying the X plant and the Y station"."""
    while tree.words[noun].dep == "conj":
        noun = tree.words[noun].head
    word = tree.words[noun]
    return word.dep == "dobj" and verb_lemmas().get(tree.text(word.head), "") in TRADING


def _with_verb(
    tree: Tree,
    noun: int,
    frame: Frame,
    verb: tuple[int, Frame],
    arguments: list[Argument],
    bindings: list[tuple[Hit, str, bool]],
    scene: Scene,
) -> list[tuple[Hit, str, bool]]:
    """The bindings of the noun with those that the light verb over it lends: who signs, wins, backs or spurns it."""
    governor, light = verb
    bindings = list(bindings)
    of_verb = [
        a
        for a in (*verb_arguments(tree, governor), *told_whom(tree, governor))
        if a.word != noun
        and not (a.relation in OUTSIDE and another_between(tree, noun, a.word))
        and not (a.relation == "subject" and is_permit(tree, governor) and _only_permits(tree, frame, a.word))
    ]
    is_own = any(tree.words[c].tag == "PRP$" for c in tree.children(noun, "poss"))  # "has increased its facility"
    for argument in of_verb:
        is_it = tree.text(argument.word) in ("it", "this", "that") and tree.text(governor) in ("is", "was")
        if is_it and tree.words[noun].head == governor:
            continue  # "It is the second such agreement": the deal
        role = lent(light, frame, argument, direct=tree.words[noun].head == governor)
        if role == "acquirer" and frame.frame_id == "n_acquisition" and has_buyer(arguments, tree, scene):
            role = "target"  # "X agreed to a takeover by Y"
        if role == "giver" or (argument.relation == "subject" and _is_in_round(tree, noun, governor)):
            role = GIVER_OF.get(frame.type, "side")
        if not role:
            continue
        for hit in dealing(tree, argument.word, scene, before=argument.before):
            its = next((b for b in bindings if b[0].actor.key == hit.actor.key and b[0].how == "its"), None)
            if its is not None and argument.relation == "subject":
                if not light.contract_side:  # "it has cut its order": whose it is
                    continue
                bindings.remove(its)  # "it has bagged its largest order": its own, as the verb tells
            elif hit.start_char not in scene.by_mention and any(h.actor.key == hit.actor.key for h, _, _ in bindings):
                if any(h.start_char == hit.start_char for h, _, _ in bindings):  # "a stake in the miner", said once
                    continue
                if hit.how not in DIRECT or (is_own and argument.relation == "subject"):
                    continue
                hit = someone_else(hit, bindings, scene)
            if role == "borrower" and hit.how == "compound" and GOODS & matter_of(tree, argument.word, scene).kinds:
                continue
            spoken = role == "target" and tree.text(argument.word) in BODIES
            if role == "acquirer" and tree.text(governor) in BACKING and tree.text(argument.word) in BODIES:
                role = "target"  # "X's board backs the takeover"
            if spoken:  # "X's holders reject Y takeover": the name before the noun is who bids
                bindings = [(h, "acquirer" if r == "target" else r, near) for h, r, near in bindings]
            if hit.how in DIRECT or spoken or argument.relation not in ("subject", "object"):
                bindings.append((hit, role, argument.is_near))
    return bindings
