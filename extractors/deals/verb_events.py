"""Events of verbs: the frame whose theme fits best, and its roles read off the arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.deals.argument import Argument
from extractors.deals.arguments import verb_arguments
from extractors.deals.event import DIRECT, Event, is_negated_at
from extractors.deals.frames import Frame, frame_named, frames_by_form
from extractors.deals.light_verbs import giving
from extractors.deals.matter import WHOLE, Matter, matter_of, thing_at
from extractors.deals.phrases import ORGANISED, actors_of, dealing
from extractors.deals.scene import Hit, Scene
from extractors.deals.standing import standing_of
from extractors.deals.targets import UNITS, find_target, whole_alone
from extractors.deals.tree import Tree
from extractors.deals.verb_fit import PLANTS, WHENCE, Telling, fit, is_fitting
from extractors.registry.verbs import forms_of

WORKS = PLANTS | frozenset("plant station farm park dam reactor reactors turbines unit units".split())
ORDERING = forms_of(("order", "procure", "preorder"))
OF_OTHERS = frozenset({"join_project", "resell"})
GIVERS = frozenset({"supplier"})
RENTED = frozenset({"rent_space", "rent_chips"})
LETTING = frozenset({"let", "lets", "letting"})
HOLDERS = frozenset("owners owner shareholders stockholders holders founders investors backers".split())


def verb_event(tree: Tree, verb: int, frames: list[Frame], scene: Scene) -> Event | None:
    if not frames or tree.words[verb].dep in ("aux", "auxpass", "amod", "compound"):
        return None
    told = thing_at(tree, tree.words[verb].head)
    if told is not None and told.kind == "deal" and verb in giving(tree, tree.words[verb].head):
        return None  # "a deal that gives Y 45 MW": the noun tells it
    heard = verb_arguments(tree, verb)
    tellings = [_telling(tree, verb, frame, heard, scene) for frame in frames]
    ranked = [(fit(told) - order * 0.01, told) for order, told in enumerate(tellings) if is_fitting(told)]
    if not ranked:
        return None
    _, best = max(ranked, key=lambda r: r[0])
    frame, matter = best.frame, best.matter
    if frame.frame_id == "supply_with_money" and _pays_with_loan(tree, heard, scene):
        frame = frame_named("win_debt")
    if frame.frame_id == "partner" and any(a.relation == "on" and _is_site(tree, a.word, scene) for a in heard):
        frame = frame_named("build")  # "join up on a 2 GW campus"
    arguments = _with_particles(tree, verb, frame, heard)
    bindings = list(_bind(tree, verb, frame, arguments, scene))
    event = Event(
        trigger=verb,
        pos="verb",
        type=frame.type,
        frames=[frame.frame_id],
        bindings=bindings,
        votes=_votes(tree, tree.text(verb), frame, matter, arguments, scene),
        kinds=matter.kinds,
        status=frame.status,
        contract_side=frame.contract_side,
        is_negated=is_negated_at(tree, verb) or _is_still_to_come(tree, verb),
        words={verb},
        sources=frozenset(
            h.actor.key
            for a in arguments
            if a.relation == "from"
            for h in actors_of(tree, a.word, scene)
            if h.how in DIRECT
        ),
    )
    event.target = find_target(tree, frame, arguments, scene, bindings)
    event.bindings = whole_alone(event.target, bindings)
    if frame.frame_id == "develop_together" and len({hit.actor.key for hit, _, _ in bindings}) < 2:
        return None
    return event


def _pays_with_loan(tree: Tree, heard: list[Argument], scene: Scene) -> bool:
    """Whether a loan is what somebody pays for things with: "finances the machines with a loan from X"."""
    if any(a.relation == "from" for a in heard):
        return True
    if any(actors_of(tree, a.word, scene) for a in heard if a.relation == "object"):
        return False
    payers = (h.actor for a in heard if a.relation == "subject" for h in actors_of(tree, a.word, scene))
    return not any("lender" in payer.kinds for payer in payers)


def _is_site(tree: Tree, i: int, scene: Scene) -> bool:
    """Whether a phrase is about one site, by its size, price or place: "a 2 GW campus"."""
    kinds = matter_of(tree, i, scene, modifiers=True).kinds
    return "site" in kinds and bool({"mw", "priced", "place"} & kinds)


def _votes(
    tree: Tree, verb: str, frame: Frame, matter: Matter, arguments: list[Argument], scene: Scene
) -> dict[str, float]:
    """What speaks for which type: the frame, else the theme, and weaker the verb's other phrases."""
    if frame.type:
        return {frame.type: 3.0}
    votes = dict(matter.votes)
    if "mw" in matter.kinds and frame.frame_id == "take_mw":
        votes["lease"] = votes.get("lease", 0) + 0.6
    if frame.frame_id in ("buy_mw", "get_mw") and verb in ORDERING:
        votes["power"] = votes.get("power", 0) + 1.0  # "orders 80 MW of units": goods, no space
    elif frame.frame_id == "buy_mw":
        votes["power"] = votes.get("power", 0) + 0.8  # "will buy 70 MW for fifteen years": space is leased
    for argument in arguments:
        if argument.relation in ("from", "at", "for", "with", "on") and argument.relation not in frame.theme:
            for vote, weight in matter_of(tree, argument.word, scene).votes:
                votes[vote] = votes.get(vote, 0) + 0.7 * weight
        if argument.relation == "from" and "mw" in matter.kinds and tree.text(argument.word) in WORKS:
            votes["power"] = votes.get("power", 0) + 2.0  # "500 MW from plants that X is to build"
    return votes


