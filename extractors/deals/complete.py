"""The other side of a supply deal where grammar bound only one: the company of the sentence that is left for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.deals.cast import load_descriptors
from extractors.deals.drafts import LONE_PAYMENT, PLANT_FOR_SITE, Draft
from extractors.deals.event import Event
from extractors.deals.phrases import RELATED, actors_of
from extractors.deals.pronouns import was_named
from extractors.deals.roles import MAKERS, OPPOSITE, PAIRS, POWERS, SUPPLY, Bound, is_moneyed, powered, pull
from extractors.deals.same_deal import same_deal
from extractors.deals.scene import VENTURE, Hit, Scene
from extractors.deals.tree import Tree
from extractors.records import Duration, Money, Power

# words that bring in somebody who stands beside the deal: "according to X", "rivals such as X", "backed by X"
BESIDE = frozenset(
    "according like than against unlike including despite except as per via near alongside after before since".split()
)
LOOSE = frozenset("relcl advcl parataxis".split())
INDEFINITE = frozenset("a an another unnamed undisclosed unidentified one some several two three".split())
UNNAMED = frozenset("hyperscaler client customer tenant buyer hyperscalers clients customers tenants buyers".split())
BIDS = frozenset("n_bid n_takeover_bid n_takeover_talks n_sale_talks eye_company".split())
RENTERS = frozenset("neocloud cloud miner_host".split())
SURE_TYPE = 0.9  # of a type that a frame tells
CONFIDENCE = 0.55
FROM_BEFORE = 0.5
# plain verbs ("gets 80 MW", "runs on its GPUs"): a deal only where both sides are told, or told before
TWO_SIDED = frozenset(
    "buy_mw get_mw make_available move_in run_on host_work move_work lend_chips sign_up_compute standing "
    "develop_power any_supply any_loan any_stake put_chips_in".split()
)


# plain verbs of which a sentence tells both sides or, so far as texts show, something else than a deal
NAMES_BOTH = frozenset({"put_chips_in", "develop_power", "get_mw", "take_space"})
SITES = frozenset("campus site complex building buildings hall halls campuses".split())
ELSEWHERE = re.compile(r"\b(?:separately|elsewhere|unrelated)\b")


def complete_sides(tree: Tree, new: Sequence[tuple[Event, Draft]], scene: Scene) -> None:
    """Give each one-sided supply deal of a sentence the company that nothing else of the sentence claims."""
    taken = {key for _, d in new for key in d.parties}
    for event, draft in new:
        if draft.type == "acquisition":
            _find_seller(tree, event, draft, taken, scene)
        if draft.type == "debt" and {b.role for b in draft.parties.values()} == {"lender"} and not names_nobody(tree):
            owing = {key for _, d in new if d.type == "debt" for key in d.parties}
            found = [h for h in _left_over(tree, event, scene) if h.actor.key not in owing]
            if len(found) == 1 and not is_moneyed(found[0].actor):  # "$400 million will be lent by X, Y said"
                draft.parties[found[0].actor.key] = Bound(found[0], "borrower", CONFIDENCE)
        sides = {b.role for b in draft.parties.values()} & OPPOSITE.keys()
        if draft.type not in SUPPLY or len(sides) != 1 or names_nobody(tree):
            continue
        role = OPPOSITE[next(iter(sides))]
        found = [h for h in _left_over(tree, event, scene) if h.actor.key not in taken and _suits(h, draft, role)]
        if len(found) > 1:
            found = [h for h in found if _lean(h, draft.type, role) >= 1]
        if len({h.actor.key for h in found}) == 1:
            draft.parties[found[0].actor.key] = Bound(found[0], role, CONFIDENCE)
            draft.rules.append("left_over")
            _retype(draft, scene)


def _find_seller(tree: Tree, event: Event, draft: Draft, taken: set[str], scene: Scene) -> None:
    """ "Bought 45 hectares in Melbourne's west from X": the parser hangs from whom on the nearest noun."""
    if any(b.role == "seller" for b in draft.parties.values()):
        return
    for i, word in enumerate(tree.words):
        actor = scene.actor_at(word.ref)
        if actor is None or word.dep != "pobj" or tree.text(word.head) != "from" or actor.key in taken:
            continue
        above = list(tree.ancestors(i))
        verbs = [a for a in above if tree.is_verb(a) and tree.words[a].ref < 0]
        governed = event.trigger in above or (verbs and verbs[0] in tree.ancestors(event.trigger))
        if (
            i > event.trigger
            and governed
            and (event.trigger not in above or verbs[:1] == [event.trigger] or event.pos == "noun")
        ):
            part = scene.parts[word.ref]
            draft.parties[actor.key] = Bound(Hit(actor, part.start_char, part.end_char, "head"), "seller", CONFIDENCE)
            return


def complete_title(new: Sequence[tuple[Event, Draft]]) -> None:
    """Give a headline's further deal the company that its first one is of: "X lands Y as tenant, Z takes 5% stake"."""
    first = new[0][1].parties if len(new) > 1 else {}
    for _, draft in new[1:]:
        missing = {"equity": "investee", "partnership": "partner"}.get(draft.type, "")
        if not missing or len(draft.parties) != 1 or (missing == "investee" and _missing_side(draft) != missing):
            continue
        named = [m for m in first.values() if m.hit.actor.key not in draft.parties and not is_moneyed(m.hit.actor)]
        if named and (missing == "investee" or len(named) == 1):
            hit = min((b.hit for b in named), key=lambda h: h.start_char)
            draft.parties[hit.actor.key] = Bound(hit, missing, FROM_BEFORE)


