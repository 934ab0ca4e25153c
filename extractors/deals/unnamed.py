"""Whom a deal leaves unnamed where it is told: whom the story is about, whom the headline names, who is invested in."""

from __future__ import annotations

from dataclasses import replace

from extractors.deals.complete import names_nobody
from extractors.deals.event import DIRECT, Event
from extractors.deals.roles import MAKERS, MONEYED, Bound
from extractors.deals.scene import Hit, Scene
from extractors.deals.sentences import Sentence
from extractors.deals.tree import Tree

MASS = frozenset(
    "debt borrowing borrowings credit equity funding".split()
)  # "including $1 billion of debt" tells no loan
OTHER_SIDE = {"side": "other", "other": "side", "customer": "supplier", "supplier": "customer"}
VALUES = frozenset("values valuing valued value".split())
NO_DEVELOPER = MAKERS | {"chip_equipment", "contractor", "government", "utility"}


def with_topic(tree: Tree, event: Event, scene: Scene) -> Event:
    """The event with the company that the document is about on the other side, where it binds one company alone."""
    topic = scene.topic
    if len({h.actor.key for h, _, _ in event.bindings}) != 1 or names_nobody(tree) or not topic:
        return event
    one, role, _ = event.bindings[0]
    several = tree.words[event.trigger].tag == "NNS"  # "its agreements" tell none of them
    if one.actor.key == topic or role not in OTHER_SIDE or several or one.how not in DIRECT:
        return event
    hit = Hit(scene.actors[topic], one.start_char, one.end_char, "anaphor")
    return replace(event, bindings=[*event.bindings, (hit, OTHER_SIDE[role], False)])


def recall_taker(tree: Tree, event: Event, deal_type: str, scene: Scene) -> dict[str, Bound]:
    """ "A $1.2 billion round planned for the summer was called off": it was of whom the text spoke before."""
    names_none = not any(scene.actor_at(word.ref) for word in tree.words)
    is_one = event.pos == "noun" and tree.words[event.trigger].tag == "NN" and "priced" in event.kinds
    if (
        tree.text(event.trigger) in MASS
        or not names_none
        or not is_one
        or event.bindings
        or not scene.recent
        or names_nobody(tree)
    ):
        return {}
    actor, word = scene.actors[scene.recent[0]], tree.words[event.trigger]
    role = {"equity": "investee", "debt": "borrower"}.get(deal_type, "")
    if not role or actor.kinds & MONEYED:
        return {}
    return {actor.key: Bound(Hit(actor, word.start_char, word.end_char, "anaphor"), role, 0.5)}


def recall_investee(start: int, end: int, parties: dict[str, Bound], scene: Scene) -> None:
    """ "Wahat will inject $400 million for 49.9%": into the company spoken of before."""
    if not {"investor"} <= {b.role for b in parties.values()} <= {"investor", "seller"}:
        return
    key = next((k for k in scene.recent if k not in parties), None)
    actor = scene.actors[key] if key else None
    if actor is not None and actor.mentions and actor.mentions[0].start_char < start:
        parties[actor.key] = Bound(Hit(actor, start, end, "anaphor"), "investee", 0.5)


def name_investee(tree: Tree, event: Event, parties: dict[str, Bound], scene: Scene) -> None:
    """ "Mistral valued at $14 billion after a round led by ASML": the company named before is invested in."""
    if any(b.role == "investee" for b in parties.values()):
        return
    for word in tree.words[:-1]:
        valued = scene.actor_at(tree.words[word.i + 1].ref) if word.lower in VALUES else None
        if valued is not None and valued.key not in parties:
            part = scene.parts[tree.words[word.i + 1].ref]
            parties[valued.key] = Bound(Hit(valued, part.start_char, part.end_char, "head"), "investee", 0.8)
            return
    valued_at = any(w.lower in ("valued", "valuation") for w in tree.words)
    if not parties and not valued_at:
        return
    told_by = [w for w in tree.words if w.dep == "nsubj" and tree.text(w.head) in ("said", "announced", "says")]
    for word in [*tree.words[: event.trigger], *told_by]:
        actor = scene.actor_at(word.ref)
        if actor is not None and actor.key not in parties and word.dep in ("nsubj", "nsubjpass", "ROOT", "poss"):
            part = scene.parts[word.ref]
            parties[actor.key] = Bound(Hit(actor, part.start_char, part.end_char, "head"), "investee", 0.6)
            return


def only_named(sentence: Sentence, scene: Scene) -> dict[str, Bound]:
    """ "X marks milestone as council approves campus": the only company of a headline builds the site.

    Names of unknown kind count for nothing: a town's people, a local paper, an agency.
    """
    told = scene.named(sentence.start_char, sentence.end_char)
    named = {a.key: (m, a) for m, a in told if a.kinds - NO_DEVELOPER}
    if len(named) != 1:
        return {}
    ((mention, actor),) = named.values()
    return {actor.key: Bound(Hit(actor, mention.start_char, mention.end_char, "left_over"), "developer", 0.5)}
