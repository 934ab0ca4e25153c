"""Events of verbs: the frame whose theme fits best, and its roles read off the arguments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.deals.arguments import Argument, verb_arguments
from extractors.deals.event import DIRECT, Event, is_negated_at
from extractors.deals.frames import Frame, frames_by_form, load_frames
from extractors.deals.light_verbs import VOUCHED
from extractors.deals.matter import WHOLE, Matter, matter_of, thing_at
from extractors.deals.phrases import ORGANISED, actors_of, dealing
from extractors.deals.roles import SUPPLY
from extractors.deals.scene import Hit, Scene
from extractors.deals.targets import PORTFOLIOS, find_target
from extractors.deals.tree import Tree

PLANTS = frozenset("plants stations farms parks dams peakers".split())
WORKS = PLANTS | frozenset("plant station farm park dam reactor reactors turbines unit units".split())
HALLS = frozenset(
    "building campus campuses center centers centre centres datacenter datacenters facilities facility halls site "
    "sites".split()
)
SITES = HALLS | {"plant", "station", "complex"}
PLANTS_TRADED = frozenset({"buy_plants", "sell_plants"})
COMPANY_TRADED = frozenset({"sell_company", "buy_company"})
WORKS_SOLD = frozenset({"sell_halls", "sell_business", "buy_land"})
GIVERS = frozenset({"supplier"})
TO_WHOM = {"place_debt": "for", "lend_more": "to", "run_for": "for"}  # frames that say for whom by a preposition
SPENT = frozenset({"spend_power", "spend_chips", "spend_compute"})
HOLDERS = frozenset("owners owner shareholders stockholders holders founders investors backers".split())
LETTING = frozenset("neocloud cloud miner_host".split())
WHENCE = frozenset(
    {"come_from", "loan_comes", "funding_comes", "go_to", "order_from"}
)  # goods are from, or go to, whom they name


def verb_event(tree: Tree, verb: int, frames: list[Frame], scene: Scene) -> Event | None:
    if not frames or tree.words[verb].dep in ("aux", "auxpass", "amod", "compound"):
        return None
    all_arguments = verb_arguments(tree, verb)
    best: tuple[float, Frame, Matter] | None = None
    for order, frame in enumerate(frames):
        arguments = _with_particles(tree, verb, frame, all_arguments)
        matter = _theme(tree, frame, arguments, scene)
        if (
            frame.theme != ("subject",)
            and frame.things
            and "deal" not in frame.things
            and _is_deal_noun(tree, verb, frame, arguments)
        ):
            continue
        if frame.things and not frame.things & matter.kinds:
            continue
        told = {a.relation for a in arguments}
        if frame.theme == ("with",) and not frame.things & {"money", "loan"} and _is_money(tree, arguments, matter):
            continue  # "providing X with $1.4 billion for a cluster"
        if frame.type == "debt" and any(a.relation == "object" and tree.text(a.word) in VOUCHED for a in arguments):
            continue  # "provides a guarantee for the loan"
        if frame.frame_id == "join_with" and any(tree.text(c) == "along" for c in tree.children(verb, "prep")):
            continue  # "A joined, along with B": a round
        if frame.frame_id in TO_WHOM and not _names_whom(tree, TO_WHOM[frame.frame_id], all_arguments, scene):
            continue  # "sold $2 billion of notes", "raised its credit line to $1 billion": its own
        if frame.frame_id in WHENCE and (not frame.roles.keys() & told or tree.children(verb, "xcomp")):
            continue  # "the power is dear" says not whose it is
        if frame.frame_id == "boost_power" and "for" not in told:
            continue  # "expands its power to 2 GW": its own
        if frame.frame_id == "expand_in" and "object" in told:
            continue
        if frame.frame_id == "set_aside" and "reserve" in tree.text(verb) and "for" not in told:
            continue  # "has reserved 120 MW at Y's campus": for itself
        if frame.frame_id in SPENT and "object" not in told and not {"money", "priced"} & matter.kinds:
            continue  # "pays for space and power": how much is not told
        if frame.frame_id == "run_work_on" and not _is_with_whom(tree, frame, arguments, scene):
            continue
        for_company = frame.frame_id == "pay_for_site" and "company" in matter.kinds
        if for_company and not _names_company(tree, frame, arguments, scene):
            continue  # "pay for it"
        if frame.frame_id == "pick_place" and "company" in matter.kinds:
            continue  # "picks Velmora for its campus" chooses no place
        named_site = frame.frame_id in COMPANY_TRADED and _is_named_site(tree, arguments)
        if frame.frame_id in COMPANY_TRADED and {"mw", "gpus"} & matter.kinds and not named_site:
            continue
        measured = frame.frame_id in WORKS_SOLD and bool({"mw", "gpus"} & matter.kinds)
        if measured and not _are(HALLS, tree, arguments, frame.theme):
            continue  # "sells 40 MW of space"
        pays_for_plants = frame.frame_id == "pay_for_site" and matter.kinds & frame.things == {"plant_gear"}
        if (frame.frame_id in PLANTS_TRADED or pays_for_plants) and not _are(PLANTS, tree, arguments, frame.theme):
            continue  # turbines bought for a site are power
        if frame.frame_id == "offer_for" and not _offers_money(tree, arguments, scene):
            continue  # "offered 40 MW for OpenAI"
        if frame.frame_id == "sell_halls" and not any(a.relation in ("to", "for") for a in arguments):
            continue  # "sells space": its business
        votes = dict(matter.votes)
        score = votes.get(frame.type, 0.0) if frame.type else 0.1
        score += 0.3 if frame.frame_id == "pay_for_site" and tree.text(verb).startswith(("pay", "paid")) else 0.0
        score += (
            1.5
            if frame.type not in SUPPLY
            and frame.things & {"company"}
            and "company" in matter.kinds
            and _is_company_head(tree, frame, arguments, scene)
            else 0.0
        )
        score += 2.0 if frame.frame_id in TO_WHOM else 0.0
        score += 4.0 if frame.frame_id in PLANTS_TRADED or pays_for_plants or measured or named_site else 0.0
        score += 3.0 if frame.frame_id == "buy_business" and _is_portfolio(tree, arguments) else 0.0
        score += 0.4 if frame.things & matter.kinds else 0.0
        score += _explained(tree, frame, arguments, scene)
        score += 0.3 if frame.type and frame.theme == ("for",) else 0.0  # "pay $40m for": what for tells
        score += 4.0 if frame.frame_id == "use_chips" and _is_hosted(tree, arguments, scene) else 0.0
        if best is None or score - order * 0.01 > best[0]:
            best = (score - order * 0.01, frame, matter)
    if best is None:
        return None
    _, frame, matter = best
    if frame.frame_id == "supply_with_money" and any(a.relation == "from" for a in all_arguments):
        frame = next(f for f in load_frames() if f.frame_id == "win_debt")  # "finances the machines with a loan from X"
    arguments = _with_particles(tree, verb, frame, all_arguments)
    bindings = list(_bind(tree, frame, arguments, scene))
    event = Event(
        trigger=verb,
        pos="verb",
        type=frame.type,
        frames=[frame.frame_id],
        bindings=bindings,
        votes=_votes(tree, frame, matter, arguments, scene),
        kinds=matter.kinds,
        status=frame.status,
        contract_side=frame.contract_side,
        is_negated=is_negated_at(tree, verb),
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
    if frame.frame_id == "develop_together" and len({hit.actor.key for hit, _, _ in bindings}) < 2:
        return None
    return event


def _sources(tree: Tree, arguments: list[Argument], scene: Scene) -> frozenset[str]:
    """Keys of the companies that something is told to come "from"."""
    from_whom = [h for a in arguments if a.relation == "from" for h in actors_of(tree, a.word, scene)]
    return frozenset(h.actor.key for h in from_whom if h.how in DIRECT)


def _is_money(tree: Tree, arguments: list[Argument], matter: Matter) -> bool:
    """Whether what somebody is provided with is money itself, not "$38 billion of computing power"."""
    given = [a.word for a in arguments if a.relation == "with"]
    return "money" in matter.kinds and not any(tree.text(c) == "of" for w in given for c in tree.children(w, "prep"))


def _names_whom(tree: Tree, relation: str, arguments: list[Argument], scene: Scene) -> bool:
    """Whether a company is named in that relation: "to Hafnarfell Data", not "to $1 billion"."""
    named = (a.word for a in arguments if a.relation == relation)
    return any(h.how in DIRECT for i in named for h in actors_of(tree, i, scene))


def _are(works: frozenset[str], tree: Tree, arguments: list[Argument], theme: Sequence[str]) -> bool:
    """Whether works change hands as they stand: "18 gas-fired plants", "its 90 MW data centre"."""
    return any(
        tree.text(whole) in works for a in arguments if a.relation in theme for whole in _with_whole(tree, a.word)
    )


def _is_named_site(tree: Tree, arguments: list[Argument]) -> bool:
    """Whether what is traded is called a site: "Bay Halls, a 33 MW facility"."""
    called = (c for a in arguments if a.relation == "object" for c in tree.children(a.word, "appos"))
    return any(tree.text(c) in SITES for c in called)


def _with_whole(tree: Tree, i: int) -> list[int]:
    """A word and what it is so much of: "310 MW of gas plants"."""
    return [i, *(p for c in tree.children(i, "prep") if tree.text(c) == "of" for p in tree.children(c, "pobj"))]


def _offers_money(tree: Tree, arguments: list[Argument], scene: Scene) -> bool:
    """Whether what is offered is an amount of money: "had offered $4.8 billion for the operator"."""
    return any(a.relation == "object" and "money" in matter_of(tree, a.word, scene).kinds for a in arguments)


def _is_with_whom(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> bool:
    """Whether a company is named where the frame has its supplier: "runs its models on X"."""
    places = {relation for relation, role in frame.roles.items() if role == "supplier"}
    beside = (a for a in arguments if a.relation in places)
    return any(h.how in (*DIRECT, "product") for a in beside for h in actors_of(tree, a.word, scene))


def _is_hosted(tree: Tree, arguments: list[Argument], scene: Scene) -> bool:
    """Whether chips stand with whoever lets them out: "reserve 6,000 GPUs in X's Fukuoka region"."""
    beside = (a for a in arguments if a.relation in ("in", "on", "at"))
    return any(h.actor.kinds & LETTING for a in beside for h in actors_of(tree, a.word, scene))


def _is_portfolio(tree: Tree, arguments: list[Argument]) -> bool:
    """Whether what is bought is a collection of works: "a portfolio of power plants"."""
    return any(a.relation == "object" and tree.text(a.word) in PORTFOLIOS for a in arguments)


def _explained(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> float:
    """What speaks for a frame that has a role for whoever is named "to", "from" or "for", and against one without."""
    score = 0.0
    for argument in arguments:
        if not argument.is_near or argument.relation not in ("to", "from", "for") or argument.relation in frame.theme:
            continue
        if any(h.how in DIRECT for h in actors_of(tree, argument.word, scene)):
            score += 0.3 if argument.relation in frame.roles else -0.6
    return score


def _votes(tree: Tree, frame: Frame, matter: Matter, arguments: list[Argument], scene: Scene) -> dict[str, float]:
    """What speaks for which type: the frame, else the theme, and weaker the verb's other phrases."""
    if frame.type:
        return {frame.type: 3.0}
    votes = dict(matter.votes)
    if "mw" in matter.kinds and frame.frame_id == "take_mw":
        votes["lease"] = votes.get("lease", 0) + 0.6
    for argument in arguments:
        if argument.relation in ("from", "at", "for", "with", "on") and argument.relation not in frame.theme:
            for vote, weight in matter_of(tree, argument.word, scene).votes:
                votes[vote] = votes.get(vote, 0) + 0.7 * weight
        if argument.relation == "from" and "mw" in matter.kinds and tree.text(argument.word) in WORKS:
            votes["power"] = votes.get("power", 0) + 2.0  # "500 MW from plants that X is to build"
    return votes


