"""Whom a deal leaves unnamed where it is told: whom the story is about, whom the headline names, who is invested in."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.deals.arguments import verb_arguments
from extractors.deals.complete import names_nobody
from extractors.deals.event import DIRECT, Event
from extractors.deals.matter import MONEY
from extractors.deals.phrases import actors_of
from extractors.deals.roles import MAKERS, MONEYED, Bound, is_moneyed
from extractors.deals.scene import VENTURE, Hit, Scene
from extractors.deals.sentences import Sentence
from extractors.deals.tree import Tree
from extractors.registry.verbs import forms_of

DEVELOPER = re.compile(  # before a name
    r"\b(?:(?:the |site )?(?:developers?|applicants?|promoters?),?"
    r"|(?:built|developed|proposed|submitted|put forward) by) $",
    re.I,
)
DEVELOPS = re.compile(r",? (?:the|its) (?:(?:site|project|campus|scheme)['’]s )?(?:developer|applicant|promoter)\b")
MASS = frozenset(
    "debt borrowing borrowings credit equity funding".split()
)  # "including $1 billion of debt" tells no loan
OTHER_SIDE = {"side": "other", "other": "side", "customer": "supplier", "supplier": "customer"}
PAYING = forms_of("pay fund finance cover meet allot allocate buy purchase equip".split())
TELLING = forms_of("say announce disclose report tell".split())
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
    """Whose money an event is that names nobody: of the company that pays with it, else of whom the text spoke before.

    "X is paying for it with a $1.4 billion loan"; "A $1.2 billion round planned for the summer was called off".
    """
    role = {"equity": "investee", "debt": "borrower"}.get(deal_type, "")
    is_priced = event.pos == "noun" and bool(MONEY & event.kinds)
    if not role or not is_priced or event.bindings or tree.text(event.trigger) in MASS or names_nobody(tree):
        return {}
    hit = _payer(tree, event.trigger, scene) if deal_type == "debt" else None
    if hit is None and not any(scene.actor_at(word.ref) for word in tree.words) and scene.recent:
        word = tree.words[event.trigger]
        is_told = word.dep in ("nsubj", "nsubjpass", "pobj") and deal_type == "debt"
        is_one = word.tag == "NN" or is_told
        spoken_of = scene.topic if deal_type == "debt" and scene.topic in scene.recent[:3] else scene.recent[0]
        hit = Hit(scene.actors[spoken_of], word.start_char, word.end_char, "anaphor") if is_one else None
    if hit is None or hit.actor.kinds & MONEYED:
        return {}
    return {hit.actor.key: Bound(hit, role, 0.5)}


def name_partner(tree: Tree, event: Event, parties: dict[str, Bound], scene: Scene) -> None:
    """ "X is to hold 49% of a joint venture, Y said": the other partner is the company that says so."""
    verb = next((a for a in tree.ancestors(event.trigger) if tree.text(a) in TELLING), -1)
    tellers = [h for s in tree.children(verb, "nsubj") for h in actors_of(tree, s, scene)] if verb >= 0 else []
    named = {*parties, *(h.actor.key for h in tellers)} - {VENTURE.key}
    if {b.role for b in parties.values()} == {"partner"} and len(parties) == len(tellers) == 1 and len(named) == 2:
        parties.setdefault(tellers[0].actor.key, Bound(tellers[0], "partner", 0.5))


def _payer(tree: Tree, noun: int, scene: Scene) -> Hit | None:
    """The company that a sentence says pays for something with what a noun names."""
    word = tree.words[noun]
    means = word.dep == "pobj" and tree.text(word.head) in ("with", "from", "by", "through")
    verb = next((a for a in tree.ancestors(noun) if tree.is_verb(a)), -1)
    if not means or verb < 0 or tree.text(verb) not in PAYING:
        return None
    subjects = (a.word for a in verb_arguments(tree, verb) if a.relation == "subject")
    return next((h for s in subjects for h in actors_of(tree, s, scene) if h.how in DIRECT), None)


def recall_investee(start: int, end: int, parties: dict[str, Bound], scene: Scene, opens: int = -1) -> None:
    """ "Wahat will inject $400 million for 49.9%": into the company spoken of before, in the sentence or not."""
    if not {"investor"} <= {b.role for b in parties.values()} <= {"investor", "seller"}:
        return
    here = [actor.key for _, actor in scene.named(opens, start)] if opens >= 0 else []
    spoken_of = [*here, *([scene.topic] if scene.topic in scene.recent else []), *scene.recent]
    key = next((k for k in spoken_of if k not in parties and not is_moneyed(scene.actors[k])), None)
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


def called_developer(scene: Scene) -> dict[str, Bound]:
    """ "The developer, X, says", "proposed by X": the only company that the text calls the developer of a site."""
    named: dict[str, Bound] = {}
    for actor in scene.actors.values():
        for mention in actor.mentions:
            before = DEVELOPER.search(scene.text, max(0, mention.start_char - 60), mention.start_char)
            if before is not None or DEVELOPS.match(scene.text, mention.end_char) is not None:
                hit = Hit(actor, mention.start_char, mention.end_char, "left_over")
                named.setdefault(actor.key, Bound(hit, "developer", 0.6))
    return named if len(named) == 1 else {}


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
