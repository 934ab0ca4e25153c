"""Money that is raised from lenders: the telling of a round, with the roles of a loan."""

from __future__ import annotations

from dataclasses import replace

from extractors.deals.event import Event
from extractors.deals.tree import Tree

LOAN_ROLES = {"investee": "borrower", "investor": "lender"}
RAISES = frozenset({"raise", "raise_money", "raise_funding"})
OWED = frozenset("maturity maturities maturing coupon coupons tenor tenors".split())
BANKS = frozenset("bank banks lender lenders creditors".split())


def raises_plainly(event: Event) -> bool:
    """Whether an event is money raised, without a word of a round or of shares."""
    return event.type == "equity" and bool(RAISES & set(event.frames)) and not event.kinds & {"funding", "stake"}


def as_loan(event: Event) -> Event:
    """Money raised from banks: the roles of a round as those of a loan."""
    return replace(event, type="debt", bindings=[(h, LOAN_ROLES.get(r, r), n) for h, r, n in event.bindings])


def is_borrowed(tree: Tree, event: Event) -> bool:
    """Whether money that is raised comes from lenders: "obtained $1.7 billion from nine banks"."""
    if not raises_plainly(event):
        return False
    givers = [h.actor for h, role, _ in event.bindings if role == "investor"]
    if givers:
        return all("lender" in a.kinds for a in givers)
    words = tree.words[event.trigger :]
    if any(w.lower in OWED for w in words):
        return True  # "raised $20 billion, with maturities of up to 40 years"
    return any(w.lower == "from" and BANKS & {x.lower for x in tree.words[w.i + 1 : w.i + 5]} for w in words)
