"""Status, denial and time by context rules: phrases around a trigger, kept as rows of ``context_rules.csv``."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from extractors.errors import RegistryError
from extractors.records import DEAL_TYPES
from extractors.registry.rows import registry_rows

WINDOW_BEFORE, WINDOW_AFTER = 110, 80  # characters around a trigger that can colour it
STATUS_AFTER = 160  # characters after it that can say what became of it
PRECEDENCE = ("cancelled", "rumored", "amended", "closed")
EFFECTS = frozenset(PRECEDENCE)

BACKGROUND = re.compile(
    r"\b(?:last (?:year|month|autumn|fall|spring|summer|winter|january|february|march|"
    r"april|may|june|july|august|september|october"
    r"|november|december)|(?<!a day )earlier(?: this| in|,| deal| agreement| contract)?"
    r"|(?<!lion )(?<![MG]W )previously|"
    r"already|(?:days|weeks|fortnight|months|years?|week|month) "
    r"(?:ago|earlier|before)"
    r"|(?:at the end of|(?:early|late) (?:in|last)|in (?:early|late|mid-?)) ?(?:january|"
    r"february|march|april|may|june|july|august|september|october|november|december)"
    r"|in (?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december)\b(?: 20\d\d)?|(?:in|since) (?:early |late |mid-?)?(?P<year>20\d\d)\b"
    r"|(?:a|\w+) (?:weeks?|months?|years?) later"
    r"|since (?:the first|20\d\d|january|february|march|april|may|june|july|august|september|"
    r"october|november|december)|originally"
    r"|in (?:an?|its|the) (?:previous|prior|earlier) \w+"
    r"|follows an?|comes after|comes (?:\w+ ){1,3}after|(?:days|weeks|months) after|still|in "
    r"recent (?:weeks|months)|has so far|the same month|formerly|a week ago|until (?:this "
    r"year|now)|not long after|go(?:es)? on \w+ing"
    r"|\w{3,}ed (?:(?!to\b|will\b)\S+ ){0,6}this (?:spring|summer|autumn|fall|winter)"
    r"|this (?:spring|summer|autumn|fall|winter),? (?:(?!to\b|will\b|is\b)\S+ ){1,3}\w{3,}ed)\b",
    re.I,
)
PLUPERFECT = re.compile(
    r"\bhad (?:\w+ly |already |also |been |earlier )?(?:\w{3,}ed|"
    r"bought|struck|said|paid|sold|won|lent|let|taken|built|spent|sought|chosen|begun|got|made|given|put)\b",
    re.I,
)
REPORTED = re.compile(
    r"\b(?:said|says|announced|disclosed|confirmed|revealed|reported|told [^,;]{3,30}|wrote|stated|added)"
    r"(?:,? (?:on|late|early|in) [^,;]{3,30}| (?:today|yesterday|separately))*,?(?: that)? "
    r"[^.;]{1,60}?(?: would [^.;]{1,90}? and)? had (?:\w+ )?\w+$",
    re.I,
)  # "said it had raised …": grammar's past of what is news now

RUNS_OUT = re.compile(  # "rents 5,500 chips until its contract lapses": as was agreed, nobody calls it off
    r"\b(?:until|till|when|once|after) (?:the|its|their|an?|that|\S+['’]s) (?:\S+ ){0,3}?"
    r"(?:agreement|contract|deal|lease|pact|ppa)s? (?:laps|expir|end|run|roll|fall|com)\w*\b"
    r"|\b(?:under|on|through|via) (?:an?|its|their|the) (?:\S+ ){0,3}?(?:agreement|contract|deal|lease|pact|ppa)s?,? "
    r"(?:that|which) (?:(?:is|are) (?:due|set) to |will )?(?:laps|expir|end|run|roll)\w*\b",
    re.I,
)

END_DENIED = re.compile(  # "denied that it was about to end its contract": it holds
    r"\bden(?:y|ies|ied|ying)\b[^.;]{0,60}?\b(?:end|break|terminat|cancel|leav|walk away|quit|scrap|drop)(?:e|ing)?\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ContextRule:
    """A phrase that gives a status to the trigger it stands before (``before``) or near (``any``)."""

    rule_id: str
    effect: str
    where: str
    types: frozenset[str]  # of deals that it is about; none for all
    pattern: re.Pattern[str]


@functools.cache
def load_context_rules() -> tuple[ContextRule, ...]:
    """All rules, in the order of the file. Raises RegistryError."""
    rules = []
    for number, row in registry_rows("context_rules.csv"):
        if row["effect"] not in EFFECTS or row["where"] not in ("before", "any"):
            raise RegistryError("context_rules.csv", f"line {number}: unknown effect or place")
        if not set(filter(None, row["types"].split("|"))) <= set(DEAL_TYPES):
            raise RegistryError("context_rules.csv", f"line {number}: unknown type of deal")
        try:
            types = frozenset(filter(None, row["types"].split("|")))
            pattern = re.compile(row["phrase"], re.I)
            rules.append(ContextRule(row["rule_id"], row["effect"], row["where"], types, pattern))
        except re.error as error:
            raise RegistryError("context_rules.csv", f"line {number}: {error}") from error
    return tuple(rules)


def status_of(
    text: str, start: int, end: int, trigger_start: int, trigger_end: int, deal_type: str = ""
) -> tuple[str, str]:
    """(status, rule that fired) of a trigger in text[start:end]; ("announced", "") where no rule speaks."""
    first = max(start, trigger_start - WINDOW_BEFORE)
    last = min(end, trigger_end + STATUS_AFTER)
    before, around = END_DENIED.sub("", text[first:trigger_end]), END_DENIED.sub("", RUNS_OUT.sub("", text[first:last]))
    fired: dict[str, str] = {}
    for rule in load_context_rules():
        if rule.types and deal_type and deal_type not in rule.types:
            continue
        if rule.effect not in fired and rule.pattern.search(before if rule.where == "before" else around):
            fired[rule.effect] = rule.rule_id
    for effect in PRECEDENCE:
        if effect in fired:
            return effect, fired[effect]
    return "announced", ""


def status_of_label(label: str, deal_type: str) -> tuple[str, str]:
    """The status that an item's label gives, read as a verb: "Ended: …", "Extended: …", "In talks: …".

    >>> status_of_label("Ended", "lease")
    ('cancelled', 'end_deal')
    """
    told = f"{label} the deal"
    return status_of(told, 0, len(told), len(label) + len(" the "), len(told), deal_type)


def is_background(
    text: str, start: int, end: int, trigger_start: int, trigger_end: int, year: int = 0, *, is_past: bool = True
) -> bool:
    """Whether the sentence recalls the event: a time before ``year`` or some other past, or a pluperfect near it.

    ``is_past``: whether a pluperfect tells of the past; not in what is reported, nor in a plan that came to nothing.
    """
    first, last = max(start, trigger_start - WINDOW_BEFORE), min(end, trigger_end + WINDOW_AFTER)
    if is_past and any(
        not REPORTED.search(text, max(start, m.start() - 100), m.end()) for m in PLUPERFECT.finditer(text, first, last)
    ):
        return True
    return any(
        not REPORTED.search(text, max(start, m.start() - 200), m.end())
        for m in BACKGROUND.finditer(text, first, last)
        if not m["year"] or not year or int(m["year"]) < year
    )


@functools.cache
def load_no_deal_rules() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """Where a phrase stands -> the phrases that make a telling no deal: guesses, advice, what analysts do."""
    table: dict[str, list[re.Pattern[str]]] = {"before": [], "around": [], "sentence": []}
    for _, row in registry_rows("no_deal_rules.csv"):
        table[row["where"]].append(re.compile(row["phrase"], re.I))
    return MappingProxyType({where: tuple(patterns) for where, patterns in table.items()})


def is_hypothetical(text: str, start: int, trigger_end: int) -> bool:
    """Whether what is told is an "if" or a guess, a rating, or speaks of companies in general."""
    spans = {
        "before": (max(start, trigger_end - WINDOW_BEFORE), trigger_end),
        "around": (start, trigger_end + WINDOW_AFTER),
        "sentence": (start, trigger_end),
    }
    return any(
        pattern.search(text, *spans[where]) for where, patterns in load_no_deal_rules().items() for pattern in patterns
    )
