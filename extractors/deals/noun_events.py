"""Events of nouns: a deal noun with its sides, and the light verb over it that lends its subject."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.deals.arguments import Argument, following, loose, noun_arguments, verb_arguments
from extractors.deals.event import DEFINITE, DIRECT, Event, is_negated_at
from extractors.deals.frames import Frame, frames_by_form
from extractors.deals.matter import matter_of
from extractors.deals.phrases import actors_of, dealing
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.deals.verb_events import find_target
from extractors.records import Money
from extractors.registry.verbs import forms_of

LENT = frozenset("credit loan lender lenders debt revolving term banks".split())
TAXED = frozenset("tax incentive abatement rebate settlement plea trade wage labor labour union peace".split())
GIVER_OF = {"equity": "investor", "debt": "lender"}


BESIDE = frozenset("as after amid despite following before since".split())


LOAN_HEADS = frozenset(
    "target package facility deal sale offering issue push raise program programme financing agreement".split()
)


BODIES = frozenset("board boards directors shareholders stockholders holders investors owners management".split())


BORROWING = forms_of("draw repay tap syndicate underwrite arrange refinance".split()) | frozenset(
    "undrawn drawdown revolving syndicated".split()
)


LENDS_NOTHING = forms_of(  # what may be done to a deal by those who are no party to it
    "guarantee backstop say tell describe estimate forecast predict value call know think compare breach sue "
    "criticise question "
    "exclude precede follow mention cite note discuss oversee regulate examine probe study investigate "
    "permit advise manage mean show make break need require await face welcome applaud attack oppose "
    "challenge dispute fault assess rate price average exceed total represent bring attract drive boost "
    "spur help hurt lift depress fear doubt expect".split()
)


OBTAINING = forms_of(
    "secure obtain get close sign arrange raise land bag clinch win receive upsize extend agree".split()
)


RIVAL = frozenset("rival competing counter earlier takeover hostile unsolicited rejected cash all-share".split())


GOING = forms_of(("go", "come", "deal", "agree", "proceed"))


GOODS = frozenset({"chips", "gpus", "compute", "power"})


BACKING = frozenset("back backs backed support supports supported fund funds funded".split())


OUTSIDE = frozenset("to from with by".split())
HONOURS = frozenset("achievement annual best design excellence innovation paper research top".split())
PRIZES = frozenset("award awards win wins".split())


BEING = frozenset("is are was were be been 's".split())


TALKS = frozenset("talks talk discussions negotiations discussion negotiation".split())


def noun_event(tree: Tree, noun: int, frames: list[Frame], scene: Scene) -> Event | None:
    if not frames or _only_describes(tree, noun, frames, scene):
        return None
    matter = matter_of(tree, noun, scene, modifiers=True)
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
    if tree.text(noun).startswith("proposal"):  # "the Spaceport proposal": what is proposed, nobody bid for
        kinds -= {"company"}
    kinds |= _sought(tree, noun, frames, arguments, scene)
    frame = next((f for f in frames if not f.things or f.things & kinds), None)
    if frame is None or (frame.type in ("build", "acquisition") and "loan" in kinds):
        return None
    honours = HONOURS & {tree.text(c) for c in tree.children(noun, "amod", "compound", "nmod")}
    if tree.text(noun) in PRIZES and (honours or not matter.votes):
        return None  # "wins best paper award"
    if frame.frame_id == "n_investment" and _is_into_place(tree, arguments, kinds, scene):
        frame = next(f for f in frames if f.frame_id == "n_investment_build")
    if frame.frame_id == "n_round" and _is_of_something_else(tree, noun, scene):
        return None
    if frame.frame_id == "n_site" and tree.text(noun) == "facility" and LENT & {w.lower for w in tree.words}:
        return None
    if frame.frame_id in ("n_sale", "n_stake_sale") and tree.words[noun].tag == "NNS":
        return None  # "sales" are revenue
    inside = tree.words[noun].dep in ("compound", "nmod")
    if inside and (frame.type != "debt" or tree.text(tree.words[noun].head) not in LOAN_HEADS):
        return None
    governor, light = _light_verb(tree, tree.words[noun].head if inside else noun, frame.type)
    if light is None and not inside:
        governor, light = _means(tree, noun)
    if inside:
        arguments = [*arguments, *noun_arguments(tree, tree.words[noun].head)]
    if frame.frame_id == "n_shareholder" and (light is None or light.contract_side):
        return None
    bindings = list(_bind_noun(tree, frame, arguments, scene))
    if governor is not None and light is not None:
        of_verb = [
            a
            for a in verb_arguments(tree, governor)
            if a.word != noun
            and not (a.relation in OUTSIDE and _another_between(tree, noun, a.word))
            and not (a.relation == "subject" and frame.type == "build" and _is_permit(tree, governor))
        ]
        for argument in of_verb:
            if tree.text(argument.word) in ("it", "this", "that") and tree.text(governor) in ("is", "was"):
                continue  # "It is the second such agreement": the deal
            role = _lent(light, frame, argument, direct=tree.words[noun].head == governor)
            if role == "acquirer" and frame.frame_id == "n_acquisition" and _has_buyer(arguments, tree, scene):
                role = "target"  # "X agreed to a takeover by Y"
            if role == "giver":
                role = GIVER_OF.get(frame.type, "side")
            if not role:
                continue
            for hit in dealing(tree, argument.word, scene, before=argument.before):
                its = next((b for b in bindings if b[0].actor.key == hit.actor.key and b[0].how == "its"), None)
                if its is not None and argument.relation == "subject":
                    if not light.contract_side:  # "it has cut its order": whose it is
                        continue
                    bindings.remove(its)  # "it has bagged its largest order": its own, as the verb tells
                elif hit.start_char not in scene.by_mention and any(
                    h.actor.key == hit.actor.key for h, _, _ in bindings
                ):
                    if hit.how not in DIRECT:
                        continue
                    hit = _someone_else(hit, bindings, scene)
                if role == "borrower" and hit.how == "compound" and GOODS & matter_of(tree, argument.word, scene).kinds:
                    continue
                spoken = role == "target" and tree.text(argument.word) in BODIES
                if role == "acquirer" and tree.text(governor) in BACKING and tree.text(argument.word) in BODIES:
                    role = "target"  # "X's board backs the takeover"
                if spoken:  # "X's holders reject Y takeover": the name before the noun is who bids
                    bindings = [(h, "acquirer" if r == "target" else r, near) for h, r, near in bindings]
                if hit.how in DIRECT or spoken or argument.relation not in ("subject", "object"):
                    bindings.append((hit, role, argument.is_near))
    event = Event(
        trigger=noun,
        pos="noun",
        type=frame.type,
        frames=[frame.frame_id],
        bindings=bindings,
        votes={
            **dict(matter.votes),
            **({frame.type: 2.0 + dict(matter.votes).get(frame.type, 0)} if frame.type else {}),
        },
        kinds=matter.kinds,
        status=frame.status,
        contract_side=light.contract_side if light is not None else "",
        is_definite=any(tree.text(c) in DEFINITE for c in tree.children(noun, "det", "poss")),
        is_negated=is_negated_at(tree, noun) or (governor is not None and is_negated_at(tree, governor)),
        words={noun},
    )
    event.target = find_target(tree, frame, arguments, scene, bindings)
    if (
        event.target is not None and frame.frame_id == "n_sale"
    ):  # "the sale of its computing unit": whose it is sells it
        bindings = [(h, "seller" if r == "target" and h.how == "its" else r, near) for h, r, near in bindings]
    bindings = _invested(frame, bindings, arguments, tree, scene)
    event.bindings = bindings = _without_goods(_apart(bindings, arguments, tree, scene))
    if not any(role in ("side", frame.roles.get("subject")) for _, role, _ in bindings) and "subject" in frame.roles:
        event.bindings = bindings + _headless(tree, noun, frame, scene)
    return event


def _another_between(tree: Tree, noun: int, stop: int) -> bool:
    """Whether a second deal is told before ``stop``: "announces lease with X and sale of Y to Z"."""
    table = frames_by_form()
    return any(
        tree.text(k - 1) in ("and", "&") and any(f.pos == "noun" for f in table.get(tree.text(k), ()))
        for k in range(noun + 2, stop)
    )


def _is_permit(tree: Tree, governor: int) -> bool:
    """Whether a verb permits or stops a site, which who does so does not build."""
    return any(f.frame_id == "approve_site" for f in frames_by_form().get(tree.text(governor), ()))


def _means(tree: Tree, noun: int) -> tuple[int | None, Frame | None]:
    """The verb of what a deal is done for, as if it signed the deal: "boosts its footprint with a $3 billion lease"."""
    word = tree.words[noun]
    if word.dep != "pobj" or tree.text(word.head) not in ("with", "via", "through"):
        return None, None
    head = tree.words[word.head].head
    if not tree.is_verb(head):  # "expand footprint with land acquisition" hangs on the noun
        head = tree.words[head].head if tree.words[head].dep == "dobj" else head
    table = frames_by_form()
    if tree.children(head, "prt", "neg") or tree.text(head) in GOING:  # "need not go through with its purchase"
        return None, None
    if not tree.is_verb(head) or any(f.pos == "verb" for f in table.get(tree.text(head), ())):
        return None, None
    return head, next(f for f in table["sign"] if f.pos == "light")


def _is_of_something_else(tree: Tree, noun: int, scene: Scene) -> bool:
    """Whether a round is none of money: "a round of layoffs"."""
    ofs = (p for c in tree.children(noun, "prep") if tree.text(c) == "of" for p in tree.children(c, "pobj"))
    return tree.text(noun).startswith("round") and any(
        tree.words[p].ref < 0 and tree.words[p].tag == "NNS" and not matter_of(tree, p, scene).kinds for p in ofs
    )


def _is_into_place(tree: Tree, arguments: list[Argument], kinds: set[str], scene: Scene) -> bool:
    """Whether money goes to a place, and to no company: "X's $10bn Ohio investment pledge"."""
    if not kinds & {"place", "site"}:
        return False
    into = (a for a in arguments if a.relation in ("in", "into", "of", "compound"))
    return not any(h.how in DIRECT for a in into for h in actors_of(tree, a.word, scene, before=a.before))


def _said_of(tree: Tree, noun: int) -> list[Argument]:
    """With or for whom a deal is said to be: "the deal was with X"."""
    word = tree.words[noun]
    if word.dep != "nsubj" or tree.text(word.head) not in BEING:
        return []
    return [a for a in verb_arguments(tree, word.head) if a.relation in ("with", "between")]


def _only_describes(tree: Tree, noun: int, frames: list[Frame], scene: Scene) -> bool:
    """ "Pelham, a joint venture of Wexley and Orrin": what a company is, is told in passing."""
    word = tree.words[noun]
    return (
        word.dep == "appos"
        and scene.company_at(tree.words[word.head].ref)
        and any(frame.type == "joint_venture" for frame in frames)
        and any(tree.text(child) in ("a", "an") for child in tree.children(noun, "det"))
    )


def _sought(tree: Tree, noun: int, frames: list[Frame], arguments: list[Argument], scene: Scene) -> set[str]:
    """What a bid is for and a takeover is by: "a bid for X", "spurns an offer from Y", "the takeover by Z"."""
    ids = {f.frame_id for f in frames}
    approach = {"to"} if tree.text(noun).startswith("approach") else set()
    relations = {"for", "with", *approach} if "n_bid" in ids else {"by"} if "n_acquisition" in ids else set()
    governor, light = _light_verb(tree, noun, "acquisition") if "n_bid" in ids else (None, None)
    if light is not None and light.frame_id == "light_refuse" and governor == tree.words[noun].head:
        return {"refused"}
    if "n_sale" in ids and _is_sold(tree, noun):
        relations = {"to"}
    if "n_deal_for" in ids and _is_for_company(tree, noun, arguments, scene):
        return {"sought"}
    if "n_loan_facility" in ids and _is_lent(tree, noun, arguments, scene):
        return {"lent"}
    if "n_bid" in ids and RIVAL & {tree.text(c) for c in tree.children(noun, "amod", "compound")}:
        relations = {*relations, "by", "from", "poss"}
    named = any(
        h.how in DIRECT
        for a in arguments
        if a.relation in relations
        for h in actors_of(tree, a.word, scene, before=a.before)
    )
    return {"company"} if named else set()


def _is_sold(tree: Tree, noun: int) -> bool:
    """Whether nothing but a price stands before "sale", and somebody agrees it: "agrees $4bn sale to X"."""
    goods = [c for c in tree.children(noun, "compound", "nmod") if tree.words[c].tag.startswith("NN")]
    _, light = _light_verb(tree, noun, "acquisition")
    return light is not None and not goods


def _is_for_company(tree: Tree, noun: int, arguments: list[Argument], scene: Scene) -> bool:
    """Whether a deal is to get a company: "near a deal for X", not "wins a deal for X's site" nor "a deal with Y"."""
    if TAXED & {tree.text(c) for c in tree.children(noun, "compound", "amod", "nmod")}:
        return False
    governor, light = _light_verb(tree, noun, "acquisition")
    of_verb = verb_arguments(tree, governor) if governor is not None else []
    named = {
        argument.relation
        for argument in [*arguments, *of_verb]
        if argument.relation in ("for", "with", "from", "compound", "between")
        and any(h.how in DIRECT for h in actors_of(tree, argument.word, scene, before=argument.before))
    }
    return light is not None and not light.contract_side and named == {"for"}


def _is_lent(tree: Tree, noun: int, arguments: list[Argument], scene: Scene) -> bool:
    """Whether a facility is money: drawn, repaid, syndicated, or got from a lender."""
    over = {tree.text(a) for a in [*list(tree.ancestors(noun))[:2], *tree.children(noun, "acl", "amod")]}
    placed = any(tree.text(c) in ("in", "at", "near", "outside") for c in tree.children(noun, "prep"))
    sums = [c for c in tree.children(noun, "nummod", "compound", "amod", "nmod") if tree.words[c].ref >= 0]
    if (
        not placed
        and not OBTAINING.isdisjoint(over)
        and any(isinstance(scene.parts[tree.words[c].ref], Money) for c in sums)
    ):
        return True
    givers = [a for a in arguments if a.relation in ("from", "with", "by")]
    lenders = any("lender" in h.actor.kinds for a in givers for h in actors_of(tree, a.word, scene))
    return lenders or not BORROWING.isdisjoint(over)


def _lent(light: Frame, frame: Frame, argument: Argument, *, direct: bool) -> str:
    """The role that a light verb's phrase plays: its own for the deals that it is of, else the noun's."""
    own = light.roles.get(argument.relation, "")
    if light.type and (light.type != frame.type or not direct):
        own = ""
    return own or frame.roles.get(argument.relation, "")


def _someone_else(hit: Hit, bindings: list[tuple[Hit, str, bool]], scene: Scene) -> Hit:
    """Whom an anaphor means where its first reading is already a party: "the corporation had a deal with Oracle"."""
    bound = {h.actor.key for h, _, _ in bindings}
    other = next((k for k in scene.recent if k not in bound), None)
    return hit if other is None else Hit(scene.actors[other], hit.start_char, hit.end_char, hit.how)


def _apart(
    bindings: list[tuple[Hit, str, bool]], arguments: list[Argument], tree: Tree, scene: Scene
) -> list[tuple[Hit, str, bool]]:
    """ "Velmora trims Norvane contract": a name before the noun is the other side of whoever else is named."""
    before = {h.actor.key for a in arguments if a.relation == "compound" for h in actors_of(tree, a.word, scene)}
    if not {h.actor.key for h, role, _ in bindings if role == "side"} - before:
        return bindings
    return [(h, "other" if role == "side" and h.actor.key in before else role, near) for h, role, near in bindings]


def _without_goods(bindings: list[tuple[Hit, str, bool]]) -> list[tuple[Hit, str, bool]]:
    """ "Velmora's TPU deal with Norvane": a product says what is dealt in, where the other side is named."""
    sides = {role: {h.actor.key for h, r, _ in bindings if r == role and h.how in DIRECT} for role in ("side", "other")}
    if not sides["side"] or not sides["other"]:
        return bindings
    named = sides["side"] | sides["other"]
    return [b for b in bindings if b[0].how != "product" or b[1] != "other" or b[0].actor.key in named]


def _invested(
    frame: Frame, bindings: list[tuple[Hit, str, bool]], arguments: list[Argument], tree: Tree, scene: Scene
) -> list[tuple[Hit, str, bool]]:
    """ "Thorngate pulls out of $400m Quillon investment": the name before the noun receives it."""
    before = {h.actor.key for a in arguments if a.relation == "compound" for h in actors_of(tree, a.word, scene)}
    others = {h.actor.key for h, role, _ in bindings if role == "investor"} - before
    if frame.frame_id != "n_investment" or not others:
        return bindings
    return [(h, "investee" if h.actor.key in before else role, near) for h, role, near in bindings]


def _headless(tree: Tree, noun: int, frame: Frame, scene: Scene) -> list[tuple[Hit, str, bool]]:
    """A headline without a verb ("Microsoft $1 billion data center expansion"): its head is the subject."""
    for above in tree.ancestors(noun):
        actor = scene.actor_at(tree.words[above].ref)
        if (
            actor is not None
            and tree.words[above].head == above
            and tree.words[noun].dep in ("dobj", "appos", "npadvmod", "dep", "pobj")
        ):
            part = scene.parts[tree.words[above].ref]
            return [(Hit(actor, part.start_char, part.end_char, "head"), frame.roles["subject"], False)]
    return []


def _bind_noun(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> Iterator[tuple[Hit, str, bool]]:
    has_buyer = _has_buyer(arguments, tree, scene)
    to_whom = any(a.relation == "to" and actors_of(tree, a.word, scene) for a in arguments)
    for argument in arguments:
        role = frame.roles.get(argument.relation, "")
        if not role:
            continue
        whom = dealing if argument.relation in ("with", "between") else actors_of
        for hit in whom(tree, argument.word, scene, before=argument.before):
            if frame.frame_id == "n_acquisition" and argument.relation == "poss" and has_buyer:
                role = "target"  # "X's acquisition by Y"
            if frame.frame_id == "n_loan" and argument.relation == "poss" and to_whom:
                role = "lender"  # "X's loan to Y"
            is_part = frame.type == "acquisition" and role == "target" and hit.how in ("poss", "compound")
            if is_part and _is_business(tree, argument.word, scene):
                yield hit, "seller", True
                continue
            if hit.how == "product" and role not in ("supplier", "other") and argument.relation != "compound":
                continue
            if role == "developer" and argument.relation == "with" and hit.how not in DIRECT:
                continue  # "an AI hub with X's GPUs"
            if role == "borrower" and hit.how == "compound" and GOODS & matter_of(tree, argument.word, scene).kinds:
                continue  # "debt deal for Nvidia chips"
            if (
                argument.relation == "compound"
                and not scene.company_at(tree.words[argument.word].ref)
                and hit.how == "head"
            ):
                continue
            if hit.how in DIRECT or hit.how == "product" or argument.relation not in ("poss", "compound"):
                yield hit, role, hit.how in DIRECT and argument.relation != "compound"


def _has_buyer(arguments: list[Argument], tree: Tree, scene: Scene) -> bool:
    return any(a.relation == "by" and actors_of(tree, a.word, scene) for a in arguments)


def _is_business(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether the phrase is a part of a company: "ABB's robotics division"."""
    return scene.actor_at(tree.words[i].ref) is None and "business" in matter_of(tree, i, scene, deep=False).kinds