def complete_from_before(
    tree: Tree, new: Sequence[tuple[Event, Draft]], scene: Scene, *, same_item: bool, may_be_topic: bool = True
) -> None:
    """Give a one-sided deal the company spoken of before, where the sentence speaks of nobody else for that side.

    ``same_item`` says whether the sentence goes on with the item or paragraph before it, ``may_be_topic`` whether the
    company that the headline is about may be meant.
    """
    named = {a.key for w in tree.words if (a := scene.actor_at(w.ref)) is not None}
    for _, draft in new:
        _find_target(draft, scene)
        role = _missing_side(draft)
        host = scene.site_owner if draft.type == "lease" and role == "supplier" and _is_in_site_told(tree) else ""
        if not role or names_nobody(tree) or (_stands_alone(draft, scene) and not host):
            continue
        owner = next(iter(draft.parties)) if len(draft.parties) == 1 and draft.type in SUPPLY else ""
        other_side = scene.in_role((role,), owner) if owner else []  # "under it, Buyer is to purchase"
        landlords: list[str] = []
        if draft.type == "lease" and same_item and not other_side and scene.recent and scene.told:
            last = scene.told[-1]  # "X will move into 12 MW. The remaining 24 MW went to Y": from X's landlord, not X
            goes_on = scene.recent[0] in last and len(last) > 1
            landlords = [key for key, played in last.items() if played == role] if goes_on else []
        topic = [scene.topic] if scene.topic and may_be_topic else []
        lets = draft.type in ("lease", "compute") and role == "supplier" and VENTURE.key in scene.actors
        buyer = (
            scene.in_role(("acquirer",), owner) if role == "supplier" and owner in scene.in_role(("seller",)) else []
        )
        keys = [
            *buyer,
            *([host] if host else ()),
            *([VENTURE.key] if lets else ()),
            *other_side,
            *landlords,
            *topic,
            *(scene.recent[:1] if same_item else ()),
        ]
        for key in keys:
            actor = scene.actors[key]
            known = actor is VENTURE or was_named(actor, draft.trigger[0])
            beside = key in named and key != scene.topic and key not in landlords
            if beside or key in draft.parties or not known:
                continue
            hit = Hit(actor, *draft.trigger, "anaphor")
            if _suits(hit, draft, role):
                draft.parties[key] = Bound(hit, role, FROM_BEFORE)
                draft.rules.append("from_before")
                _retype(draft, scene)
                break


def _is_in_site_told(tree: Tree) -> bool:
    """Whether a sentence speaks of a site as known: "has taken the whole of the campus"."""
    sites = (w.i for w in tree.words if w.lower in SITES)
    return any(tree.text(c) in ("the", "that", "this") for i in sites for c in tree.children(i, "det"))


def _stands_alone(draft: Draft, scene: Scene) -> bool:
    """Whether a one-sided telling takes no side from before: a plain verb, "separately building batteries"."""
    start, end = draft.sentence.start_char, draft.sentence.end_char
    if NAMES_BOTH.issuperset(draft.rules[:1]) or ELSEWHERE.search(scene.text, start, end):
        return True
    measured = any(isinstance(part, Money | Power | Duration) for part in scene.between(start, end)[1])
    return draft.rules[:1] == ["supply_company"] and not measured


def _find_target(draft: Draft, scene: Scene) -> None:
    """A rival's bid is for the company that another was told to want."""
    alone = {b.role for b in draft.parties.values()} == {"acquirer"} and draft.target is None
    if draft.type != "acquisition" or not alone or not BIDS & set(draft.rules):
        return
    for key in scene.in_role(("target",))[:1]:
        if key not in draft.parties:
            draft.parties[key] = Bound(Hit(scene.actors[key], *draft.trigger, "anaphor"), "target", FROM_BEFORE)


def _missing_side(draft: Draft) -> str:
    """The role that nobody fills yet of a deal that has two sides."""
    roles = {b.role for b in draft.parties.values()}
    give, take = PAIRS[draft.type]
    if draft.type in SUPPLY and len(roles & {give, take}) == 1:
        return take if give in roles else give
    if draft.type in ("debt", "equity") and give in roles and take not in roles:
        return take
    return ""


