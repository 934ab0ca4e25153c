"""Sentences: where each begins and ends in ``Document.text``, and what kind of line it is.

A title is split at its semicolons; a list item or labelled line ("Signed: …", "QASR DIGITAL - …") keeps its label
apart, so that grammar sees the sentence alone. Boilerplate paragraphs are marked and never yield anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.records import Document

MAX_SENTENCE_CHARS = 1200  # a longer line is cut: no parser, no person reads it as one sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A stretch of text to be read at once. ``start_char`` is past the label; ``label`` is "" for most lines."""

    start_char: int
    end_char: int
    kind: str  # title, body
    paragraph: int  # 0 is the title
    label: str = ""
    label_start_char: int = 0
    is_boilerplate: bool = False
    is_item: bool = False  # one item of a list or round-up


ABBREVIATIONS = frozenset(
    "inc corp co ltd llc plc bros dr mr mrs ms st no vs jan feb mar apr jun jul aug sep sept oct nov dec approx est "
    "u.s u.k u.n e.g i.e cf dept gov sen rep jr sr ave ft mt fig al a.m p.m rs nos ca".split()
)
BREAK = re.compile(  # also before a clause with a verb of its own that a semicolon sets apart
    r"[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9$€£¥₹À-Þ])"
    r"|;\s+(?=[^;.]{2,70}? (?:is|are|was|were|will|would|has|have|had|\w{3,}ed|to [a-z]{3,})\b)"
)
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*[-•*–·]\s)|\n(?=\S)")
BULLET = re.compile(r"\s*(?:[-•*–·]|\d{1,2}[.)])\s+")
LABEL = re.compile(
    r"(?:(?P<word>[A-Z][a-z]+(?: [a-z]+)?):\s+(?=[A-Z\"“$€£])"
    r"|(?P<caps>[A-Z][A-Z0-9&.'’ -]{2,40}?)\s+[-–—]\s+(?=[A-Z]|[a-z]+ed\b|to [a-z]|in talks)"
    r"|(?P<date>(?:(?:Q[1-4] |H[12] |[A-Z][a-z]{2,8}\.? (?:\d{1,2},? )?)?(?:19|20)\d\d(?:-\d\d){0,2}"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2})\s*(?::|[-–—])\s+(?=[A-Z]))"
    r"|(?P<head>[A-Z]{4,}(?: (?:AND |& )?[A-Z]{3,})?)\.\s+(?=[A-Z0-9“\"$€£])"  # "CREDIT. Tollgate lent …"
    r"|(?P<name>[A-Z][\w&.'’-]+(?: [A-Z][\w&.'’-]+){0,3}):\s+(?=[A-Z]))"
)
LISTED_LABEL = re.compile(r"(?P<word>[A-Z][a-z]+(?: [a-z]+)?):\s+(?=\S)")  # after a bullet: "Ended: the lease …"
DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w.'’ ]{2,30}(?:, [A-ZÀ-Þ][\w. ]{1,20})?,? "
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})? ?|\d{1,2} [A-Z][a-z]{2,8}\.?(?:,? \d{4})? )"
    r"(?:\([A-Z][\w ]{1,20}\) ?[-–—]*|/[A-Z][\w ]+/ ?[-–—]*|[-–—]+) ?"
    r"|(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? "
    r"\d{1,2} \([\w .&]{2,30}\) ?[-–—]+ ?"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ .'’]{2,30}(?:, [\w. ]{2,30})?\s*(?:\([A-Za-z ]{2,20}\)\s*)?[-–—]{1,2} "
)
CAPITALS = re.compile(r"(?:[-•*–·]\s+)?[A-ZÀ-Þ][A-ZÀ-Þ0-9&.'’ -]{2,40}?\s+[-–—]\s+(?=[A-ZÀ-Þa-z])")
BARE_VERB = re.compile(  # what follows a label and never a dateline: "NORVANE - Signed a lease"
    r"(?:[A-Z][a-z]+ed|Won|Took|Sold|Bought|Struck|Let|Leased|Got|Lost|Gave|Began|Put|Made|Built|Sought|Paid|Cut|Lent)\b"
)
SOURCES = re.compile(
    r"(?:(?:Sources?|Report|Exclusive|Breaking|Update|Filing|Memo|Analysis|Correction)(?:\s*\d)?:\s+)", re.I
)
TOLD_IN = re.compile(  # who told it, before a headline: "WBTV — “Council …”", "State press release — Governor …"
    r"(?:[A-Z][\w.&’'|/]*(?: (?:[A-Z][\w.&’'|/]*|of|the|and|[|&/]|press release|blog|newsroom|news)){0,5})"
    r"(?: \([^()]{2,30}\))? — (?=(?P<quote>[\"“])?[A-Z$€£\d])"
)
QUOTED = re.compile(r"[\"“](?P<told>[^\"“”]{20,})[\"”](?:$|(?= [\(/]))")
BYLINE = re.compile(r"\s*\((?:[^()]{0,80}/)?[^()/]{2,60}\)\s*$")
BOILERPLATE = re.compile(
    r"\s*(?:About (?!\d|a |an |the |half|one|two|three|some )[A-Z][^.\n]{0,60}(?:[.:]\s|$)|"
    r"Forward[- ]Looking Statements?"
    r"|Safe Harbor|Media Contacts?|Investor Contacts?|Read (?:the )?(?:original|more|full)"
    r"|Sign up|Subscribe|Cookie|©|Copyright)"
)
BOILERPLATE_INSIDE = re.compile(
    r"forward-looking statements|does not purport to be complete|undue reliance|actual results (?:may|could|to) differ"
    r"|shall not be deemed filed|not an offer to sell|safe harbor|all rights reserved",
    re.I,
)
NOT_A_LABEL = frozenset("sources source report exclusive breaking update filing memo analysis correction".split())


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of title and body in the order of the text."""
    return (*_title_sentences(document), *_body_sentences(document))


def _title_sentences(document: Document) -> Iterator[Sentence]:
    end = title_end(document.title, document.publisher)
    start = 0
    for part in re.finditer(r"[^;?]+\??", document.title[:end]):
        if len(part.group().split()) < 3 and part.start():
            continue
        start, stop = _trimmed(document.title, part.start(), part.end())
        start = max(start, title_start(document.title))
        prefix = SOURCES.match(document.title, start, stop)
        if prefix:
            start = prefix.end()
        quoted = QUOTED.match(document.title, start, stop)
        if quoted:
            start, stop = quoted.span("told")
        if start < stop:
            yield Sentence(
                start_char=start,
                end_char=min(stop, start + MAX_SENTENCE_CHARS),
                kind="title",
                paragraph=0,
            )


def title_start(title: str) -> int:
    """Where the headline begins that may stand after the name of who told it.

    >>> title = "County Mail — “Council approves campus after a long night”"
    >>> title[title_start(title):][:16]
    '“Council approve'
    """
    told_in = TOLD_IN.match(title)
    return told_in.end() if told_in and len(title[told_in.end() :].split()) > 3 else 0


def title_end(title: str, publisher: str) -> int:
    """Where the headline ends and a byline or " - Publisher" suffix begins.

    >>> title = "Meta taps CoreWeave - Market Brief"
    >>> title[:title_end(title, "Market Brief")]
    'Meta taps CoreWeave'
    """
    end = len(title.rstrip())
    byline = BYLINE.search(title[:end])
    if byline and ("/" in byline.group() or len(byline.group().split()) <= 3) and not re.search(r"\d", byline.group()):
        end = byline.start()
    cut = max(title.rfind(" - ", 0, end), title.rfind(" | ", 0, end), title.rfind(" — ", 0, end))
    if cut > 0:
        tail = title[cut + 3 : end].strip()
        words = tail.split()
        same = (
            bool(publisher) and tail.casefold() in publisher.casefold()
        ) or publisher.casefold() in tail.casefold() != ""
        shaped = len(words) <= 5 and all(
            w[:1].isupper() or w[:1].isdigit() or w in ("of", "the", "and", "&", "/") for w in words
        )
        if (publisher and same) or (shaped and len(title[:cut].split()) >= 4 and title[cut : cut + 3] != " — "):
            end = cut
    return end


def _body_sentences(document: Document) -> Iterator[Sentence]:
    text, in_boilerplate = document.text, False
    paragraphs = list(_paragraphs(text, document.body_start_char if document.body else len(text)))
    listed = sum(1 for start, end in paragraphs if CAPITALS.match(text, start, end)) > 1  # no story has two datelines
    for number, (start, end) in enumerate(paragraphs, 1):
        if BOILERPLATE.match(text, start, end):
            in_boilerplate = True
        boilerplate = in_boilerplate or bool(BOILERPLATE_INSIDE.search(text, start, end))
        bullet = BULLET.match(text, start, end)
        begin = bullet.end() if bullet else start
        label, label_start = "", 0
        matched = LABEL.match(text, begin, end) or (LISTED_LABEL.match(text, begin, end) if bullet else None)
        dateline = DATELINE.match(text, begin, end) if number <= 2 and not listed else None
        if dateline and not (bullet or (matched and (matched.group("word") or BARE_VERB.match(text, matched.end())))):
            begin = dateline.end()
        elif matched and matched.group().strip(" :-–—").lower() not in NOT_A_LABEL:
            label, label_start = matched.group().rstrip(" -–—:.\n\t"), begin
            begin = matched.end()
        for first, last in _spans(text, begin, end):
            yield Sentence(
                start_char=first,
                end_char=min(last, first + MAX_SENTENCE_CHARS),
                kind="body",
                paragraph=number,
                label=label,
                label_start_char=label_start,
                is_boilerplate=boilerplate,
                is_item=bool(bullet or label),
            )


def _paragraphs(text: str, begin: int) -> Iterator[tuple[int, int]]:
    start = begin
    for gap in PARAGRAPH.finditer(text, begin):
        if text[start : gap.start()].strip():
            yield _trimmed(text, start, gap.start())
        start = gap.end()
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def _spans(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences, and the clauses that a semicolon sets beside each other."""
    start = begin
    for stop in BREAK.finditer(text, begin, end):
        word = text[max(begin, stop.start() - 12) : stop.start()].rsplit(None, 1)[-1:] or [""]
        stem = word[0].lower().lstrip("(\"“'‘").rstrip(".")
        if stop.group()[0] == "." and (stem in ABBREVIATIONS or re.fullmatch(r"[a-z]", stem)):
            continue
        yield _trimmed(text, start, stop.end())
        start = stop.end()
    if text[start:end].strip():
        yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
