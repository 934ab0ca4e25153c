"""Deals that a document recalls beside its news: what somebody has already, what was agreed before.

A phrase such as "has a contract with" tells the news where nothing was told before it, and recalls another deal where
something was. So these are asked only of a deal that comes after a first one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.deals.drafts import Draft

NEAR = 110  # characters after a trigger that may say since when it is so
HAS_ALREADY = re.compile(  # ends at the trigger
    r"\b(?:ha(?:s|ve)|holds?|owns?) (?:an?|its|their|the|another) (?:[^\s,;]+ ){0,4}$|"
    r"\b(?:present|existing|current|incumbent|longtime|sole|other|biggest|largest) (?:[\w-]+ )?$|"
    r"\b(?:no change to|under which|since then|just last|default under|terms of) (?:[^;]{0,60})$|"
    r"\b(?:is|are|was|were|has been|have been) (?:also |already |both )?(?:a|an|its|their) (?:\w+ and a )?$",
    re.I,
)
UNTIL_NOW = re.compile(  # stands behind the trigger
    r"\b(?:(?:that|which) (?:[\w'’.-]+ ){1,4}(?:signed|struck|agreed|reached|concluded|won|announced|closed)|"
    r"signed|agreed|reached|concluded|struck|announced|closed) (?:with \S+ )?"
    r"(?:at the weekend|in (?:19|20)\d\d)|"
    r"\b(?:for years|(?:is|are|remains?) in force|(?:is|are) (?:un(?:affected|changed)|not touched)|"
    r"remains? (?:in (?:its|their) hands|unchanged|in place)|in the (?:spring|summer|autumn|fall|winter))\b",
    re.I,
)
LAST_WEEK = re.compile(r"\blast (?:week|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", re.I)


def recalls(text: str, draft: Draft, before: Sequence[Draft]) -> bool:
    """Whether a body tells this deal as one that was there before its news."""
    sentence = draft.sentence
    told = [known for known in before if known.focus == "primary" and known.sentence is not sentence]
    if sentence.kind != "body" or sentence.is_item or not told:
        return False
    start, end = draft.trigger
    after = text[end : min(end + NEAR, sentence.end_char)]
    return bool(
        HAS_ALREADY.search(text, sentence.start_char, start)
        or UNTIL_NOW.search(after)
        or LAST_WEEK.search(text, sentence.start_char, min(end + NEAR, sentence.end_char))
    )
