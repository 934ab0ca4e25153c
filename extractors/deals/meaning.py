"""What an amount, a length of time or a share says in a deal: the slot it fills, or none where it says other things."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from extractors.deals.timing import period_slot
from extractors.errors import RegistryError
from extractors.records import Accelerators, Duration, Money, Period, Power, Quantity, Share
from extractors.registry.rows import registry_rows

BEFORE, AFTER = 120, 60  # characters on either side that can say what an amount is
DIMENSIONS = {
    "money": Money,
    "power": Power,
    "accelerators": Accelerators,
    "duration": Duration,
    "share": Share,
    "period": Period,
}
EFFECTS = frozenset("drop valuation price bought outlay generation aim changed total sum part".split())
RANKS = frozenset("changed total sum part".split())
ONLY_IN = {
    "bought": frozenset(
        {"acquisition", "chips", "compute", "power", "equity"}
    ),  # a site's price is no cost of building
    "outlay": frozenset({"build", "joint_venture", "acquisition", "equity", "partnership", "chips", "debt"}),
    "generation": frozenset({"power", "build", "joint_venture", "partnership"}),
    "aim": frozenset({"build", "joint_venture"}),
}
SOLD = frozenset({"compute", "chips", "lease", "power"})  # what a seller may count as its contracted revenue
LABEL = 40  # characters of "Contracted revenue: about $2 billion" before the amount
LEAST_VALUE = 100_000  # below it, in whatever currency, stand prices of goods and fees
POWERED = frozenset({"compute", "chips", "lease", "power", "build", "joint_venture", "partnership"})
EQUIPPED = frozenset({"compute", "chips", "build", "lease", "partnership", "joint_venture"})
CLAUSE = re.compile(  # the word that begins a clause stays with it: ", including $240 million of debt"
    r"[;:]\s|, (?=(?:and|but|while|which|whose|after|compared|up|down|against|with|including|"
    r"as)\b)|(?=\b(?:but|while|whereas|although)\b)|\. "
)

COMPANY_VALUED = re.compile(
    r"\b(?:company|startup|start-up|firm|business|group|lab|maker|developer|operator) "
    r"(?:is|was|at|to be|being)? ?(?:now )?(?:valued|worth)\b",
    re.I,
)

THEN = re.compile(  # what a company was worth before: "valued at $5 billion a year ago"
    r"^\S*(?: \S+)?,? (?:(?:(?:just )?(?:a|\w+) (?:years?|months?|weeks?) (?:ago|earlier|before))"
    r"|(?:in|at) (?:its|the|a) (?:last|previous|prior|earlier)|last (?:year|month|spring|summer|autumn|fall|winter))\b"
)
STAKE = re.compile(
    r"\b(?:stakes?|shares?|shareholding|shareholder|holding|own(?:s|ed|ing|ership)?|equity|warrants?|interests? in"
    r"|hold(?:s|ing)?|held|ha(?:s|ve|ving)|keep(?:s|ing)?|retain\w*|minority|majority|outstanding|control(?:s|led"
    r"|ling)?"
    r"|buy\w*|bought|acquir\w*|purchas\w*|pa(?:id|y|ys|ying)|sale of|sell(?:s|ing)?|sold|half|split|in (?:exchange"
    r"|return) for"
    r"|leav\w+ \S+ (?:\S+ ){0,4}with|for|of (?:the|its|their|his|her) (?:\w+ ){0,2}?(?:company|business|startup"
    r"|start-up|firm"
    r"|venture|lab|supplier|developer|operator|group|maker|parent|unit|capital))\b",
    re.I,
)
NOT_STAKE = re.compile(
    r"\b(?:rose|fell|gain\w*|jump\w*|surg\w*|slipp\w*|climb\w*|dropp\w*|shares (?:up|down)|revenue|profit|"
    r"growth|grew|higher|lower|more than a year|year-on-year|yoy|premium|discount|cheaper|fewer|less|faster"
    r"|utili[sz]ation|"
    r"of (?:the |its |all )?(?:power|electricity|energy|capacity|cost|revenue|sales|demand|output|price|load|debt"
    r"|backlog)|"
    r"interest(?! in)(?: rate)?|coupon|yield|tariff|customers?|margin|renewable|carbon-free|tax|votes?"
    r"|efficien\w+)\b",
    re.I,
)
SHARE_PRICE = re.compile(  # "NRG shares leapt 26%", "the stock closed up 4%"
    r"\b(?:shares|stock|units|adrs?|counter|scrip)\b[^.;]{0,40}\b(?:add|advanc|clos|clim|drop|eas|edg|end|f[ae]ll|gain|jump|"
    r"leap|los|pop|plung|put|rall|ris|ros|s[ai]nk|shed|slid|slip|slump|soar|spik|surg|trad|tumbl|up|down)\w*\b[^.;]{0,25}$",
    re.I,
)
REPAID_IN = re.compile(r"\b(?:repa(?:y|id)\w*|gone|matur\w+|amorti\w+|due|falls? due)(?: \S+){0,3}? in\s*$", re.I)
EXTENDED_BY = re.compile(
    r"(?<!be )\b(?:extend|prolong|lengthen)(?:s|ed)\b[^.;]*\b(?:by|for)(?: a further| another)?\s*$", re.I
)
ROUGHLY = re.compile(
    r"\b(?:about|around|roughly|some|nearly|almost|approximately|at least|up to|more than|over)\s*$", re.I
)
DATES_COUNTED = re.compile(r"\bto [A-Z]\w+ (?:\d{1,2}, )?\d{4} \($")  # "to March 31, 2032 (5 years)"
LEASE_TERM = re.compile(
    r"\b(?:lease|term|contract|agreement|deal|pact|ppa|for|over|under|covers?|lasts?|run(?:s|"
    r"ning)?|span\w*|period|rent|host|loan|facility|order|tenor|tenure|duration|last(?:ing|ed)?|good|repa(?:y"
    r"|id)\w*|amorti\w+"
    r"|stretch\w*|leas(?:e|es|ed|ing)|gone|life|length|placement|committ\w+|lock\w*|contracts|leases|agreements|matur\w+)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class QuantityRule:
    """What words beside an amount say of it.

    ``drop`` (something else), ``valuation``, ``price`` (revenue under the contract), ``outlay`` (what is spent on a
    site: no price of supply), ``generation`` (the size of a power plant: no size of a lease), ``aim`` (what a company
    wants to have one day), or a rank of ``Meaning``.
    """

    rule_id: str
    dimensions: tuple[type[Quantity], ...]  # the kinds of amounts that it speaks of
    effect: str
    where: str
    pattern: re.Pattern[str]


@functools.cache
def load_quantity_rules() -> tuple[QuantityRule, ...]:
    """All rules, in the order of the file. Raises RegistryError."""
    rules = []
    for number, row in registry_rows("quantity_context.csv"):
        dimensions = set(row["dimension"].split("|"))
        if (
            dimensions - DIMENSIONS.keys()
            or row["effect"] not in EFFECTS
            or row["where"] not in ("before", "after", "any")
        ):
            raise RegistryError("quantity_context.csv", f"line {number}: unknown dimension, effect or place")
        rules.append(
            QuantityRule(
                row["rule_id"],
                tuple(DIMENSIONS[name] for name in sorted(dimensions)),
                row["effect"],
                row["where"],
                re.compile(row["phrase"], re.I),
            )
        )
    return tuple(rules)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an amount says in a deal: its slot ("" for none), the rule that decided, and how it stands to others.

    Ranks: ``changed`` (what an amended deal now is), ``total`` (with what was there before), ``sum`` (of parts told),
    ``part`` (gives way to what comes later) or "".
    """

    slot: str
    rule_id: str = ""
    rank: str = ""