def names_nobody(tree: Tree) -> bool:
    """Whether the sentence speaks of a side that it does not name: "a hyperscaler", "an unnamed customer"."""
    nouns, _ = load_descriptors()
    for i, word in enumerate(tree.words):
        if word.ref < 0 and word.lower in INDEFINITE and word.dep == "nsubj" and _is_part_of_group(tree, i):
            return True
        if word.ref >= 0 or not word.tag.startswith("NN") or (word.lower not in nouns and word.lower not in UNNAMED):
            continue
        if ":" in (w.lower for w in tree.words[i + 1 : i + 4]):
            continue  # "has one customer so far: the software group X"
        if word.dep == "pobj" and tree.text(word.head) == "as":
            continue  # "will stay on as a tenant": what somebody named is
        around = {tree.text(c) for c in tree.children(i, "det", "amod", "nummod")}
        if around & INDEFINITE and word.dep in ("pobj", "dobj", "dative", "nsubj") and not tree.children(i, "appos"):
            return True
    return False


def _is_part_of_group(tree: Tree, i: int) -> bool:
    """ "Two of them", "several of its rivals"."""
    return not tree.children(i, "det") and any(tree.text(c) == "of" for c in tree.children(i, "prep"))


def _left_over(tree: Tree, event: Event, scene: Scene) -> list[Hit]:
    hits: dict[str, Hit] = {}
    bound = {h.actor.key for h, _, _ in event.bindings}
    above = {event.trigger, *tree.ancestors(event.trigger)}
    for i, word in enumerate(tree.words):
        actor = scene.actor_at(word.ref)
        if actor is None or actor.key in bound or "government" in actor.kinds or not scene.company_at(word.ref):
            continue
        if _is_beside(tree, i, above):
            continue
        part = scene.parts[word.ref]
        hits.setdefault(actor.key, Hit(actor, part.start_char, part.end_char, "left_over"))
    for head in [h for h in above if tree.is_verb(h)]:  # "The developer said Velmora had taken another 110 MW"
        for subject in tree.children(head, "nsubj"):
            for hit in actors_of(tree, subject, scene):
                if hit.how == "anaphor" and hit.actor.key not in bound:
                    hits.setdefault(hit.actor.key, hit)
    return list(hits.values())


def _is_beside(tree: Tree, i: int, above: set[int]) -> bool:
    """Whether a name stands in a phrase or clause that only touches the one that tells the deal."""
    at = i
    for head in (i, *tree.ancestors(i)):
        word = tree.words[head]
        if word.dep == "prep" and word.lower in BESIDE:
            return True
        if word.dep in ("poss", "compound") and tree.text(word.head) in RELATED:
            return True
        if head != i and head not in above and word.dep in LOOSE and tree.is_verb(head):
            return True
        if word.dep == "conj" and tree.is_verb(head) and head not in above:
            return True
        if word.dep == "amod" and head != i:  # "Blackstone-backed", "Nvidia-powered"
            return True
        at = head
        if at in above:
            break
    return False


def _suits(hit: Hit, draft: Draft, role: str) -> bool:
    kinds = hit.actor.kinds
    if draft.type in ("compute", "lease", "power") and kinds & MAKERS and role == "supplier":
        return False
    if draft.type in SUPPLY and is_moneyed(hit.actor):
        return False
    if draft.type == "chips" and role == "supplier" and kinds & RENTERS:
        return True  # who lets accelerators out sells their time
    guessed = not hit.actor.company_id and not hit.actor.descriptors  # a kind that only the name suggests
    return _lean(hit, draft.type, role) >= (-1 if guessed and hit.how == "anaphor" else 0)


def _lean(hit: Hit, deal_type: str, role: str) -> float:
    value = pull(deal_type, hit.actor)
    return value if role == PAIRS[deal_type][0] else -value


def _retype(draft: Draft, scene: Scene) -> None:
    """Let the supplier found say what is supplied: a cloud rents its chips out, a utility's megawatts are power."""
    if draft.type == "chips" and _rents(draft):
        draft.type = "compute"
    draft.type = powered(draft.type, draft.parties)
    is_lent = draft.type == "lease" and "take_mw" in draft.rules
    if (is_lent or draft.type == "compute") and draft.type_confidence < SURE_TYPE:
        builders = {key for told in scene.told for key, role in told.items() if role == "developer"}
        suppliers = [
            b.hit.actor.kinds for key, b in draft.parties.items() if b.role == "supplier" and key not in builders
        ]
        if suppliers and all(kinds and kinds <= POWERS for kinds in suppliers):
            draft.type = "power"


def _rents(draft: Draft) -> bool:
    kinds = {k for b in draft.parties.values() if b.role == "supplier" for k in b.hit.actor.kinds}
    return bool(kinds & {"neocloud", "cloud", "miner_host"}) and not kinds & MAKERS


def is_half_told(draft: Draft, known: Sequence[Draft]) -> bool:
    """Whether a plain verb named one side alone, of a deal that nothing before told: "the site gets 80 MW".

    So does money paid to nobody for nothing: it is a term of some deal, never a deal.
    """
    if LONE_PAYMENT in draft.rules:
        return not any(same_deal(k, draft) for k in known)
    weak = TWO_SIDED.issuperset(r for r in draft.rules[:1]) and not {"supply_company", PLANT_FOR_SITE} & set(
        draft.rules
    )
    roles = {b.role for b in draft.parties.values()}
    return weak and len(roles & {*PAIRS[draft.type]}) < 2 and not any(same_deal(k, draft) for k in known)
