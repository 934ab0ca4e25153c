"""What a document calls a party after its role: "the borrower", "Harrow Digital Corp. (the "Tenant")"."""

from __future__ import annotations

import re

# "the operator" and "the developer" are kinds of companies instead
PLAYERS = {
    **dict.fromkeys("customer client tenant lessee occupier offtaker subscriber".split(), ("customer",)),
    **dict.fromkeys("supplier vendor landlord lessor".split(), ("supplier", "seller")),
    **dict.fromkeys("seller sellers".split(), ("seller", "supplier")),
    **dict.fromkeys("buyer purchaser acquirer suitor bidder acquiror".split(), ("acquirer", "customer")),
    **dict.fromkeys("target quarry prey acquiree".split(), ("target",)),
    **dict.fromkeys(
        "lender lenders bank banks arranger arrangers creditor creditors financier financiers".split(), ("lender",)
    ),
    **dict.fromkeys("borrower debtor issuer".split(), ("borrower",)),
    **dict.fromkeys("investor investors backer backers".split(), ("investor",)),
    **dict.fromkeys("investee".split(), ("investee",)),
    **dict.fromkeys("guarantor".split(), ("guarantor",)),
    **dict.fromkeys("counterparty".split(), ("customer", "supplier")),
    **dict.fromkeys("customers clients tenants".split(), ("customer",)),
    **dict.fromkeys("suppliers vendors".split(), ("supplier",)),
    **dict.fromkeys("partners".split(), ("partner",)),
}
DEFINED = re.compile(
    r",?[^()\"“”.;]{0,40}\((?:[^()]{0,60}, )?(?:the |as |together, the )?[\"“](?P<word>[A-Z][a-z]+)[\"”]"
)


def roles_called(text: str, end: int) -> tuple[str, ...]:
    """The roles, likeliest first, of a company whose name ends at ``end`` and is then defined by one; () for none.

    >>> roles_called('Harrow Digital Corp. (the "Tenant") signed', 20)
    ('customer',)
    """
    defined = DEFINED.match(text, end)
    return PLAYERS.get(defined["word"].lower(), ()) if defined else ()