def meaning_of(quantity: Quantity, deal_type: str, text: str, start: int, end: int) -> Meaning:
    """What ``quantity`` of the sentence text[start:end] says in a deal of that type."""
    before = text[max(start, quantity.start_char - BEFORE) : quantity.start_char]
    after = text[quantity.end_char - 1 : min(end, quantity.end_char + AFTER)]
    in_label = quantity.start_char - start < LABEL and ": " in before  # "Term: 12 years"
    near_before = before if in_label else _own_clause(before)
    if isinstance(quantity, Duration) and _is_term_outright(deal_type, near_before):
        return Meaning("term", "term_outright")
    effect, rule = _effect(quantity, deal_type, near_before, after)
    if effect == "drop" or (effect in ONLY_IN and deal_type not in ONLY_IN[effect]):
        return Meaning("", rule)
    if isinstance(quantity, Money) and quantity.basis == "per_year" and not effect:
        effect = "part"  # a sum over the term says more
    slot = _slot(quantity, deal_type, effect, before, near_before, after)
    return Meaning(slot, rule, rank=effect if effect in RANKS else "")


def _own_clause(before: str) -> str:
    """The clause that an amount stands in, with the noun that a relative one is about: "revenue, which was put at"."""
    *others, own = CLAUSE.split(before)
    return f"{others[-1].rpartition(' ')[2]}, {own}" if others and own.startswith("which ") else own


