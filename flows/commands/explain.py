"""Why a deal was read as it was, in lines for people: its sentence, trigger and rules, the words behind every slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractors.records import DealMention, Extraction

Json = dict[str, Any]
FIELDS = ("value", "valuation", "power", "accelerators", "term", "stake", "start", "end")
RECORD_NAMES = {"term": "term_months", "stake": "stake_pct"}  # as the gold record calls them
EVIDENCE_SQL = """
SELECT deal_mention_id, slot, value, surface, start_char, end_char, sentence, status, focus, confidence, rules,
    title, publisher, url, published_on, is_source
FROM mart.deal_evidence WHERE deal_id = $id
ORDER BY published_on NULLS LAST, deal_mention_id, slot
"""


def explained(extraction: Extraction) -> list[Json]:
    """For each deal of a document: the sentence, the words of each slot with place and confidence, the rules."""
    return [_explained(extraction.document.text, deal) for deal in extraction.deal_mentions]


def _explained(text: str, deal: DealMention) -> Json:
    sure = dict(deal.slot_confidence)
    slots: Json = {}
    for field in FIELDS:
        name = RECORD_NAMES.get(field, field)
        if (found := getattr(deal, field)) is not None:
            slots[name] = _words(found.surface, found.start_char, found.end_char, sure.get(name, deal.confidence))
    for number, place in enumerate(deal.locations):
        surface = text[place.start_char : place.end_char]
        slots[f"location:{number}"] = _words(surface, place.start_char, place.end_char, deal.confidence)
    return {
        "type": deal.type,
        "status": deal.status,
        "focus": deal.focus,
        "confidence": round(deal.confidence, 3),
        "type_confidence": sure.get("type", deal.confidence),
        "status_confidence": sure.get("status", deal.confidence),
        "trigger": text[deal.trigger_start_char : deal.trigger_end_char],
        "trigger_at": deal.trigger_start_char,
        "sentence": text[deal.sentence_start_char : deal.sentence_end_char],
        "sentence_at": deal.sentence_start_char,
        "parties": [
            {
                "role": party.role,
                "name": party.name,
                "company_id": party.company_id,
                **_words(party.mention, party.start_char, party.end_char, party.confidence),
            }
            for party in deal.parties
        ],
        "slots": slots,
        "rules": list(deal.rules),
    }


def _words(surface: str, start_char: int, end_char: int, confidence: float) -> Json:
    return {"surface": surface, "at": start_char, "to": end_char, "confidence": round(confidence, 3)}


def lines_of_document(extraction: Extraction) -> Iterator[str]:
    """A document's deals for people; one line says so where there is none."""
    document = extraction.document
    yield f"{document.document_id}  {document.title or document.body[:100]}"
    deals = explained(extraction)
    if not deals:
        yield "  no deal"
    for deal in deals:
        sure = f"confidence {deal['confidence']:.2f}"
        yield f"  {deal['type']}, {deal['status']}, {deal['focus']}; {sure}"
        yield f"    type        {deal['type']}  ({deal['type_confidence']:.2f})"
        yield f"    status      {deal['status']}  ({deal['status_confidence']:.2f})"
        yield f"    sentence    {_one_line(deal['sentence'])}  [{deal['sentence_at']}]"
        yield f"    trigger     {_one_line(deal['trigger'])}  [{deal['trigger_at']}]"
        yield f"    rules       {', '.join(deal['rules']) or 'none noted'}"
        for party in deal["parties"]:
            known = f" = {party['name']}" if party["name"] != party["surface"] else ""
            yield f"    {party['role']:11} {_found(party, known)}"
        for slot, found in deal["slots"].items():
            yield f"    {slot:11} {_found(found)}"
    yield ""


def lines_of_deal(deal: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A published deal for people: every claim that it stands on, with its article."""
    yield f"{deal['deal_id']}  {deal['type']}, {deal['status']}: {deal['parties']}"
    for mention_id in dict.fromkeys(row["deal_mention_id"] for row in evidence):
        rows = [row for row in evidence if row["deal_mention_id"] == mention_id]
        first = next((row for row in rows if row["slot"] == "trigger"), rows[0])
        yield ""
        yield f"  {_one_line(first['title'])}"
        yield f"    source      {first['publisher'] or 'unnamed publisher'}, {first['published_on'] or 'undated'}"
        yield f"    link        {first['url'] or 'none'}"
        yield f"    claims      {first['status']}, {first['focus']}"
        yield f"    sentence    {_one_line(first['sentence'])}"
        yield f"    rules       {(first['rules'] or 'none noted').replace('; ', ', ')}"
        for row in sorted(rows, key=lambda row: (row["slot"] != "trigger", not row["slot"].startswith("party:"))):
            is_party = row["slot"].startswith("party:")
            name = row["value"].partition(": ")[0] if is_party else row["slot"]
            told = row["value"].partition(": ")[2] if is_party else row["value"]
            known = f" = {told}" if told != row["surface"] and row["slot"] != "trigger" else ""
            found = {"surface": row["surface"], "at": row["start_char"], "to": row["end_char"], **_sure(row)}
            stands = "" if is_party or not row["is_source"] else "  <- the deal's figure"
            yield f"    {name:11} {_found(found, known)}{stands}"
            if row["sentence"] != first["sentence"]:
                yield f"                told in: {_one_line(row['sentence'])}"


def _sure(row: Mapping[str, Any]) -> Json:
    return {"confidence": float(row["confidence"])}


def _found(found: Mapping[str, Any], known: str = "") -> str:
    return f"{_one_line(found['surface'])}{known}  [{found['at']}:{found['to']}]  ({found['confidence']:.2f})"


def _one_line(text: str) -> str:
    return " ".join(str(text).split())
