"""Headlines that name the parties of several deals at once: "Halden picks Jindara and Beilan for Reno hub".

Where the body tells a deal with one of them alone, the others wait until the end of the document: they return to the
headline's deal unless the body told a deal of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.deals.drafts import Draft

TERMS = frozenset({"value", "power", "accelerators", "term", "stake"})


def set_aside(known: Draft, told: Draft) -> None:
    """Take from a headline's deal the companies that a body's telling of it leaves out in a role that it fills.

    So does a portion of a deal that an earlier sentence told of several: "contracts with A and B. A will take 10 MW …".
    """
    is_part = "distributed" in told.rules and "distributed" not in known.rules
    if told.sentence.kind == "title" or len(told.parties) < 2 or not (is_part or known.sentence.kind == "title"):
        return
    for role in {b.role for b in told.parties.values()}:
        listed = {k for k, b in known.parties.items() if b.role == role}
        kept = {k for k in listed if k in told.parties}
        if kept and kept != listed:
            known.waiting |= {k: known.parties.pop(k) for k in listed - kept}


def settle_waiting(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with every waiting company in its own deal or back in the headline's."""
    left = list(drafts)
    for known in drafts:
        for key, bound in known.waiting.items():
            own = [d for d in left if d is not known and key in d.parties and d.parties.keys() & known.parties.keys()]
            if not own:
                known.parties[key] = bound
            elif len(own) == 1 and own[0].type == known.type and not TERMS & own[0].slots.keys():
                known.parties[key] = bound
                left.remove(own[0])
    return left
