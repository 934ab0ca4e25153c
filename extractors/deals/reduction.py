"""Amounts that are taken off a deal: "cuts its order by 12,000 chips", "takes $140 million off", "40 MW fewer"."""

from __future__ import annotations

import re

# between the verb and "by" stand the deal and whose it is, no other amount
CUT_BY = re.compile(
    r"\b(?:cut(?:s|ting)?|trim(?:s|med|ming)?|reduc(?:e|es|ed|ing)|slash(?:es|ed|ing)?|lower(?:s|ed|ing)?"
    r"|shr[aiu]nk(?:s|ing)?|scal(?:e|es|ed|ing) (?:back|down)|par(?:e|es|ed|ing)(?: back| down)?|decreas(?:e|es|ed|ing)"
    r"|f[ae]ll(?:s|ing)?|drop(?:s|ped|ping)?)\b[^.;:\d]{0,70}"
    r"\bby (?:(?:about|some|around|nearly|roughly|almost|another) )?$",
    re.I,
)
GIVEN_BACK = re.compile(
    r"\b(?:giv(?:e|es|ing)|gave|given|hand(?:s|ed|ing)?) back (?:(?:about|some|around|nearly|roughly|almost) )?$", re.I
)
FEWER = re.compile(r"(?: of (?:capacity|compute|power|space))? (?:fewer|less)\b", re.I)
OFF = re.compile(r"(?: of capacity)? off (?:its|the|their|that|an?|\S+['’]s)\b", re.I)
WIDEST = 110


def is_taken_off(text: str, start: int, end: int) -> bool:
    """Whether the amount at text[start:end] is what a deal loses.

    >>> text = "Haneul cuts its Arcline order by 12,000 chips to 28,000"
    >>> is_taken_off(text, text.index("12"), text.index(" to")), is_taken_off(text, text.index("28"), len(text))
    (True, False)
    """
    before = text[max(0, start - WIDEST) : start]
    if CUT_BY.search(before) or GIVEN_BACK.search(before):
        return True
    return bool(FEWER.match(text, end) or FEWER.search(text[start:end]) or OFF.match(text, end))
