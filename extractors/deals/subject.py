"""Whether a document is about AI infrastructure and its trades at all: a gate before names, amounts and parser.

A shopping guide and a museum sell and buy too. A document is read for deals when enough of its words, or of the
companies that it names, belong to the subject (``registry/deal_subjects.csv``), measured against its length.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from extractors import registry
from extractors.registry.rows import registry_rows

LEAD_CHARS = 1500  # what a document is about, it says here
JUDGED_CHARS = 60_000  # more of a long document says nothing new about its subject
OFTEN = 4  # a word counted more often than this weighs no more
SHORT_CHARS = 400  # a headline and its snippet: too little to show its subject
CHARS_A_POINT = 200  # how much text may stand to one point of weight
MOST_ASKED = 16.0
COMPANY_KINDS = {
    **dict.fromkeys("lab neocloud chipmaker datacenter_operator server_maker miner_host".split(), 3.0),
    **dict.fromkeys("cloud network_equipment chip_equipment storage quantum fuel_cell nuclear".split(), 3.0),
    **dict.fromkeys("power_producer utility energy_equipment reit sovereign_fund private_equity".split(), 2.0),
    **dict.fromkeys("investor lender contractor telecom software internet real_estate oil_gas".split(), 1.0),
}
WORD = re.compile(r"\d+(?=[kKMGT]Wh?\b)|[^\W_]+")
NO_WORD = re.compile(r"[\W_]+")


@functools.cache
def _phrases() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """First word of a phrase of the subject, in lower case -> (phrase, weight)."""
    table: dict[str, list[tuple[str, float]]] = {}
    for _, row in registry_rows("deal_subjects.csv"):
        for words in row["words"].split("|"):
            phrase = NO_WORD.sub(" ", words)
            table.setdefault(phrase.split(" ")[0], []).append((phrase, float(row["weight"])))
    return MappingProxyType({word: tuple(found) for word, found in table.items()})


@functools.cache
def _companies() -> Mapping[str, tuple[tuple[str, str, float], ...]]:
    """First word of a company's spelling, as written -> (spelling, company_id, weight)."""
    table: dict[str, list[tuple[str, str, float]]] = {}
    for company in registry.load().companies.values():
        weight = COMPANY_KINDS.get(company.kind, 0.0)
        for spelling in company.spellings if weight else ():
            first = WORD.match(spelling)
            if first is not None and len(spelling) > 1:
                table.setdefault(first[0], []).append((spelling, company.company_id, weight))
    return MappingProxyType({word: tuple(found) for word, found in table.items()})


def weigh(text: str) -> float:
    """Points of the subject in a text: its words and the companies of the trade, each counted a few times at most."""
    words = Counter(WORD.findall(text))
    points = 0.0
    lower: Counter[str] = Counter()
    seen: set[str] = set()
    companies, phrases = _companies(), _phrases()
    for word, count in words.items():
        lower[word.lower()] += count
        for spelling, company_id, weight in companies.get(word, ()):
            if company_id not in seen and (spelling == word or spelling in text):
                seen.add(company_id)
                points += weight * min(count, OFTEN)
    folded = ""
    for word, count in lower.items():
        for phrase, weight in phrases.get(word, ()):
            if phrase != word:
                folded = folded or f" {NO_WORD.sub(' ', text.lower())} "
                count = folded.count(f" {phrase} ")
            points += weight * min(count, OFTEN)
    return points


def is_subject(text: str) -> bool:
    """Whether a document, title and body, is about the subject, judged by its lead or by the whole.

    >>> is_subject("Zephrane to power its data centers with fuel cells")
    True
    >>> is_subject("Museum buys frescoes for millions and puts them on display")
    False
    """
    lead = text[:LEAD_CHARS]
    if weigh(lead) >= asked(len(lead)):
        return True
    return len(text) > LEAD_CHARS and weigh(text[:JUDGED_CHARS]) >= asked(len(text))


def asked(length: int) -> float:
    """Points that a text of so many characters must have: a headline need only not speak of something else."""
    return min(MOST_ASKED, max(0.0, (length - SHORT_CHARS) / CHARS_A_POINT))
