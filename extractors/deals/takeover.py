"""Shares that make their buyer the owner: all of them, a majority, the rest of what somebody has not got."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.deals.drafts import CONTROL
from extractors.deals.event import Event

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
    r"| (?:the |its )?(?:remaining|other) [\d.]+ ?(?:%|per ?cent\b)"
    r"|(?: that| which)? (?:it|he|they) (?:did|do|does) not (?:already |yet )?own\b"
    r"| 100(?:%| per ?cent| percent)| (?:a |the )?(?:majority|controlling)\b",
    re.I,
)


def buys_whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], after a verb of buying, says that the buyer then owns all or most of a company."""
    return WHOLE.search(text, start, end) is not None


def sells_control(event: Event, text: str, end: int) -> bool:
    """ "sells a majority stake in X": the shares that are left do not make it less than a takeover."""
    sells = {"sell_stake", "n_stake_sale"} & set(event.frames)
    return bool(sells) and CONTROL_OF.match(text, end) is not None


def as_takeover(event: Event) -> Event:
    """All the shares bought: the roles of a stake as those of a takeover."""
    return replace(event, type="acquisition", bindings=[(h, CONTROL.get(r, r), n) for h, r, n in event.bindings])