def _telling(tree: Tree, verb: int, frame: Frame, heard: list[Argument], scene: Scene) -> Telling:
    arguments = _with_particles(tree, verb, frame, heard)
    return Telling(tree, verb, frame, arguments, heard, _theme(tree, frame, arguments, scene), scene)


def _with_particles(tree: Tree, verb: int, frame: Frame, arguments: list[Argument]) -> list[Argument]:
    """The arguments, what follows a verb's own preposition as its object: "dispose of X", "commit to 40 MW"."""
    table, text = frames_by_form(), tree.text(verb)
    return [replace(a, relation="object") if frame in table.get(f"{text} {a.relation}", ()) else a for a in arguments]


def _is_all_of(tree: Tree, i: int) -> bool:
    of = tree.words[i].head
    return tree.text(of) == "of" and tree.text(tree.words[of].head) in WHOLE


def _theme(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> Matter:
    kinds: set[str] = set()
    votes: dict[str, float] = {}
    for argument in arguments:
        if argument.relation not in frame.theme:
            continue
        matter = matter_of(tree, argument.word, scene)
        kinds |= matter.kinds
        if "site" in matter.kinds and _is_all_of(tree, argument.word):
            kinds.add("space")  # "takes all of X's campus": what it has to let
            votes["lease"] = votes.get("lease", 0) + 2.0
        if any(h.how == "anaphor" for h in actors_of(tree, argument.word, scene)):
            kinds.add("company")
        for vote, weight in matter.votes:
            votes[vote] = votes.get(vote, 0) + weight
    return Matter(frozenset(kinds), tuple(sorted(votes.items())))


def _bind(
    tree: Tree, verb: int, frame: Frame, arguments: list[Argument], scene: Scene
) -> Iterator[tuple[Hit, str, bool]]:
    roles = frame.roles
    subjects = {
        h.actor.key
        for a in arguments
        if a.relation == "subject"
        for h in actors_of(tree, a.word, scene, before=a.before)
        if h.how in DIRECT
    }
    takers = {tree.words[a.word].start_char for a in arguments if a.relation == "to"}
    for argument in arguments:
        role = roles.get(argument.relation, "")
        if argument.relation == "subject" and role == "side" and frame.frame_id in RENTED:
            role = _renting_as(tree, verb, arguments) or role
        if argument.relation == "with":
            role = standing_of(tree, argument.word) or role  # "build a campus with X as its anchor tenant"
        whom = dealing if argument.relation in ("subject", "with") else actors_of
        for hit in whom(tree, argument.word, scene, before=argument.before):
            if hit.how == "by" and hit.actor.key in subjects:
                continue  # "a hall that X is to lease from Y": X acts
            if argument.relation in ("subject", "object") or argument.relation in frame.theme:
                if hit.how == "compound" and hit.start_char in takers:
                    continue  # "rent Microsoft tens of thousands of GPUs"
                if argument.relation == "object" and hit.how == "head" and _is_before_noun(tree, argument.word, scene):
                    hit = replace(hit, how="compound")
                if hit.how == "member" and role == "target" and tree.text(argument.word) in UNITS:
                    given = "seller"  # "the robotics arm of X"
                elif hit.how in DIRECT:
                    given = role
                elif role == "seller" and hit.how == "poss" and tree.text(argument.word) in HOLDERS:
                    given = "target"  # "X's owners agreed to sell the company"
                elif argument.relation == "subject" and "subject" not in frame.theme:
                    for_owner = tree.text(argument.word) in ORGANISED and hit.how in ("poss", "its", "compound")
                    sells = hit.how in ("poss", "compound") and _is_plant_selling(tree, frame, argument.word)
                    of_site = sells or _is_site_supplied(tree, frame, argument.word)
                    given = role if for_owner or of_site else ""
                else:
                    given = roles.get("of" if hit.how == "of" else "poss", "")
                    if hit.how == "compound":
                        given = roles.get("compound", "") or roles.get("poss", "")
                    if hit.how == "product" and (role in GIVERS or _is_of_seller(frame)):
                        given = "supplier"
                    if (
                        given == "customer"
                        and hit.how == "compound"
                        and frame.type == "build"
                        and not hit.actor.company_id
                    ):
                        given = ""
                    if not given and role in ("customer", "supplier", "borrower") and hit.how in ("poss", "compound"):
                        given = role
                    if not given and role == "investee" and hit.how == "poss" and tree.text(argument.word) in ORGANISED:
                        given = role  # "invests in X's cloud business"
            else:
                given = role
            if hit.how == "product" and given not in GIVERS:
                continue
            if hit.how == "member" and frame.frame_id == "sell_stake":
                continue  # "sold new shares in a round led by X"
            if frame.type == "lease" and argument.relation == "object" and _is_building(tree, argument.word):
                continue
            is_works = given == "supplier" and hit.actor.key not in subjects and _is_works(tree, argument.word)
            if hit.how == "its" and given in ("customer", "supplier", "partner", "side", "other") and not is_works:
                continue  # but "a buyer signed up for 90 MW from its plant": whose plant it is supplies
            if (
                hit.start_char not in scene.by_mention
                and hit.how != "product"
                and argument.relation != "subject"
                and hit.actor.key in subjects
            ):
                other = _other_named(tree, argument.word, subjects, scene)
                if other is None:
                    continue
                hit = other
            owns = frame.frame_id in OF_OTHERS and hit.how in ("poss", "compound")  # "joins X's project"
            of_plant = given == "supplier" and tree.text(argument.word) in WORKS  # "will come from a plant that X owns"
            if (given == "partner" or frame.frame_id in WHENCE) and hit.how not in DIRECT and not (owns or of_plant):
                continue
            if given == "developer" and argument.relation == "with" and hit.how not in DIRECT:
                continue  # "an AI hub with Nvidia's GPUs"
            if given:
                yield hit, given, argument.is_near and hit.how in DIRECT


def _renting_as(tree: Tree, verb: int, arguments: list[Argument]) -> str:
    """On which side of a lease its subject is, where the verb says so: who lets "to" somebody, who rents it "back"."""
    back = [c for c in tree.children(verb, "advmod", "prt") if tree.text(c) == "back"]
    if back and not any(tree.text(p) == "to" for c in back for p in tree.children(c, "prep")):
        return "customer"  # "sold the halls and is leasing 22 MW back"
    heads = (tree.words[a.word] for a in arguments if a.relation == "to")
    to_whom = any(tree.text(w.head) == "to" and w.tag.startswith("NN") for w in heads)
    return "supplier" if to_whom or tree.text(verb) in LETTING else ""


def _is_still_to_come(tree: Tree, verb: int) -> bool:
    """Whether somebody "has yet to" do it."""
    above = tree.words[verb].head
    is_yet = any(tree.text(c) == "yet" for at in (verb, above) for c in tree.children(at, "advmod"))
    return tree.words[verb].dep == "xcomp" and is_yet and tree.text(above) in ("has", "have", "had", "is", "are")


def _is_before_noun(tree: Tree, first: int, scene: Scene) -> bool:
    """Whether a list of names only describes the noun that it ends with: "use A, B and C capacity"."""
    if scene.actor_at(tree.words[first].ref) is None:
        return False
    *_, last = sorted(tree.conjuncts(first))
    return last > first and tree.words[last].ref < 0 and scene.actor_at(tree.words[last - 1].ref) is not None


def _is_site_supplied(tree: Tree, frame: Frame, subject: int) -> bool:
    """Whether a site is told to get something, which whoever owns it then buys: "X's campus will draw 90 MW from Y"."""
    thing = thing_at(tree, subject)
    return (
        frame.type == "power"
        and frame.roles.get("subject") == "customer"
        and thing is not None
        and thing.kind == "site"
    )


def _is_plant_selling(tree: Tree, frame: Frame, subject: int) -> bool:
    """Whether a power plant is told to supply, which whoever owns it then does: "X's wind farm will power Y"."""
    thing = thing_at(tree, subject)
    sells = frame.type == "power" and frame.roles.get("subject") == "supplier"
    return sells and thing is not None and thing.kind == "plant_gear"


def _is_works(tree: Tree, i: int) -> bool:
    """Whether a phrase is of a site or plant."""
    thing = thing_at(tree, i)
    return tree.text(i) in WORKS or (thing is not None and thing.kind in ("site", "plant_gear"))


def _is_of_seller(frame: Frame) -> bool:
    """Whether a product that the customer of a frame pays for is its supplier's: "to spend $250 billion on Azure"."""
    return frame.type == "compute" and frame.roles.get("subject") == "customer" and "supplier" in frame.roles.values()


def _other_named(tree: Tree, before: int, subjects: set[str], scene: Scene) -> Hit | None:
    """The nearest company named before a pronoun that is not the subject: "invest in OpenAI and supply it"."""
    for at in range(before - 1, -1, -1):
        actor = scene.actor_at(tree.words[at].ref)
        if actor is not None and actor.key not in subjects:
            word = tree.words[before]
            return Hit(actor, word.start_char, word.end_char, "anaphor")
    return None


def _is_building(tree: Tree, i: int) -> bool:
    """Whether "it" that is rented is a building: "Google has leased it", not "sold it to X and rents it back"."""
    after = tree.text(i + 1) if i + 1 < len(tree.words) else ""
    return tree.text(i) == "it" and after != "back"
