"""What was agreed, how it stands, on what terms, and which terms nobody disclosed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards import figures
from dashboards.analysis.sentence import Citation, Sentence, cite, listed, named
from dashboards.guard import plain
from dashboards.rows import Row

# What each type of deal is, by the roles that are known: the first line whose roles are all there is taken.
SUBSTANCE: dict[str, tuple[str, ...]] = {
    "compute": (
        "a contract under which {supplier} provides {customer} with computing capacity",
        "a contract for computing capacity from {supplier}",
        "a contract for computing capacity for {customer}",
        "a contract for computing capacity",
    ),
    "chips": (
        "an order under which {supplier} delivers chips or systems to {customer}",
        "an order of chips or systems from {supplier}",
        "an order of chips or systems by {customer}",
        "an order of chips or systems",
    ),
    "lease": (
        "a lease under which {customer} takes data-centre capacity from {supplier}",
        "a lease of data-centre capacity by {customer}",
        "a lease of data-centre capacity from {supplier}",
        "a lease of data-centre capacity",
    ),
    "power": (
        "a contract under which {supplier} supplies {customer} with power",
        "a contract for power from {supplier}",
        "a contract for power for {customer}",
        "a contract for power",
    ),
    "build": (
        "a build by {developer} for {customer}",
        "a build by {developer}",
        "a build for {customer}",
        "a build",
    ),
    "equity": (
        "an investment by {investor} in {investee}",
        "an investment in {investee}",
        "an investment by {investor}",
        "an investment",
    ),
    "debt": (
        "a financing of {borrower} by {lender}",
        "a financing of {borrower}",
        "a financing by {lender}",
        "a financing",
    ),
    "acquisition": (
        "the acquisition of {target} by {acquirer} from {seller}",
        "the acquisition of {target} by {acquirer}",
        "the sale of {target} by {seller}",
        "an acquisition by {acquirer}",
        "an acquisition of {target}",
        "an acquisition",
    ),
    "joint_venture": ("a joint venture of {partner}", "a joint venture"),
    "partnership": ("a partnership of {partner}", "a partnership"),
}
STANDING = {
    "rumored": "{Substance} is reported as sought, not as agreed{first}.",
    "announced": "{Substance} was announced{on}.",
    "closed": "{Substance} is completed{changed}.",
    "amended": "{Substance} was amended{changed}.",
    "cancelled": "{Substance} is off{changed}.",
}
# The terms that readers ask for, by type of deal.
ASKED = {
    "compute": ("value", "power", "accelerators", "term_months"),
    "chips": ("value", "accelerators"),
    "lease": ("value", "power", "term_months", "locations"),
    "power": ("value", "power", "term_months"),
    "build": ("value", "power", "locations", "end_period"),
    "equity": ("value", "valuation", "stake_pct"),
    "debt": ("value", "term_months"),
    "acquisition": ("value",),
    "joint_venture": ("value", "stake_pct"),
    "partnership": ("value",),
}
EVIDENCE_SLOTS = {"start_period": "start", "end_period": "end", "locations": "location"}
TERM_WORDS = {
    "value": "the value",
    "valuation": "the valuation",
    "power": "the power",
    "accelerators": "the number of accelerators",
    "term_months": "the length of the contract",
    "stake_pct": "the stake",
    "start_period": "the start",
    "end_period": "the completion",
    "locations": "the place",
}


def sentences(
    deal: Row, parties: Sequence[dict[str, str]], evidence: Sequence[Row], revisions: Sequence[Row]
) -> tuple[Sentence, ...]:
    """The deal in a sentence, its terms, what changed last, and what is not disclosed.

    ``evidence``: its quoted claims, those that the figures stand on first; ``revisions``: its history, newest first.
    """
    rows = (cite("deals", deal_id=deal["deal_id"]),)
    terms = terms_told(deal)
    told = [Sentence(_standing(deal, parties), rows)]
    if terms:
        told.append(Sentence(f"Terms: {', '.join(terms.values())}.", rows + _sources(terms, evidence)))
    told += _changed(deal, revisions)
    if missing := [TERM_WORDS[slot] for slot in ASKED[deal["type"]] if slot not in terms]:
        told.append(Sentence(f"Not disclosed in what was read: {listed(missing, most=6)}.", rows))
    return tuple(told)


def substance(deal: Row, parties: Sequence[dict[str, str]]) -> str:
    """What the deal is, with its parties: ``a lease of data-centre capacity by Meta``."""
    names = {role: listed(named(parties, role)) for role in {party["role"] for party in parties}}
    for pattern in SUBSTANCE[deal["type"]]:
        try:
            return pattern.format_map(names)
        except KeyError:
            continue
    raise AssertionError(f"no pattern without roles for {deal['type']}")


def terms_told(deal: Row) -> dict[str, str]:
    """The terms that the tape holds, slot -> words."""
    told = {
        "value": figures.deal_value(deal),
        "power": figures.deal_power(deal),
        "accelerators": _accelerators(deal),
        "term_months": figures.term(deal["term_months"]),
        "valuation": _prefixed(
            "at a valuation of ", figures.money(deal["valuation_amount"], deal["valuation_currency_code"])
        ),
        "stake_pct": "" if deal["stake_pct"] is None else f"a stake of {figures.number(deal['stake_pct'])}%",
        "start_period": _prefixed("from ", figures.period(plain(deal["start_period"]))),
        "end_period": _prefixed("until ", figures.period(plain(deal["end_period"]))),
        "locations": _prefixed("in ", plain(deal["locations"])),
    }
    return {slot: words for slot, words in told.items() if words not in ("", figures.NONE)}


def _standing(deal: Row, parties: Sequence[dict[str, str]]) -> str:
    what = substance(deal, parties)
    return STANDING[deal["status"]].format(
        Substance=what[0].upper() + what[1:],
        on=_dated(deal["announced_on"]),
        first=_dated(deal["first_reported_on"], ", first"),
        changed=_dated(deal["last_changed_on"], " as told"),
    )


def _sources(terms: Mapping[str, str], evidence: Sequence[Row]) -> tuple[Citation, ...]:
    """For each term the quotation that it stands on."""
    quoted = {EVIDENCE_SLOTS.get(slot, slot): None for slot in terms}
    behind = {slot: next((row for row in evidence if row["slot"].partition(":")[0] == slot), None) for slot in quoted}
    keys = ("deal_id", "deal_mention_id", "slot")
    return tuple(cite("deal_evidence", **{key: row[key] for key in keys}) for row in behind.values() if row)


def _changed(deal: Row, revisions: Sequence[Row]) -> list[Sentence]:
    """What the newest revision changed against the one before, if anything that readers look at."""
    if len(revisions) < 2:
        return []
    now, before = revisions[0], revisions[1]
    pairs = {
        "the status": (before["status"], now["status"]),
        "the value": (figures.deal_value(before), figures.deal_value(now)),
        "the power": (figures.deal_power(before), figures.deal_power(now)),
        "the length": (figures.term(before["term_months"]), figures.term(now["term_months"])),
    }
    changes = [
        f"{what} from {old} to {new}"
        for what, (old, new) in pairs.items()
        if figures.NONE not in (old, new) and old != new
    ]
    if not changes:
        return []
    cites = tuple(
        cite("deal_revisions", deal_id=deal["deal_id"], revision=str(row["revision"])) for row in (before, now)
    )
    return [Sentence(f"The last change{_dated(now['as_of_on'])} moved {listed(changes)}.", cites)]


def _dated(on: Any, word: str = "") -> str:
    return f"{word} on {figures.day(on)}" if on else ""


def _accelerators(deal: Row) -> str:
    told = plain(figures.deal_accelerators(deal))
    return f"{told} accelerators" if told != figures.NONE else ""


def _prefixed(words: str, text: str) -> str:
    return words + text if text not in ("", figures.NONE) else ""
