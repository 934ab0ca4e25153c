"""From an event to a draft: its type, roles, status and focus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.deals import context
from extractors.deals.aside import describes, describes_subject, is_aside
from extractors.deals.clause import own_clause
from extractors.deals.deal_type import decide_type
from extractors.deals.drafts import CONTROL, LONE_PAYMENT, PLANT_FOR_SITE, SUPPLY, Draft
from extractors.deals.event import Event
from extractors.deals.for_sites import OF_THE_TRADE, PREMISES, is_for_sites, is_land
from extractors.deals.frames import load_things
from extractors.deals.loans import as_loan, is_borrowed
from extractors.deals.matter import MONEY, thing_at
from extractors.deals.no_deal import is_habit, is_lone_payment, is_no_deal, plausible
from extractors.deals.roles import Bound, assign_roles
from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence
from extractors.deals.tree import Tree
from extractors.deals.unnamed import name_investee, only_named, recall_investee, recall_taker, with_topic
from extractors.records import Accelerators, Document
from extractors.registry.verbs import forms_of

CONTROL_OF = re.compile(  # what makes a buyer the owner; an "entire stake" is what somebody happened to hold
    r" (?:all|every one) (?:of )?(?:the |its )?(?:\S+ ){0,3}?(?:shares|stock|equity|share capital)\b"
    r"| 100(?:%| per ?cent| percent)| (?:a |the )?(?:majority|controlling)\b",
    re.I,
)
WHOLE = re.compile(
    r" (?:all|every one) (?:of )?(?:the |its )?"
    r"(?:(?:\S+ ){0,3}?(?:shares|stock|equity|share capital|interests?|units)\b)"
    r"| (?:the |its )?(?:entire|whole|remaining) (?:\S+ ){0,3}?"
    r"(?:shares|stock|stake|equity|capital|interest|holding)\b"
    r"| 100(?:%| per ?cent| percent)| (?:a |the )?(?:majority|controlling)\b",
    re.I,
)
ASKS = re.compile(r"(?:how|why|what|who|when|where|inside|meet|should|could|can|is|are|does|do|did)\b(?!['’])", re.I)
UNDER_LEASE = re.compile(
    r"\b(?:under|on|in) (?:an?|the|its) (?:\S+ ){0,4}?(?:lease|tenancy|sublease|colocation)\b", re.I
)
BOUGHT = frozenset("bought acquired purchased absorbed swallowed paid".split())

ROUNDUP = re.compile(
    r"\b(?:digest|diary|round-?up|factbox|in brief|(?:the|this) (?:week|month)\b|monthly|"
    r"weekly|who bought what|deals? (?:of|so far)|recap|at a glance|news in|briefs?|"
    r"timeline|chronology|tracker|scoreboard|scorecard|in numbers|subsequent events|shorts|fortnight|wrap|"
    r"(?:two|three|four|five|six|seven|eight|ten|\d+) (?:things|deals|contracts|transactions))\b",
    re.I,
)


INVESTS = frozenset({"put_in", "subscribe", "write_cheque", "invest_equity"})

MAY_BE_LOAN = re.compile(r"\bfacility\b(?!.*\bdata cent)", re.I)
DENIABLE = frozenset({"n_talks", "n_bid", "go_ahead", "site_goes"})  # where "not" calls something off
MEASURED = frozenset({"mw", "gpus", "space", "capacity"})
SITED = frozenset({"mw", "space", "site"})
CALLED_OFF = re.compile(r"\b(?:no longer|not?\b[^.;]{0,60}\bafter all|not (?:any longer|any more))\b", re.I)
RAISED = frozenset({"raise", "raise_money"})
AS_LOAN = {"investor": "lender", "investee": "borrower"}

HAS = frozenset({"has", "have", "'ve", "had"})

SETS_UP = forms_of("deploy install commission".split())

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
        self.is_roundup = bool(ROUNDUP.search(document.title))

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
        if self._spends_as_seller(event):
            return None
        event = self._pays_for_it(tree, event, sentence)
        if sentence.kind == "body" and event.pos == "noun" and {role for _, role, _ in event.bindings} == {"other"}:
            event = with_topic(tree, event, self.scene)  # "the contract with X": of whom the document is about
        deal_type, confidence = decide_type(event, self._context_votes(tree, event))
        if not deal_type and sentence.kind == "body":
            event = with_topic(tree, event, self.scene)
            deal_type, confidence = decide_type(event, self._context_votes(tree, event))
        if not deal_type and (sentence.kind == "body" or sentence.start_char > 0):
            deal_type, confidence = self._goes_on(sentence, event)
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
        if (
            deal_type == "equity"
            and {"buy_stake", "get_stake"} & set(event.frames)
            and WHOLE.search(text, word.end_char, sentence.end_char)
        ):
            deal_type, event = "acquisition", as_takeover(event)
        parties = {b.hit.actor.key: b for b in assign_roles(event, deal_type)}
        if deal_type == "equity" and {"n_round", "join_round", "n_investment"} & set(event.frames):
            name_investee(tree, event, parties, self.scene)
        if deal_type == "equity" and INVESTS & set(event.frames) and sentence.kind == "body":
            recall_investee(word.start_char, word.end_char, parties, self.scene)
        if not parties and sentence.kind == "body":
            parties = recall_taker(tree, event, deal_type, self.scene)
        may_be_loan = MAY_BE_LOAN.search(self.document.title)
        if deal_type == "build" and sentence.kind == "title" and not parties and not may_be_loan:
            parties = only_named(sentence, self.scene)
        if deal_type == "build" and not self.is_about_sites and not any(b.hit.actor.kinds for b in parties.values()):
            return None  # "set up a similar facility": an oxygen bar
        deal_type, parties = _lent(event, deal_type, parties)
        deal_type, parties = _built_for(deal_type, parties)
        parties = plausible(deal_type, parties)
        deal_type, parties = self._told_already(event, deal_type, parties)
        deal_type, parties = self._told_with_what(tree, event, deal_type, parties)
        in_body, leads = sentence.kind == "body", sentence.paragraph <= 1
        if is_no_deal(tree, event, deal_type, in_body=in_body, leads=leads):
            return None
        if not in_body and len(events) > 1 and describes_subject(tree, event.trigger):
            return None
        said = text[sentence.start_char : word.end_char + len(" after all")]
        denied = event.is_negated and bool(DENIABLE & set(event.frames) or CALLED_OFF.search(said))
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
            and (word.tag == "VBD" or any(tree.text(c) in HAS for c in tree.children(event.trigger, "aux")))
            and sentence.kind == "body"
        ):
            status, rule = "closed", "simple_past"
        if event.status and status == "announced":
            status, rule = event.status, event.frames[0]
        habit = (in_body or tree.words[event.trigger].dep == "relcl") and is_habit(tree, event)
        return Draft(
            type=deal_type,
            type_confidence=confidence,
            parties=parties,
            sentence=sentence,
            trigger=(word.start_char, word.end_char),
            status=status,
            focus="background"
            if is_aside(tree, event) or (habit and not leads and not sentence.is_item)
            else self._focus(sentence, clause, word.start_char - start, word.end_char - start),
            rules=[
                *event.frames,
                *(["land"] if is_land(event) else []),
                *(["control"] if self._sells_control(event, word.end_char) else []),
                *([rule] if rule else []),
                *([LONE_PAYMENT] if is_lone_payment(event) else []),
                *([PLANT_FOR_SITE] if is_for_sites(text, event, sentence, word.end_char) else []),
            ],
            target=event.target,
            strength=confidence,
            paragraph=sentence.paragraph,
            is_habit=habit,
            is_premises=bool(PREMISES.search(text, sentence.start_char, sentence.end_char)),
            is_described=in_body and describes(tree, event.trigger),
        )

    def _spends_as_seller(self, event: Event) -> bool:
        """Whether a seller only says what its goods take: "X", who sells Y power, "will spend $1 billion on works"."""
        spenders = {hit.actor.key for hit, role, _ in event.bindings if role in ("customer", "side")}
        before = self.before
        if event.frames not in (["commit_to"], ["spend_power"]) or len(event.bindings) != 1 or before is None:
            return False
        sells = {key for key, bound in before.parties.items() if bound.role == "supplier"}
        return before.type in ("power", "chips") and bool(spenders & sells)

    def _pays_for_it(self, tree: Tree, event: Event, sentence: Sentence) -> Event:
        """ "Y will pay $585 million for them": what X was told to sell before."""
        before = self.before
        pays = event.frames == ["commit_to"] and before is not None and before.type == "acquisition"
        if not pays or before is None or sentence.paragraph - before.paragraph > 1:
            return event
        meant = [p for c in tree.children(event.trigger, "prep", "dative") for p in tree.children(c, "pobj")]
        if not any(tree.text(p) in ("it", "them") for p in meant):
            return event
        buyers = [(h, "acquirer", near) for h, role, near in event.bindings if role == "customer"]
        told = [(b.hit, b.role, False) for b in before.parties.values() if b.role in ("seller", "target")]
        return replace(event, type="acquisition", bindings=[*buyers, *told], contract_side="")

    def _goes_on(self, sentence: Sentence, event: Event) -> tuple[str, float]:
        """The type of the deal told right before, for an amount that goes to another: "the last 48 MW went to X"."""
        before = self.before
        if before is None or event.type or before.type not in SUPPLY:
            return "", 0.0
        if not MEASURED & event.kinds and not (event.is_definite and event.frames == ["n_deal"]):
            return "", 0.0
        is_near = sentence.paragraph - before.paragraph <= 1 and {h.actor.key for h, _, _ in event.bindings}
        return (before.type, 0.5) if is_near else ("", 0.0)

    def _told_already(self, event: Event, deal_type: str, parties: dict[str, Bound]) -> tuple[str, dict[str, Bound]]:
        """ "The companies expect to complete the transaction": the deal that they were told to do right before."""
        before = self.before
        if before is None or event.type or not event.is_definite:
            return deal_type, parties
        if event.frames == ["n_order"] and before.type == "power" and parties.keys() <= before.parties.keys():
            return before.type, {key: replace(b, role=before.parties[key].role) for key, b in parties.items()}
        if event.frames != ["n_deal"] or len(parties) < 2:
            return deal_type, parties
        if not parties.keys() <= before.parties.keys() or any(b.hit.how != "anaphor" for b in parties.values()):
            return deal_type, parties
        return before.type, {key: replace(b, role=before.parties[key].role) for key, b in parties.items()}

    def _told_with_what(
        self, tree: Tree, event: Event, deal_type: str, parties: dict[str, Bound]
    ) -> tuple[str, dict[str, Bound]]:
        """ "It will use 20,000 GB200 chips": those that the deal told right before runs on, and no purchase."""
        before = self.before
        if before is None or before.type != "compute":
            return deal_type, parties
        buys = event.frames == ["buy_chips"]
        sets_up = tree.text(event.trigger) in SETS_UP or tree.words[event.trigger].dep == "advcl"
        sells_again = event.frames[0] == "sell_chips" and parties.keys() <= before.parties.keys()
        if event.frames != ["use_chips"] and not (buys and sets_up) and not sells_again:
            return deal_type, parties
        if any(b.role == "customer" and key not in before.parties for key, b in parties.items()):
            return deal_type, parties
        kept = {key: b for key, b in parties.items() if key in before.parties}
        return before.type, {key: replace(b, role=before.parties[key].role) for key, b in kept.items()}

    def _sells_control(self, event: Event, end: int) -> bool:
        """ "sells a majority stake in X": the shares that are left do not make it less than a takeover."""
        sells = {"sell_stake", "n_stake_sale"} & set(event.frames)
        return bool(sells) and CONTROL_OF.match(self.document.text, end) is not None

    def _context_votes(self, tree: Tree, event: Event) -> dict[str, float]:
        """Votes of things elsewhere in the sentence, weak."""
        if event.type and event.type != "partnership":
            return {}
        votes = dict(self.topic)
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

    def _focus(self, sentence: Sentence, clause: str, start: int, end: int) -> str:
        leads = sentence.kind == "title" and not (sentence.start_char and clause[:1].islower())
        if leads or sentence.is_item or self.is_roundup:  # "…; it raised $2B in October": a title's afterthought
            return "primary"
        if context.is_background(clause, 0, len(clause), start, end, self.year):
            return "background"
        return "primary"


def as_takeover(event: Event) -> Event:
    """All the shares bought: the roles of a stake as those of a takeover."""
    return replace(event, type="acquisition", bindings=[(h, CONTROL.get(r, r), n) for h, r, n in event.bindings])


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
