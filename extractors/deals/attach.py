"""Each quantity to the deal it belongs to, and to the slot it fills; what speaks of something else is left out."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from extractors.errors import RegistryError
from extractors.records import Accelerators, Duration, Money, Period, Power, Quantity, Share

BEFORE, AFTER = 90, 60  # characters on either side that can say what an amount is
DIMENSIONS = {
    "money": Money,
    "power": Power,
    "accelerators": Accelerators,
    "duration": Duration,
    "share": Share,
    "period": Period,
}
LEAST_VALUE = 100_000  # below it, in whatever currency, stand prices of goods and fees
SUPPLY = frozenset({"compute", "chips", "lease", "power"})
CLAUSE = re.compile(
    r"[;:]\s|, (?:and|but|while|which|whose|after|compared|up|down|against|with|including|"
    r"as)\b|\b(?:but|while|whereas|although)\b|\. "
)

START = re.compile(
    r"\b(?:start(?:s|ing|ed|-up)?|begin(?:s|ning)?|began|commenc\w+|from|deliver(?:y|ies|ed|"
    r"ing)|come[s]? (?:online|on ?line|on stream)|"
    r"coming online|online|go(?:es)? live|live|open(?:s|ed|ing)?|available|operational|in "
    r"service|into service|installed|ready|running|arriv\w+|handed (?:over|across)|hand-?over|first power|"
    r"turn(?:s|ed)? on|"
    r"takes? effect|took effect|slated|due|online|"
    r"ramp\w*|handed over|first|energi[sz]\w+|effective|up and running|suppl(?:y|ies) (?:will "
    r")?(?:start|begin)|deploy\w*|switch\w* on|operat\w+)\b",
    re.I,
)
END = re.compile(
    r"\b(?:through|until|till|complet\w+|finish\w*|end(?:s|ing)?|run(?:s|ning)? (?:through|to|"
    r"until)|expir\w+|to (?:20\d\d)|"
    r"fully (?:built|deployed)|build-?out|remaining|follow by)\b",
    re.I,
)
WORKS = re.compile(
    r"\b(?:construction|site work|building work|ground ?work|works?|groundbreaking) (?:\w+ "
    r"){0,3}(?:begin|began|start|commenc|get under ?way)\w*[^,;]{0,30}$|\bbreaks? "
    r"ground[^,;]{0,40}$",
    re.I,
)
MATURITY = re.compile(
    r"\b(?:due|matur\w+|notes?|bonds?|closing|close|approval|expected to (?:close|be completed))\b", re.I
)
STAKE = re.compile(
    r"\b(?:stake|share(?:s|holding|holder)?|holding|own(?:s|ed|ership)?|equity|warrants?|of "
    r"the company|interest in|each hold|hold|minority|majority|of the business|outstanding"
    r"|buy\w*|acquir\w*|purchas\w*|pa(?:id|y)|sale of|half)\b",
    re.I,
)
NOT_STAKE = re.compile(
    r"\b(?:rose|fell|gain\w*|jump\w*|surg\w*|slipp\w*|shares (?:up|down)|revenue|profit|"
    r"growth|grew|higher|lower|more than a year|year-on-year|yoy|premium|"
    r"of (?:the |its |all )?(?:power|electricity|energy|capacity|cost|revenue|sales|demand)|"
    r"interest rate|coupon|yield|tariff|customer|margin)\b",
    re.I,
)
LEASE_TERM = re.compile(
    r"\b(?:lease|term|contract|agreement|deal|pact|ppa|for|over|under|covers?|lasts?|run(?:s|"
    r"ning)?|span\w*|period|rent|host|loan|facility|order|tenor)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class QuantityRule:
    """What words before or after an amount say of it: ``drop`` (something else) or ``valuation``."""

    rule_id: str
    dimension: str
    effect: str
    where: str
    pattern: re.Pattern[str]


@functools.cache
def load_quantity_rules() -> tuple[QuantityRule, ...]:
    """All rules, in the order of the file. Raises RegistryError."""
    text = resources.files("extractors.registry").joinpath("quantity_context.csv").read_text(encoding="utf-8")
    rules = []
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        if (
            row["dimension"] not in DIMENSIONS
            or row["effect"] not in ("drop", "valuation")
            or row["where"] not in ("before", "after", "any")
        ):
            raise RegistryError("quantity_context.csv", f"line {number}: unknown dimension, effect or place")
        rules.append(
            QuantityRule(row["rule_id"], row["dimension"], row["effect"], row["where"], re.compile(row["phrase"], re.I))
        )
    return tuple(rules)


def slot_of(quantity: Quantity, deal_type: str, text: str, start: int, end: int) -> tuple[str, str]:
    """(slot, rule) that ``quantity`` of the sentence text[start:end] fills in such a deal; ("", why) for none."""
    before = text[max(start, quantity.start_char - BEFORE) : quantity.start_char]
    after = text[quantity.end_char - 1 : min(end, quantity.end_char + AFTER)]
    near_before = CLAUSE.split(before)[-1]
    effect, rule = _effect(quantity, near_before, after)
    if effect == "drop":
        return "", rule
    if isinstance(quantity, Money):
        return _money_slot(quantity, deal_type, effect), rule
    if isinstance(quantity, Power):
        return ("power" if deal_type not in ("equity", "debt") else ""), rule
    if isinstance(quantity, Accelerators):
        return (
            "accelerators"
            if deal_type in ("compute", "chips", "build", "lease", "partnership", "joint_venture")
            else ""
        ), rule
    if isinstance(quantity, Duration):
        return _term_slot(quantity, deal_type, near_before, after), rule
    if isinstance(quantity, Share):
        return _stake_slot(deal_type, before, after), rule
    if isinstance(quantity, Period):
        return _period_slot(quantity, deal_type, before, after), rule
    return "", rule


def _effect(quantity: Quantity, before: str, after: str) -> tuple[str, str]:
    for rule in load_quantity_rules():
        if not isinstance(quantity, DIMENSIONS[rule.dimension]):
            continue
        found = (
            rule.pattern.search(before)
            if rule.where == "before"
            else rule.pattern.search(after)
            if rule.where == "after"
            else rule.pattern.search(before) or rule.pattern.search(after)
        )
        if found:
            return rule.effect, rule.rule_id
    return "", ""


def _money_slot(money: Money, deal_type: str, effect: str) -> str:
    if money.basis not in ("total", "per_year") or money.amount < LEAST_VALUE:
        return ""
    if effect == "valuation":
        return "valuation" if deal_type in ("equity", "acquisition") else "value"
    return "value"


def _term_slot(duration: Duration, deal_type: str, before: str, after: str) -> str:
    if deal_type in ("build", "acquisition", "equity", "joint_venture"):
        return ""
    if (
        re.search(r"\b(?:within|in|after|about|every|past|last)\s*$", before, re.I)
        and not duration.surface[-1:].isdigit()
    ):
        return ""
    adjective = "-" in duration.surface or re.match(
        r"^\S*\s+(?:\S+ ){0,4}(?:deal|agreement|contract|lease|pact|loan|ppa|facility|term|order|note|bond)",
        after,
        re.I,
    )
    if adjective or LEASE_TERM.search(before):
        return "term"
    return ""


def _stake_slot(deal_type: str, before: str, after: str) -> str:
    if deal_type not in ("equity", "acquisition", "joint_venture"):
        return ""
    close = before[-45:] + " | " + after[:45]
    if NOT_STAKE.search(before[-30:]) or NOT_STAKE.search(after[:30]):
        return ""
    return "stake" if STAKE.search(close) or re.match(r"^\S* of [A-Z]", after) else ""


def _period_slot(period: Period, deal_type: str, before: str, after: str) -> str:
    if deal_type in ("equity", "acquisition", "debt", "partnership"):
        return ""
    local = before[-70:]
    if period.relation in ("through", "until") or re.search(
        r"\b(?:run|runs|running|expir\w+|ends?) (?:to|in|until|through)\s*(?:the end of\s*)?$", local
    ):
        return "end"
    if re.search(r"\b(?:ago|last|since)\b", period.surface, re.I) or period.relation in ("since",):
        return ""
    if WORKS.search(local):
        return ""
    start_cue, end_cue = _last(START, local), _last(END, local)
    if period.relation == "from":
        return "start"
    if end_cue > start_cue:
        return "end"
    if start_cue >= 0:
        if (
            deal_type in ("build", "joint_venture", "lease")
            and period.relation == "by"
            and re.search(r"complet|finish", local)
        ):
            return "end"
        return "start"
    if re.match(r"^\S*,? (?:start|deliver|launch|opening|completion)", after):
        return "start"
    if period.relation == "by" and deal_type in ("build", "joint_venture", "lease", "chips"):
        return "end"
    return ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    found = [m.start() for m in pattern.finditer(text)]
    return found[-1] if found else -1


def is_later(period: Period, published: str) -> bool:
    """Whether a period does not lie wholly before the day of publication (also true where none is known).

    A day must lie after it: "said on Tuesday" and "today" date the report, not the supply.
    """
    told = re.sub(r"^FY", "", period.period)
    if not published:
        return len(told) < 10
    if re.fullmatch(r"\d{4}-\d\d-\d\d", told):
        return told > published
    if re.fullmatch(r"\d{4}-\d\d", told):
        return told >= published[:7]
    return told[:4] >= published[:4]


def nearest(candidates: Sequence[tuple[int, int]]) -> int:
    """The number of the candidate (distance, number) that is nearest; ties go to the earlier."""
    return min(candidates)[1]
