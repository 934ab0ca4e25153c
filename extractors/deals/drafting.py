"""From an event to a draft: its type, roles, status and focus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.deals import context
from extractors.deals.aside import describes, describes_subject, is_aside, is_reported, is_standing
from extractors.deals.before import (
    funds_venture,
    goes_on,
    of_same_two,
    pays_for_it,
    spends_as_seller,
    told_already,
    told_with_what,
)
from extractors.deals.clause import own_clause
from extractors.deals.deal_type import decide_type, pair_votes
from extractors.deals.drafts import ANOTHER, LONE_PAYMENT, OPENS_ITEM, PLANT_FOR_SITE, Draft
from extractors.deals.event import DEFINITE, Event
from extractors.deals.for_sites import OF_THE_TRADE, PREMISES, is_for_sites, is_land
from extractors.deals.frames import load_things
from extractors.deals.loans import as_loan, is_borrowed
from extractors.deals.matter import MONEY, thing_at
from extractors.deals.no_deal import is_habit, is_lone_payment, is_no_deal, plausible
from extractors.deals.roles import OPPOSITE, Bound, assign_roles, powered
from extractors.deals.roundup import is_roundup
from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence
from extractors.deals.takeover import as_takeover, buys_whole, sells_control
from extractors.deals.tree import Tree
from extractors.deals.unnamed import (
    called_developer,
    name_investee,
    name_partner,
    only_named,
    recall_investee,
    recall_taker,
    with_topic,
)
from extractors.records import Accelerators, Document

ASKS = re.compile(r"(?:how|why|what|who|when|where|inside|meet|should|could|can|is|are|does|do|did)\b(?!['’])", re.I)
UNDER_LEASE = re.compile(
    r"\b(?:under|on|in) (?:an?|the|its) (?:\S+ ){0,4}?(?:lease|tenancy|sublease|colocation)\b", re.I
)
BOUGHT = frozenset("bought acquired purchased absorbed swallowed paid sold offloaded divested took".split())

ONE_MORE = re.compile(  # "placed a second order", "under the second", "in another"
    r"\b(?:an?|its|their|one|the|this) (?:first|second|third|fourth|separate|different|further|other|earlier|previous"
    r"|additional|follow-on|follow-up)\b|\banother\b|\bfollows one\b",
    re.I,
)

INVESTS = frozenset({"inject", "put_in", "subscribe", "write_cheque", "invest_equity"})

MAY_BE_LOAN = re.compile(r"\bfacility\b(?!.*\bdata cent)", re.I)
DENIABLE = frozenset({"n_talks", "n_bid", "go_ahead", "site_goes"})  # where "not" calls something off
SITED = frozenset({"mw", "space", "site"})
CALLED_OFF = re.compile(
    r"\b(?:no longer|not?\b[^.;]{0,60}\bafter all|not (?:any longer|any more)|(?:will|would|did|do|does) not "
    r"(?:be )?(?:(?:go|going|move|moving|press) (?:ahead|forward|through)|proceed|proceeding|complete|pursue))\b",
    re.I,
)
RAISED = frozenset({"raise", "raise_money"})
AS_LOAN = {"investor": "lender", "investee": "borrower"}

OPENERS = frozenset({"\n\n", "• ", "- ", "– ", "* "})  # what stands before the first sentence of an item
HAS = frozenset({"has", "have", "'ve", "had"})


TALKS = frozenset({"talks", "talks_noun", "in_talks_title", "talking"})


class Drafter:
    """Makes drafts of the events of one document."""

    def __init__(self, document: Document, scene: Scene) -> None:
        self.document = document
        self.scene = scene
        self.topic = {t: 0.25 * w for t, w in _topic(document.title).items()}
        self.year = document.published.year if document.published else 0
        self.is_about_sites = bool(OF_THE_TRADE.search(document.text))
        self.before: Draft | None = None  # the deal told last
        self.is_roundup = is_roundup(document, scene)

    def draft(self, sentence: Sentence, tree: Tree, event: Event, events: Sequence[Event] = ()) -> Draft | None:
        """The claim that an event makes, or None; ``events`` are all those of its sentence."""
        text = self.document.text
        word = tree.words[event.trigger]
        asks = sentence.kind == "title" and ASKS.match(text, sentence.start_char)  # "How X's investments …": no news
        if (
            asks
            or text[sentence.end_char - 1 : sentence.end_char] == "?"
            or context.is_hypothetical(text, sentence.start_char, word.end_char)
        ):
            return None
        if spends_as_seller(self.before, event) or funds_venture(self.before, event):
            return None
        event = of_same_two(self.before, tree, pays_for_it(self.before, tree, event, sentence))
        if sentence.kind == "body" and event.pos == "noun" and {role for _, role, _ in event.bindings} == {"other"}:
            event = with_topic(tree, event, self.scene)  # "the contract with X": of whom the document is about
        deal_type, confidence = decide_type(event, self._context_votes(tree, event, sentence))
        if not deal_type and sentence.kind == "body":
            event = with_topic(tree, event, self.scene)
            deal_type, confidence = decide_type(event, self._context_votes(tree, event, sentence))
        if not deal_type and (sentence.kind == "body" or sentence.start_char > 0):
            deal_type, confidence = goes_on(self.before, sentence, event)
        if not deal_type:
            return None
        if event.frames == ["n_lease"] and {"chips", "gpus"} & event.kinds and not SITED & event.kinds:
            deal_type = "compute"  # "an $8 billion chip lease"
        if deal_type == "compute" and UNDER_LEASE.search(text, word.end_char, sentence.end_char):
            deal_type = "lease"
        if deal_type == "equity" and event.type == "equity" and is_borrowed(tree, event):
            deal_type, event = "debt", as_loan(event)
        if event.type == "" and event.pos == "noun" and not event.bindings:
            return None
        takes_over = False
        if (
            deal_type == "equity"
            and {"buy_stake", "get_stake"} & set(event.frames)
            and buys_whole(text, word.end_char, sentence.end_char)
        ):
            deal_type, event, takes_over = "acquisition", as_takeover(event), True
        parties = {b.hit.actor.key: b for b in assign_roles(event, deal_type)}
        if deal_type == "equity" and {"n_round", "join_round", "n_investment"} & set(event.frames):
            name_investee(tree, event, parties, self.scene)
        if deal_type == "equity" and INVESTS & set(event.frames) and sentence.kind == "body":
            recall_investee(word.start_char, word.end_char, parties, self.scene, sentence.start_char)
        if deal_type == "joint_venture":
            name_partner(tree, event, parties, self.scene)
        if not parties and sentence.kind == "body":
            parties = recall_taker(tree, event, deal_type, self.scene)
        may_be_loan = MAY_BE_LOAN.search(self.document.title)
        if deal_type == "build" and sentence.kind == "title" and not parties and not may_be_loan:
            parties = only_named(sentence, self.scene) or called_developer(self.scene)
        if deal_type == "build" and not self.is_about_sites and not any(b.hit.actor.kinds for b in parties.values()):
            return None  # "set up a similar facility": an oxygen bar
        deal_type, parties = _lent(event, deal_type, parties)
        deal_type, parties = _built_for(deal_type, parties)
        deal_type = powered(deal_type, parties, by_supplier=event.frames == ["standing"])
        traders = {key for told in self.scene.told for key, role in told.items() if role in OPPOSITE}
        parties = plausible(deal_type, parties, traders)
        deal_type, parties = told_already(self.before, event, deal_type, parties)
        deal_type, parties = told_with_what(self.before, tree, event, deal_type, parties)
        in_body, leads = sentence.kind == "body", sentence.paragraph <= 1
        if is_no_deal(tree, event, deal_type, in_body=in_body, leads=leads):
            return None
        if not in_body and len(events) > 1 and describes_subject(tree, event.trigger):
            return None
        said = text[sentence.start_char : word.end_char + len(" after all")]
        denied = event.is_negated and bool(
            DENIABLE & set(event.frames) or CALLED_OFF.search(said) or (deal_type == "build" and _gives_up(tree, event))
        )
        if not parties or (event.is_negated and not denied):
            return None
        start = sentence.label_start_char if sentence.label else sentence.start_char
        clause = own_clause(tree, event, (e.trigger for e in events), self.scene, start, sentence.end_char)
        at, stop = word.start_char - start, word.end_char - start
        status, rule = context.status_of(clause, 0, len(clause), at, stop, deal_type)
        noun = max(event.words, key=lambda w: tree.words[w].end_char if _is_near(tree, event.trigger, w) else 0)
        if status == "announced" and noun != event.trigger:  # "upsizes its offering": the verb itself changes the deal
            named = tree.words[noun]
            amended, of = context.status_of(
                text, word.start_char, sentence.end_char, named.start_char, named.end_char, deal_type
            )
            status, rule = (amended, of) if amended == "amended" else (status, rule)
        if status == "announced" and sentence.label:
            status, rule = context.status_of_label(sentence.label, deal_type)
        if denied:
            status, rule = "cancelled", "denied_talks"
        if deal_type == "build" and rule in TALKS and _are_together(parties):
            deal_type = "partnership"  # "X and Y in talks to build": each talks to the other
            parties = {key: replace(b, role="partner") for key, b in parties.items()}
        if (
            status == "announced"
            and deal_type == "acquisition"
            and word.lower in BOUGHT
            and "sell_stake" not in event.frames
            and (word.tag == "VBD" or any(tree.text(c) in HAS for c in tree.children(event.trigger, "aux")))
            and sentence.kind == "body"
        ):
            status, rule = "closed", "simple_past"
        if event.status and status == "announced":
            status, rule = event.status, event.frames[0]
        habit = (in_body or tree.words[event.trigger].dep == "relcl") and is_habit(tree, event)
        stands = in_body and is_standing(tree, event, text[word.start_char : word.end_char])
        return Draft(
            type=deal_type,
            type_confidence=confidence,
            parties=parties,
            sentence=sentence,
            trigger=(word.start_char, word.end_char),
            status=status,
            focus="background"
            if is_aside(tree, event) or ((habit or stands) and not leads and not sentence.is_item)
            else self._focus(
                sentence, clause, at, stop, is_past=status != "cancelled" and not is_reported(tree, event)
            ),
            rules=[
                *event.frames,
                *(["land"] if is_land(event) else []),
                *(["control"] if takes_over or sells_control(event, text, word.end_char) else []),
                *([rule] if rule else []),
                *([LONE_PAYMENT] if is_lone_payment(event) else []),
                *(
                    [OPENS_ITEM]
                    if sentence.is_item and text[sentence.start_char - 2 : sentence.start_char] in OPENERS
                    else []
                ),
                *([ANOTHER] if ONE_MORE.search(text, sentence.start_char, word.end_char + 16) else []),
                *([PLANT_FOR_SITE] if is_for_sites(text, event, sentence, word.end_char) else []),
            ],
            target=event.target,
            strength=confidence,
            paragraph=sentence.paragraph,
            is_habit=habit,
            is_premises=bool(PREMISES.search(text, sentence.start_char, sentence.end_char)),
            is_described=in_body and describes(tree, event.trigger),
        )

    def _context_votes(self, tree: Tree, event: Event, sentence: Sentence) -> dict[str, float]:
        """Votes of things elsewhere in the sentence and in its label, weak."""
        if event.type and event.type != "partnership":
            return {}
        votes = {**self.topic, **self._label_votes(sentence)}
        for deal_type, weight in self._teller_votes(tree, event).items():
            votes[deal_type] = max(votes.get(deal_type, 0), 0.7 * weight)
        for i, word in enumerate(tree.words):
            if i in event.words:
                continue
            thing = thing_at(tree, i)
            if thing is not None and thing.kind not in ("deal",):
                for deal_type, weight in thing.votes.items():
                    votes[deal_type] = max(votes.get(deal_type, 0), 0.3 * weight)
            elif word.ref >= 0 and isinstance(self.scene.parts[word.ref], Accelerators):
                votes["chips"] = max(votes.get("chips", 0), 0.3)
                votes["compute"] = max(votes.get("compute", 0), 0.4)
        return votes

    def _label_votes(self, sentence: Sentence) -> dict[str, float]:
        """What a heading that names nobody says its line is of: "CLOUD. Pelagos renewed …"."""
        start = sentence.label_start_char
        names = self.scene.named(start, start + len(sentence.label)) if sentence.label else ()
        return {} if names else {kind: 0.5 * weight for kind, weight in _topic(sentence.label).items()}

    def _teller_votes(self, tree: Tree, event: Event) -> dict[str, float]:
        """What who tells of a deal with one company would have to do with it: "X said Y would take 40 MW"."""
        bound = {hit.actor.key: hit.actor for hit, _, _ in event.bindings}
        above = [a for a in tree.ancestors(event.trigger) if tree.is_verb(a)]
        subjects = [s for a in above for s in tree.children(a, "nsubj")]
        tellers = [actor for s in subjects if (actor := self.scene.actor_at(tree.words[s].ref)) is not None]
        if len(bound) != 1 or not tellers or tellers[0].key in bound:
            return {}
        return pair_votes(next(iter(bound.values())), tellers[0])

    def _focus(self, sentence: Sentence, clause: str, start: int, end: int, *, is_past: bool) -> str:
        leads = sentence.kind == "title" and not (sentence.start_char and clause[:1].islower())
        if leads or sentence.is_item or self.is_roundup:  # "…; it raised $2B in October": a title's afterthought
            return "primary"
        if context.is_background(clause, 0, len(clause), start, end, self.year, is_past=is_past):
            return "background"
        return "primary"


def _gives_up(tree: Tree, event: Event) -> bool:
    """Whether somebody says not to do what was known to be planned: "will not build its $900 million data center"."""
    will = any(tree.text(c) in ("will", "wo") for c in tree.children(event.trigger, "aux"))
    owned = (c for o in tree.children(event.trigger, "dobj") for c in tree.children(o, "poss", "det"))
    return will and any(tree.text(c) in DEFINITE for c in owned)


def _is_near(tree: Tree, trigger: int, other: int) -> bool:
    """Whether a joined trigger stands close behind the first: "upsizes its offering"."""
    return 0 <= other - trigger <= 8 and (other == trigger or tree.words[other].head == trigger)


def _are_together(parties: dict[str, Bound]) -> bool:
    """Whether two or more companies build, and for nobody else."""
    return len(parties) > 1 and {b.role for b in parties.values()} == {"developer"}


def _topic(title: str) -> dict[str, float]:
    """What the headline is about: the strongest vote of its words for each deal type."""
    things = load_things()
    words = re.findall(r"[a-z]+", title.lower())
    votes: dict[str, float] = {}
    for length in (1, 2, 3):
        for n in range(len(words) - length + 1):
            thing = things.get(" ".join(words[n : n + length]))
            for deal_type, weight in thing.votes.items() if thing else ():
                votes[deal_type] = max(votes.get(deal_type, 0), weight)
    return votes


def _built_for(deal_type: str, parties: dict[str, Bound]) -> tuple[str, dict[str, Bound]]:
    """A hall that a contractor is to hand over is built by whoever ordered it: no contractor lets space."""
    suppliers = [b for b in parties.values() if b.role == "supplier"]
    if deal_type != "lease" or not suppliers or not all(b.hit.actor.kinds == {"contractor"} for b in suppliers):
        return deal_type, parties
    buyers = {k: replace(b, role="developer") for k, b in parties.items() if b.role == "customer"}
    return "build", buyers


def _lent(event: Event, deal_type: str, parties: dict[str, Bound]) -> tuple[str, dict[str, Bound]]:
    """Money that only banks gave is a loan: "raised £350 million from NatWest and Barclays"."""
    givers = [b.hit.actor.kinds for b in parties.values() if b.role in ("investor", "lender")]
    banks = bool(givers) and all(kinds == {"lender"} for kinds in givers)
    if "money_from" in event.frames and not banks and not ("n_loan" in event.frames and givers):
        return deal_type, {}
    if deal_type != "equity" or not banks or not event.kinds <= MONEY or not set(event.frames) <= RAISED:
        return deal_type, parties
    return "debt", {k: Bound(b.hit, AS_LOAN.get(b.role, b.role), b.confidence) for k, b in parties.items()}