def _slot(quantity: Quantity, deal_type: str, effect: str, before: str, near_before: str, after: str) -> str:
    if isinstance(quantity, Money):
        return _money_slot(quantity, deal_type, effect, near_before, after)
    if isinstance(quantity, Power):
        return "power" if deal_type in POWERED else ""
    if isinstance(quantity, Accelerators):
        return "accelerators" if deal_type in EQUIPPED else ""
    if isinstance(quantity, Duration):
        return _term_slot(quantity, deal_type, near_before, after)
    if isinstance(quantity, Share):
        return _stake_slot(deal_type, before, after)
    if isinstance(quantity, Period):
        return period_slot(quantity, deal_type, before, after)
    return ""


def _effect(quantity: Quantity, deal_type: str, before: str, after: str) -> tuple[str, str]:
    for rule in load_quantity_rules():
        if not isinstance(quantity, rule.dimensions) or (rule.effect == "price" and deal_type not in SOLD):
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


def _money_slot(money: Money, deal_type: str, effect: str, before: str, after: str) -> str:
    if money.basis not in ("total", "per_year") or money.amount < LEAST_VALUE:
        return ""
    if effect == "valuation":
        if THEN.match(after):
            return ""
        if deal_type in SOLD and COMPANY_VALUED.search(before):
            return ""
        return "valuation" if deal_type in ("equity", "acquisition") else "value"
    return "value"


def _is_term_outright(deal_type: str, before: str) -> bool:
    """Whether a loan is "repayable in" so many years, or a contract was "extended by" so many."""
    if deal_type == "debt":
        return bool(REPAID_IN.search(before))
    return deal_type in SOLD and EXTENDED_BY.search(before) is not None


def _term_slot(duration: Duration, deal_type: str, before: str, after: str) -> str:
    if deal_type in ("build", "acquisition", "equity", "joint_venture"):
        return ""
    if (
        re.search(r"\b(?:within|in|after|every|past|last)\s*$", ROUGHLY.sub("", before), re.I)
        and not duration.surface[-1:].isdigit()
    ):
        return ""
    adjective = "-" in duration.surface or re.match(
        r"^\S*\s+(?:\S+ ){0,4}(?:deal|agreement|contract|lease|pact|loan|ppa|facility|term|order|note|bond)"
        r"|^\S* (?:worth )?of (?:\S+ ){0,2}?"
        r"(?:electricity|power|supply|output|capacity|compute|computing|rent|hosting|service)\b",
        after,
        re.I,
    )
    alone = not before.strip() and re.match(r"^\S*[.;]", after)  # "Fifteen years."
    if adjective or alone or LEASE_TERM.search(before) or DATES_COUNTED.search(before):
        return "term"
    return ""


def _stake_slot(deal_type: str, before: str, after: str) -> str:
    if deal_type not in ("equity", "acquisition", "joint_venture"):
        return ""
    if NOT_STAKE.search(before[-30:]) or NOT_STAKE.search(after[:30]) or SHARE_PRICE.search(before):
        return ""
    if deal_type == "joint_venture":
        return "stake"
    told = STAKE.search(before[-45:] + " | " + after[:45]) or re.match(r"^\S* (?:of|by) [a-z]{0,4}[A-Z]", after)
    return "stake" if told else ""
