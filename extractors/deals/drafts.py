"""Drafts: claims while they are put together, their slots, and when one is worth telling."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractors.deals.localities import most_specific
from extractors.deals.reduction import is_taken_off
from extractors.deals.roles import Bound
from extractors.deals.sentences import Sentence
from extractors.records import (
    Accelerators,
    DealMention,
    Document,
    Money,
    Party,
    Place,
    Power,
    Quantity,
    Share,
)

SUPPLY = frozenset({"compute", "chips", "lease", "power"})


PRODUCERS = frozenset("chipmaker server_maker network_equipment storage chip_equipment".split())


ALONE = frozenset({"build", "debt", "equity", "acquisition"})  # one named party is enough to tell such a deal


CONTROL = {"acquirer": "investor", "target": "investee", "investor": "acquirer", "investee": "target"}


HELD = re.compile(r"\b(?:its|his|her|their|the|entire|remaining|whole|all)\b")  # "sold its 5% stake": in somebody else
PART_SOLD = frozenset(
    {"buy_business", "buy_land", "buy_company", "sell_business", "sell_company"}
)  # "takes 25% of X's arm"
AGREED = frozenset({"deal_with", "n_deal", "n_partnership", "partner"})  # frames by which several build one site
CALLED_OFF = frozenset({"call_off_build", "drop_build"})  # frames that say of one site that it is given up
PLANT_FOR_SITE = "plant_for_site"  # a rule of drafts: a plant told to be for data centres, whosoever they are
OPENS_ITEM = "opens_item"  # a rule of drafts: told in the first sentence of an item of a list or round-up
LONE_PAYMENT = "lone_payment"  # a rule of drafts: money paid, by or to one company, for nothing named
ANOTHER = "another"  # a rule of drafts: called a second, further or earlier deal of its kind
OUTRANKING = frozenset({"changed", "total", "sum"})


@dataclass(slots=True)
class Draft:
    """A claim while it is being put together."""

    type: str
    type_confidence: float
    parties: dict[str, Bound]
    sentence: Sentence
    trigger: tuple[int, int]
    status: str
    focus: str
    rules: list[str]
    slots: dict[str, Quantity] = field(default_factory=dict)
    ranks: dict[str, str] = field(default_factory=dict)  # how a slot's amount stands to others: see Meaning.rank
    places: list[Place] = field(default_factory=list)
    target: tuple[int, int] | None = None
    is_negated: bool = False
    strength: float = 0.0
    paragraph: int = 0  # where it was told last
    waiting: dict[str, Bound] = field(default_factory=dict)  # a headline's parties that the body has not yet placed
    is_described: bool = False  # told in a clause about a site or company: "a data center that X plans to build"
    is_premises: bool = False  # what is built is called a data centre or campus, nothing that makers ship
    is_habit: bool = False  # "makers such as Dell, which buy its processors": a practice rather than a deal


def fill(draft: Draft, slot: str, quantity: Quantity, *, rank: str = "") -> None:
    """Give a slot its quantity; what is told already stays, unless the new one is a total or tells it better."""
    known = draft.slots.get(slot)
    gives_way = draft.ranks.get(slot) == "part" and not rank
    if known is None or rank in OUTRANKING or gives_way or _tells_better(slot, known, quantity):
        draft.slots[slot] = quantity
        draft.ranks[slot] = rank
    elif slot == "accelerators" and isinstance(known, Accelerators) and isinstance(quantity, Accelerators):
        draft.slots[slot] = _joined_chips(known, quantity)


def _tells_better(slot: str, known: Quantity, told: Quantity) -> bool:
    """ "a $500 million loan", then "up to $500 million"; a dollar equivalent, then the original currency."""
    if not isinstance(known, Money | Power) or not isinstance(told, Money | Power):
        return False
    if known.bound == "exact" != told.bound and size_of(known) == size_of(told):
        return True
    if not isinstance(known, Money) or not isinstance(told, Money):
        return False
    return slot == "value" and known.currency == "USD" != told.currency


def size_of(quantity: object) -> Decimal | None:
    """Amount of money or MW; None for anything else."""
    return quantity.amount if isinstance(quantity, Money) else quantity.mw if isinstance(quantity, Power) else None


def _joined_chips(known: Accelerators, told: Accelerators) -> Accelerators:
    """A count told in one place and a model in another are one amount."""
    if known.count is None and told.count is not None and told.model is None:
        known, told = told, known
    if known.model is None and told.model is not None and told.count is None:
        return Accelerators(
            count=known.count,
            bound=known.bound,
            model=told.model,
            start_char=known.start_char,
            end_char=known.end_char,
            surface=known.surface,
            is_increment=known.is_increment,
        )
    return known if known.count is not None else told


def measure(quantity: object) -> tuple[str, Decimal] | None:
    if isinstance(quantity, Power):
        return "power_mw", quantity.mw
    if isinstance(quantity, Accelerators) and quantity.count:
        return "accelerators", Decimal(quantity.count)
    return None


def amount_of(draft: Draft) -> object:
    money = draft.slots.get("value")
    return money.amount if isinstance(money, Money) else None


def settle_control(draft: Draft, text: str) -> None:
    """Half a company or more is an acquisition, less is a stake; who sells a stake in nobody else sells its own."""
    stake = draft.slots.get("stake")
    sold = {"sell_stake", "n_stake_sale"} & set(draft.rules)
    # "sells new shares", "sold a 4% holding to X"
    alone = draft.target is None and not any(b.role == "target" for b in draft.parties.values())
    if sold and draft.type == "acquisition" and stake is None and "control" not in draft.rules:
        _become(draft, "equity", {**CONTROL, "seller": "investee"} if alone else CONTROL)
        return
    if not isinstance(stake, Share) or draft.type not in ("equity", "acquisition") or "control" in draft.rules:
        return
    held = HELD.search(text, draft.trigger[1], max(draft.trigger[1], stake.start_char))
    roles = {**CONTROL, "seller": "investee"} if sold and alone and not held else CONTROL
    wanted = "acquisition" if stake.pct >= 50 else "equity"
    if wanted != draft.type and {
        "sell_stake",
        "buy_stake",
        "get_stake",
        "n_stake_sale",
        "n_stake_purchase",
        "pay_stake",
        "n_stake",
        *(PART_SOLD if stake.pct < 50 else ()),
    } & set(draft.rules):
        _become(draft, wanted, roles)


def settle_sellers(draft: Draft) -> None:
    """Who sells an investor a part of somebody else is no side; of whom shares are bought, it is the investee."""
    roles = {b.role for b in draft.parties.values()}
    if draft.type != "equity" or not {"investor", "seller"} <= roles:
        return
    if draft.target is not None or "investee" in roles:
        draft.parties = {key: b for key, b in draft.parties.items() if b.role != "seller"}
    elif not any(rule.startswith(("sell_", "n_stake_sale")) for rule in draft.rules):
        _become(draft, "equity", {"seller": "investee"})


def _become(draft: Draft, deal_type: str, roles: Mapping[str, str]) -> None:
    draft.type = deal_type
    draft.parties = {k: Bound(b.hit, roles.get(b.role, b.role), b.confidence) for k, b in draft.parties.items()}


def is_told(draft: Draft) -> bool:
    if draft.is_habit and not any(_is_sized(quantity) for quantity in draft.slots.values()):
        return False
    if draft.type == "build" and _is_site_in_passing(draft):
        return False
    if draft.type == "build" and (draft.sentence.kind != "title" or _makes_products(draft)):
        agreed = len(draft.parties) > 1 and AGREED & set(draft.rules)
        called_off = draft.status == "cancelled" and draft.focus == "primary" and CALLED_OFF & set(draft.rules)
        return bool(draft.slots.keys() - {"accelerators"} or draft.places or agreed or called_off)
    if draft.type == "acquisition" and not (
        draft.target
        or any(b.role == "target" for b in draft.parties.values())
        or {"n_purchase_agreement", "buy_land", "close_on", "land", "pay_for_site", "sell_business"} & set(draft.rules)
        or "value" in draft.slots
    ):
        return False
    if draft.type in ("debt", "equity") and draft.sentence.kind == "body" and draft.status == "announced":
        return len(draft.parties) > 1 or bool(draft.slots)  # "it will have to borrow" tells no loan
    if draft.type in ALONE:
        return True
    if len({b.role for b in draft.parties.values()}) > 1 or (len(draft.parties) > 1 and draft.type not in SUPPLY):
        return True
    if draft.sentence.kind == "title" and {"n_lease", "n_ppa", PLANT_FOR_SITE} & set(draft.rules):
        return True
    chips = draft.slots.get("accelerators")
    counted = isinstance(chips, Accelerators) and chips.count is not None
    sized = {"value", "power", *(["term"] if "n_deal" in draft.rules else [])}  # "a 20-year deal to buy power"
    return draft.type in SUPPLY and (counted or bool(sized & draft.slots.keys()))


def _is_sized(quantity: Quantity) -> bool:
    """Whether a slot says how much, not only which: "on a single CS-3" counts nothing."""
    return not isinstance(quantity, Accelerators) or quantity.count is not None


def _is_site_in_passing(draft: Draft) -> bool:
    """Whether a body only mentions a site that opened or that somebody plans: capacity, where no money is told.

    One that was called off is no capacity, whenever that was, nor one that several share or that has its tenant.
    """
    if draft.status == "cancelled" or len(draft.parties) > 1:
        return False
    if draft.sentence.kind == "title" or "value" in draft.slots:
        return False
    later = draft.sentence.paragraph > 1 and OPENS_ITEM not in draft.rules
    opened = draft.status == "closed" and later
    return opened or draft.focus == "background" or draft.is_described


def _makes_products(draft: Draft) -> bool:
    """Whether makers of chips and servers alone are told to build: most of what they "build" is for sale."""
    return not draft.is_premises and all(b.hit.actor.kinds & PRODUCERS for b in draft.parties.values())


def make_claim(document: Document, draft: Draft, number: int, reader_version: str) -> DealMention:
    text = document.text
    digest = hashlib.sha256(f"{document.document_id}\n{reader_version}\n{number}".encode()).hexdigest()
    parties = [_party(b, text) for b in draft.parties.values()]
    bought = "investee" if draft.type == "equity" else "target"
    is_sale = draft.type in ("acquisition", "equity")
    if draft.target is not None and is_sale and not any(p.role == bought for p in parties):
        a, b = draft.target
        parties.append(Party(role=bought, name=text[a:b], mention=text[a:b], start_char=a, end_char=b, confidence=0.7))
    lost = {
        slot: replace(quantity, is_increment=True)
        for slot, quantity in draft.slots.items()
        if isinstance(quantity, Money | Power | Accelerators)
        and is_taken_off(text, quantity.start_char, quantity.end_char)
    }
    slots = draft.slots | lost
    if draft.type == "acquisition" and size_of(slots.get("valuation")) == size_of(slots.get("value")):
        slots.pop("valuation", None)  # "values the company at $3 billion": the price, told twice
    return DealMention(
        deal_mention_id=digest[:32],
        type=draft.type,
        status=draft.status,
        focus=draft.focus,
        parties=tuple(sorted(parties, key=lambda p: (p.start_char, p.role))),
        value=slots.get("value"),  # type: ignore[arg-type]
        valuation=slots.get("valuation"),  # type: ignore[arg-type]
        power=slots.get("power"),  # type: ignore[arg-type]
        accelerators=slots.get("accelerators"),  # type: ignore[arg-type]
        term=slots.get("term"),  # type: ignore[arg-type]
        stake=slots.get("stake"),  # type: ignore[arg-type]
        start=slots.get("start"),  # type: ignore[arg-type]
        end=slots.get("end"),  # type: ignore[arg-type]
        locations=most_specific(draft.places) if draft.type not in ("equity", "acquisition") else (),
        trigger_start_char=draft.trigger[0],
        trigger_end_char=draft.trigger[1],
        sentence_start_char=draft.sentence.start_char,
        sentence_end_char=draft.sentence.end_char,
        confidence=round(min(draft.strength, min((b.confidence for b in draft.parties.values()), default=0.5)), 3),
        rules=tuple(dict.fromkeys(draft.rules)),
        is_reduction=bool(lost),
    )


def _party(bound: Bound, text: str) -> Party:
    """The company where the sentence names it; where it says "the pair" or "it", where the text last named it."""
    hit = bound.hit
    start, end = hit.start_char, hit.end_char
    named = [(m.start_char, m.end_char) for m in hit.actor.mentions]
    if named and (start, end) not in named:
        start, end = max((span for span in named if span[0] <= start), default=named[0])
    return Party(
        role=bound.role,
        name=hit.actor.name,
        mention=text[start:end],
        company_id=hit.actor.company_id,
        start_char=start,
        end_char=end,
        confidence=bound.confidence,
    )
