"""Deals told loosely: no frame fits the verb, but two companies, an amount and what it buys stand in one clause.

"Brightwell leans on Harrow for 8,000 GPUs": what they are, or the words before their names, part the sides.
"""

from __future__ import annotations

from extractors.deals.event import Event, is_negated_at
from extractors.deals.matter import thing_at
from extractors.deals.meaning import LEAST_VALUE
from extractors.deals.phrases import actors_of
from extractors.deals.roles import MAKERS, SUPPLY, is_moneyed, pull
from extractors.deals.scene import Hit, Scene
from extractors.deals.tree import Tree
from extractors.records import Accelerators, Money, Power, Quantity
from extractors.registry.verbs import forms_of

# verbs that compare, measure or comment, and report how business goes
NO_DEAL = forms_of(
    "compete rival compare exceed outpace overtake beat trail lag estimate expect value rate rank report post earn "
    "trade rise fall climb drop slip gain lose jump surge tumble sue accuse blame criticise criticize warn argue doubt "
    "question ask tell say note add write think believe know employ hire lead head found join leave quit own "
    "operate run use bid offer court have be belong end become mean show suggest prove remain seem follow "
    "precede engage mandate appoint retain instruct deploy install commission".split()
)
ASIDE = frozenset(
    "according like than against unlike including despite except as per via near alongside after before since besides "
    "versus under between among".split()
)
APART = frozenset("relcl advcl parataxis acl".split())
WHENCE = {
    "from": "supplier",
    "at": "supplier",
    "through": "supplier",
    "by": "supplier",
    "to": "customer",
    "for": "customer",
}
PARTED = 1.5  # how far apart two companies must be by what they are, for that alone to tell who gives


def loose_event(tree: Tree, scene: Scene) -> Event | None:
    """The deal of a sentence whose verbs no frame knows; None where it names one company, several, or no amount."""
    found = _companies(tree, scene)
    if len(found) != 2:
        return None
    (one, first), (other, second) = found
    verb = _common(tree, first, second)
    if verb is None or tree.text(verb) in NO_DEAL or is_negated_at(tree, verb):
        return None
    kinds, votes = _matter(tree, scene)
    funds = "money" in kinds and is_moneyed(one.actor) is not is_moneyed(other.actor)
    if not {"money", "mw", "gpus"} & kinds or not (votes or funds):
        return None
    roles = [_told_by(tree, at) for at in (first, second)]
    if roles[0] == roles[1]:
        roles = ["", ""]
    bindings = [
        (hit, role or side, True) for hit, role, side in zip((one, other), roles, ("side", "other"), strict=True)
    ]
    return Event(verb, "verb", "", ["loose"], bindings, votes=votes, kinds=frozenset(kinds), words={verb})


def is_parted(deal_type: str, event: Event) -> bool:
    """Whether the two companies are far enough apart, or said to give and to take."""
    if deal_type not in SUPPLY and deal_type not in ("equity", "debt"):
        return False
    (one, role, _), (other, opposite, _) = event.bindings
    apart = abs(pull(deal_type, one.actor) - pull(deal_type, other.actor)) >= PARTED
    return apart or (deal_type in SUPPLY and {role, opposite} & {"supplier", "customer"} != set())


def _companies(tree: Tree, scene: Scene) -> list[tuple[Hit, int]]:
    """The companies of the sentence's own clauses with their words, each once."""
    hits: dict[str, tuple[Hit, int]] = {}
    everybody: set[str] = set()
    for i, word in enumerate(tree.words):
        actor = scene.actor_at(word.ref)
        if actor is None or not scene.company_at(word.ref) or "government" in actor.kinds:
            continue
        everybody |= {actor.key} - hits.keys() if not actor.kinds & MAKERS else set()
        is_known = actor.kinds or actor.descriptors or len(actor.mentions) > 1  # else a place as likely as a company
        if not is_known or _is_aside(tree, i):
            continue
        part = scene.parts[word.ref]
        hits.setdefault(actor.key, (Hit(actor, part.start_char, part.end_char, "head"), i))
    if everybody - hits.keys():
        return []
    if len(hits) == 1:
        for i, word in enumerate(tree.words):
            if word.dep == "nsubj" and word.ref < 0 and not _is_aside(tree, i):
                for hit in actors_of(tree, i, scene):
                    if hit.how == "anaphor":
                        hits.setdefault(hit.actor.key, (hit, i))
    return list(hits.values())


def _is_aside(tree: Tree, i: int) -> bool:
    for at in (i, *tree.ancestors(i)):
        word = tree.words[at]
        if word.dep == "prep" and word.lower in ASIDE:
            return True
        if word.dep in APART and tree.is_verb(at):
            return True
        if at != i and word.dep == "conj" and tree.is_verb(at):
            return True
    return False


def _common(tree: Tree, one: int, other: int) -> int | None:
    """The verb over both words."""
    above = [one, *tree.ancestors(one)]
    shared = {other, *tree.ancestors(other)}
    return next((at for at in above if at in shared and tree.is_verb(at)), None)


def _told_by(tree: Tree, i: int) -> str:
    """The side that the preposition over a name gives it."""
    for at in (i, *tree.ancestors(i)):
        word = tree.words[at]
        if word.dep in ("prep", "agent", "dative"):
            return WHENCE.get(word.lower, "")
        if tree.is_verb(at):
            return ""
    return ""


def _matter(tree: Tree, scene: Scene) -> tuple[set[str], dict[str, float]]:
    """What the sentence speaks of: kinds of amounts, and the strongest vote of its things for each type."""
    kinds: set[str] = set()
    votes: dict[str, float] = {}
    for i, word in enumerate(tree.words):
        thing = thing_at(tree, i) if word.ref < 0 else None
        for deal_type, weight in thing.votes.items() if thing is not None else ():
            votes[deal_type] = max(votes.get(deal_type, 0.0), weight)
    _, inside = scene.between(tree.words[0].start_char, tree.words[-1].end_char)
    for part in inside:
        if isinstance(part, Money | Power | Accelerators):
            kinds |= _kind(part)
    if "gpus" in kinds:
        votes = {**votes, "compute": votes.get("compute", 0.0) + 0.6, "chips": votes.get("chips", 0.0) + 0.5}
    return kinds, votes


def _kind(part: Quantity) -> set[str]:
    if isinstance(part, Money):
        return {"money"} if part.amount >= LEAST_VALUE and part.basis in ("total", "per_year") else set()
    if isinstance(part, Power):
        return {"mw"}
    return {"gpus"} if isinstance(part, Accelerators) and part.count else set()