def _is_deal_noun(tree: Tree, verb: int, frame: Frame, arguments: list[Argument]) -> bool:
    """Whether the theme is headed by a word like "contract": then that noun is the event."""
    themes = [thing_at(tree, a.word) for a in arguments if a.relation in frame.theme]
    signed = "object" in frame.theme or tree.text(verb).startswith(("sign", "expand", "extend", "widen"))  # "for 6 GW"
    objects = [thing_at(tree, a.word) for a in arguments if a.relation == "object" and signed]
    return bool(themes) and (
        all(t is not None and t.kind == "deal" for t in themes)
        or any(t is not None and t.kind == "deal" for t in objects)
    )


def _is_company_head(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> bool:
    return any(
        h.how in DIRECT
        for a in arguments
        if a.relation in frame.theme
        for h in actors_of(tree, a.word, scene, before=a.before)
    )


def _with_particles(tree: Tree, verb: int, frame: Frame, arguments: list[Argument]) -> list[Argument]:
    """The arguments, what follows a verb's own preposition as its object: "dispose of X", "commit to 40 MW"."""
    table, text = frames_by_form(), tree.text(verb)
    return [replace(a, relation="object") if frame in table.get(f"{text} {a.relation}", ()) else a for a in arguments]


def _names_company(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> bool:
    themes = [a.word for a in arguments if a.relation in frame.theme]
    return any(scene.company_at(tree.words[i].ref) for i in themes)


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


def _bind(tree: Tree, frame: Frame, arguments: list[Argument], scene: Scene) -> Iterator[tuple[Hit, str, bool]]:
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
        whom = dealing if argument.relation in ("subject", "with") else actors_of
        for hit in whom(tree, argument.word, scene, before=argument.before):
            if argument.relation in ("subject", "object") or argument.relation in frame.theme:
                if hit.how == "compound" and hit.start_char in takers:
                    continue  # "rent Microsoft tens of thousands of GPUs"
                if argument.relation == "object" and hit.how == "head" and _is_before_noun(tree, argument.word, scene):
                    hit = replace(hit, how="compound")
                if hit.how in DIRECT:
                    given = role
                elif role == "seller" and hit.how == "poss" and tree.text(argument.word) in HOLDERS:
                    given = "target"  # "X's owners agreed to sell the company"
                elif argument.relation == "subject" and "subject" not in frame.theme:
                    for_owner = tree.text(argument.word) in ORGANISED and hit.how in ("poss", "its", "compound")
                    given = role if for_owner or _is_site_supplied(tree, frame, argument.word) else ""
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
            if hit.how == "its" and given in ("customer", "supplier", "partner", "side", "other"):
                continue
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
            owns = frame.frame_id == "join_project" and hit.how == "poss"  # "joins X's project"
            if (given == "partner" or frame.frame_id in WHENCE) and hit.how not in DIRECT and not owns:
                continue
            if given == "developer" and argument.relation == "with" and hit.how not in DIRECT:
                continue  # "an AI hub with Nvidia's GPUs"
            if given:
                yield hit, given, argument.is_near and hit.how in DIRECT


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