def _light_verb(tree: Tree, noun: int, deal_type: str) -> tuple[int | None, Frame | None]:
    """The verb that makes or breaks what the noun names, and its light frame for deals of that type."""
    at = noun
    talks = tree.text(noun) in TALKS
    for _ in range(4):
        word = tree.words[at]
        head = word.head
        if head == at:
            return None, None
        if word.dep == "prep" and word.lower in BESIDE:
            return None, None
        if tree.is_verb(head) and word.dep in (
            "dobj",
            "nsubjpass",
            "prep",
            "attr",
            "dative",
            "oprd",
            "agent",
            "npadvmod",
        ):
            table = frames_by_form()
            forms = [
                tree.text(head),
                *(f"{tree.text(head)} {tree.text(c)}" for c in tree.children(head, "prt", "advmod")),
            ]
            light = next(
                (f for form in forms for f in table.get(form, ()) if f.pos == "light" and f.type in ("", deal_type)),
                None,
            )
            lends = word.dep in ("dobj", "nsubjpass") and at == noun and tree.text(head) not in LENDS_NOTHING
            if light is None and (talks or lends):  # "draws a loan", "bags a lease": a verb like any light one
                light = next(f for f in table["discuss"] if f.pos == "light")
            return (head, light) if light else (None, None)
        if word.dep not in ("pobj", "conj", "prep", "dobj", "compound", "appos") or (
            word.dep == "prep"
            and tree.text(at) not in ("of", "in", "into", "on", "over", "for", "about", "with", "through")
        ):
            return None, None
        at = head
    return None, None
