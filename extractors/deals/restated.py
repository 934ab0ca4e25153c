"""What a later sentence says has become of a deal told before: "That lease was torn up in May"."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

from extractors.registry.rows import registry_rows

REFERS = (  # the deal as the subject: "that lease", "the two companies' agreement", "talks"
    r"\b(?:(?:the|that|this|its|their|both|those|these)(?: [\w'’-]+){0,4}? (?P<noun>deal|agreement|contract|lease|pact|"
    r"order|transaction|merger|acquisition|purchase|takeover|sale|loan|financing|bond sale|offering|partnership|"
    r"alliance|venture|plan|project|arrangement|ppa|accord|negotiation|talk|discussion|bid|offer|round)s?|talks|negotiations|it|"
    r"they)"
)
LATER = r"(?: (?:since|now|later|then|eventually|ultimately|also|soon|finally|already))?"
HAS = rf"{LATER}(?: ha(?:s|ve|d))?{LATER}"
IS = rf"(?:{LATER} (?:has|have|had|was|were|is|are|been|being)){{1,2}}{LATER}"
NOT_YET = re.compile(
    r"\b(?:if|unless|until|once|when|should|could|would|may|might|must|will|not|to be|denied|earlier)\b", re.I
)


DENIED = re.compile(  # what takes back a whole sentence told before: "It is not.", "No such deal was ever discussed"
    r"(?<![\w,] )\b(?:it|that|this|they) (?:is|was|are|were|has|have|had|did|does|do|will) not"
    r"(?: so| true| the case| happen(?:ing)?)?\."
    r"|\bno such (?:\w+ )?(?:deal|transaction|agreement|contract|order|talks|discussions?|sale|purchase|plans?|offer"
    r"|lease|approach|loan|investment)\b"
    r"|\bthe (?:report|story|rumou?r|claim|speculation) (?:is|was) (?:\w+ )?"
    r"(?:untrue|false|wrong|incorrect|baseless|inaccurate)\b",
    re.I,
)


@functools.cache
def load_restated() -> Mapping[str, re.Pattern[str]]:
    """Status -> pattern of a clause that gives it to a deal told before."""
    said: dict[str, list[str]] = {}
    for _, row in registry_rows("restated_rules.csv"):
        words = "|".join(map(re.escape, row["words"].split("|")))
        said.setdefault(row["status"], []).append(rf"{IS if row['voice'] == 'passive' else HAS} (?:{words})")
    return MappingProxyType(
        {status: re.compile(rf"{REFERS}(?:{'|'.join(forms)})\b", re.I) for status, forms in said.items()}
    )


def restated(text: str, start: int, end: int) -> tuple[str, str]:
    """(status, noun) of a deal told before that text[start:end] speaks of; the noun is "" where it says "it".

    Both are "" where nothing is said.
    """
    if DENIED.search(text, start, end):
        return "cancelled", ""
    for status, pattern in load_restated().items():
        found = pattern.search(text, start, end)
        if found and not NOT_YET.search(text, max(start, found.start() - 30), found.end()):
            return status, (found["noun"] or "").lower()
    return "", ""
