"""Disclosures filled in as forms: "1. Contract: supply of memory", "3. Counterparty: X", "5. Period: from … to …".

Who fills the form in is whom the headline or a line names as the company; each line tells one term of one deal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.deals.cast import Actor
from extractors.deals.deal_type import decide_type
from extractors.deals.drafts import Draft, fill
from extractors.deals.event import Event
from extractors.deals.items import ROLE_WORDS, SALE_ROLES, VOTE_OF_ROLE, WORD, votes_of
from extractors.deals.places import find_places
from extractors.deals.roles import assign_roles
from extractors.deals.scene import Hit, Scene
from extractors.deals.sentences import Sentence
from extractors.records import Accelerators, Document, Duration, Mention, Money, Period, Power, Quantity

FEWEST = 3  # lines that make a form
LINE = re.compile(
    r"(?:[-•*–·]\s+|\(?[0-9a-z]{1,2}[.)]\s+)?(?P<label>[A-Z][A-Za-z/'’ -]{2,44}?)(?: \([^()]{1,30}\))?\s*[:|]\s+(?=\S)"
)
COUNTER = re.compile(r"\b(?:counter-?party|other party|contract(?:ing)? (?:party|partner)|contracting entity)\b", re.I)
CALLED = re.compile(r"(?:name of )?(?:the )?(?:[a-z]+ )?(?P<role>[a-z-]+)")
FILER = re.compile(r"^(?:the )?(?:company|issuer|filer|registrant|reporting (?:company|entity)|name of company)$", re.I)
SUBJECT = re.compile(
    r"\b(?:contract|subject|description|object|scope|nature|title|goods|services?|transaction)\b", re.I
)
SLOTS: Sequence[tuple[str, type, re.Pattern[str]]] = (
    ("value", Money, re.compile(r"\b(?:amount|value|consideration|price|sum|size|principal)\b", re.I)),
    (
        "power",
        Power,
        re.compile(r"\b(?:capacity|power|load|volume|quantity|size|contract|subject|description)\b", re.I),
    ),
    ("accelerators", Accelerators, re.compile(r"\b(?:quantity|volume|contract|subject|description|goods)\b", re.I)),
    ("term", Duration, re.compile(r"\b(?:period|term|duration|tenor|length|maturity)\b", re.I)),
)
PERIODS = re.compile(r"\b(?:period|term|duration|delivery|deliveries|start|commencement|schedule)\b", re.I)
PLACES = re.compile(r"\b(?:location|site|place of (?:delivery|supply|performance))\b", re.I)
DATED = re.compile(r"\bdate of\b|\bdate\b", re.I)
SELLS = re.compile(r"\b(?:sales?|supply|supplies|sold|delivery)\b", re.I)
BUYS = re.compile(r"\b(?:purchases?|procurement|acquisition|order placed)\b", re.I)
ENDS = frozenset({"to", "until", "through", "till", "by"})


def form_draft(document: Document, sentences: Sequence[Sentence], scene: Scene) -> tuple[Draft | None, frozenset[int]]:
    """The deal of a form, with the numbers of the paragraphs that tell its terms; (None, ()) where there is no form."""
    lines = _lines(document.text, sentences)
    counter = [n for n, (label, _, _) in lines.items() if COUNTER.search(label) or _called(label) in ROLE_WORDS]
    known = [n for n, (label, _, _) in lines.items() if _is_term(label)]
    if len(counter) != 1 or len({*known, *counter}) < FEWEST:
        return None, frozenset()
    label, first, last = lines[counter[0]]
    named = scene.named(first, last)[:1]
    filer = _filer(document, lines, scene)
    if not named or filer is None or filer[1].key == named[0][1].key:
        return None, frozenset()
    role = ROLE_WORDS.get(_called(label), "other")
    bindings = [
        (Hit(filer[1], filer[0].start_char, filer[0].end_char, "head"), "side", True),
        (Hit(named[0][1], named[0][0].start_char, named[0][0].end_char, "head"), role, True),
    ]
    about = " ".join([document.title, *(document.text[a:b] for told, a, b in lines.values() if SUBJECT.search(told))])
    votes = dict(votes_of([w.lower() for w in WORD.findall(about)]))
    if kind := VOTE_OF_ROLE.get(_called(label), ""):
        votes[kind] = votes.get(kind, 0) + 2
    side = "supplier" if SELLS.search(about) else "customer" if BUYS.search(about) else ""
    event = Event(0, "noun", "", ["item"], bindings, votes=votes, contract_side=side)
    deal_type, confidence = decide_type(event, {})
    if not deal_type or deal_type in ("partnership", "build", "joint_venture"):
        return None, frozenset()
    if deal_type == "acquisition":
        event.bindings = [(h, SALE_ROLES.get(r, r), near) for h, r, near in bindings]
    draft = Draft(
        type=deal_type,
        type_confidence=confidence,
        parties={b.hit.actor.key: b for b in assign_roles(event, deal_type)},
        sentence=next(s for s in sentences if s.kind == "body" and s.paragraph == counter[0]),
        trigger=(named[0][0].start_char, named[0][0].end_char),
        status="announced",
        focus="primary",
        rules=["item"],
        strength=confidence,
        paragraph=counter[0],
    )
    for told, start, end in lines.values():
        _fill_line(draft, told, start, end, scene)
    return draft, frozenset(n for n in {*known, *counter})


def _lines(text: str, sentences: Sequence[Sentence]) -> Mapping[int, tuple[str, int, int]]:
    """Number of a paragraph -> its label and where what it says begins and ends."""
    ends: dict[int, tuple[int, int]] = {}
    for s in sentences:
        if s.kind == "body":
            start = text.rfind("\n", 0, s.start_char) + 1
            ends[s.paragraph] = (ends.get(s.paragraph, (start, 0))[0], s.end_char)
    found = {n: (LINE.match(text, start, end), end) for n, (start, end) in ends.items()}
    return {n: (m["label"].strip(), m.end(), end) for n, (m, end) in found.items() if m is not None}


def _called(label: str) -> str:
    """The word of role that a label ends with, "" for a longer one: "Name of the customer", "Anchor tenant"."""
    called = CALLED.fullmatch(label.lower())
    return called["role"] if called else ""


def _is_term(label: str) -> bool:
    patterns = [pattern for _, _, pattern in SLOTS]
    return any(p.search(label) for p in (*patterns, PERIODS, PLACES, SUBJECT)) or FILER.match(label) is not None


def _filer(document: Document, lines: Mapping[int, tuple[str, int, int]], scene: Scene) -> tuple[Mention, Actor] | None:
    """(mention, actor) of who fills the form in: a line "Company: X", else the first company of the headline."""
    for label, start, end in lines.values():
        if FILER.match(label) and (named := scene.named(start, end)):
            return named[0]
    titled = scene.named(0, len(document.title))
    return titled[0] if titled else None


def _fill_line(draft: Draft, label: str, start: int, end: int, scene: Scene) -> None:
    """The terms that one line tells: the first amount of the kind that its label asks for."""
    _, inside = scene.between(start, end)
    quantities: list[Quantity] = [part for part in inside if not isinstance(part, Mention)]
    for slot, kind, pattern in SLOTS:
        told = next((q for q in quantities if isinstance(q, kind)), None)
        if told is not None and pattern.search(label) and slot not in draft.slots:
            fill(draft, slot, told)
    if PERIODS.search(label) and not DATED.search(label):
        for period in (q for q in quantities if isinstance(q, Period)):
            fill(draft, "end" if period.relation in ENDS else "start", period)
    if PLACES.search(label) and draft.type not in ("equity", "acquisition", "debt"):
        bare = [p for p in inside if isinstance(p, Mention) and p.kind == "place"]
        draft.places += list(find_places(scene.text, start, end, bare))
