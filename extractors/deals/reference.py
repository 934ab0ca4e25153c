"""Which deal told before a sentence goes on about: by a noun of its kind ("the loan"), by both its sides, by "it"."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from extractors.deals.drafts import Draft
from extractors.deals.frames import noun_forms
from extractors.deals.scene import Scene
from extractors.deals.sentences import Sentence
from extractors.records import DEAL_TYPES, Mention
from extractors.registry.rows import registry_rows

REACH = 2  # paragraphs after its last telling in which a deal may be meant by "it"
BARE = 2  # words beside its amounts of a sentence that is hardly more than they
NAMED_REACH = 8  # … by a noun of its own kind, "the loan"

# a sentence that goes on about the deal told last: "it", "the contract", "Terms …", "Deliveries …"
CONTINUES = re.compile(
    r"\b(?:it|they|this|that|each|under|worth|valued"
    r"|(?:the|both|its|their) (?:\S+ ){0,3}(?:deals?|agreements?|contracts?|pact"
    r"|order|transaction|accord|memorandum|mou|partnership|arrangement|program|programme|commitment|first|price"
    r"|terms?|value"
    r"|bill|cost|sum|total|company|companies|two|pair|sides|parties|capacity|work|money|supply|load|fees|operations"
    r"|opening|start|revenues?|rent"
    r"|amendment|expansion|increase|reservation|portfolio|assets)|terms|price|consideration|capacity|power|work|commencement|operations?|opening|completion|payments?"
    r"|installation"
    r"|deployment|deliver(?:y|ies)|commissioning|energi[sz]ation|occupancy|service|suppl(?:y|ies))\b",
    re.I,
)
ANOTHER = re.compile(  # a sentence that begins to speak of another deal
    r"\bunder (?:a|another) (?:\S+ ){0,2}?(?:contract|deal|agreement|order|pact|lease)\b"
    r"|\b(?:separately|elsewhere|in another|unrelated)\b|\b(?:a|one) (?:separate|second|different|earlier"
    r"|previous) \w+",
    re.I,
)


SUPPOSED = re.compile(  # what might be, or what others make of it, tells no deal's terms
    r"(?:but |and |even |so )?(?:if|were|suppose|assuming|should) (?!approved|completed|regulators|all goes)"
    r"|(?:analysts?|consultants|economists|some) [^.;]{0,40}?"
    r"\b(?:think|believe|estimate|reckon|say|expect)s? (?:that )?if\b",
    re.I,
)


@functools.cache
def load_references() -> Mapping[str, frozenset[str]]:
    """Noun in lower case -> types of deals that "the NOUN" may mean. Raises RegistryError."""
    table = {
        form: frozenset(row["types"].split("|"))
        for _, row in registry_rows("deal_references.csv")
        for noun in row["nouns"].split("|")
        for form in noun_forms(noun)
    }
    assert all(types <= set(DEAL_TYPES) for types in table.values())
    return MappingProxyType(table)


@functools.cache
def _reference() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, load_references()), key=len, reverse=True))
    definite = r"\b(?:the|its|this|that|these|those|their|both|each|said)\s+(?:[\w$€£.'’-]+\s+){0,3}?"
    return re.compile(rf"(?:{definite}|^(?:[\w$€£.,'’-]+\s+){{0,4}}?)(?P<noun>{nouns})\b", re.I)


def deal_meant(scene: Scene, sentence: Sentence, drafts: Sequence[Draft], last: Draft | None) -> Draft | None:
    """The deal told before that a sentence without one of its own goes on about."""
    if sentence.is_boilerplate or sentence.kind != "body":
        return None
    if ANOTHER.search(scene.text, sentence.start_char, sentence.end_char):
        return None
    if SUPPOSED.match(scene.text, sentence.start_char, sentence.end_char):
        return None
    returns = last is not None and last.focus == "background" and sentence.paragraph > last.paragraph
    for found in _reference().finditer(scene.text[sentence.start_char : sentence.end_char]):
        types = load_references()[found["noun"].lower()]
        known = [d for d in drafts if d.type in types and sentence.paragraph - d.paragraph <= NAMED_REACH]
        if last in known and not (returns and any(d.focus == "primary" for d in known)):
            return last  # a new paragraph leaves a deal that was only recalled
        if known:
            return max(known, key=lambda d: (d.focus == "primary", d.paragraph))
    if last is None or sentence.paragraph - last.paragraph > REACH:
        return None
    named = {a.key for _, a in scene.named(sentence.start_char, sentence.end_char)}
    if len(named & last.parties.keys()) > 1 and len(named - last.parties.keys()) <= 1:
        return last  # both sides, and at most a project of theirs
    if not _is_bare(scene, sentence) and CONTINUES.search(scene.text, sentence.start_char, sentence.end_char) is None:
        return None
    return _recalled_by(last, drafts) if returns else last


def _is_bare(scene: Scene, sentence: Sentence) -> bool:
    """Whether a sentence is hardly more than amounts: "Seven years, $540 million.", "The total: 40 MW."."""
    _, inside = scene.between(sentence.start_char, sentence.end_char)
    if not inside or sentence.is_item or any(isinstance(part, Mention) for part in inside):
        return False
    starts = [sentence.start_char, *(part.end_char for part in inside)]
    ends = [*(part.start_char for part in inside), sentence.end_char]
    beside = " ".join(scene.text[start:end] for start, end in zip(starts, ends, strict=True))
    return sum(word.isalpha() for word in beside.split()) <= BARE


def _recalled_by(last: Draft, drafts: Sequence[Draft]) -> Draft:
    """The news that recalled a deal, to which a new paragraph returns; the deal itself where no news shares a party."""
    news = [d for d in drafts if d.focus == "primary" and d.parties.keys() & last.parties.keys()]
    return max(news, key=lambda d: d.paragraph, default=last)
