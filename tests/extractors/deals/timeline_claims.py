"""The claims of ``timeline_claims.txt``: what a perfect reader would say of each development timeline."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from extractors.records import DealMention, Document, Extraction
from tests.extractors.deals.factories import chips, claim, money, months, party, power, share

FILE = Path(__file__).with_suffix(".txt")
BOUNDS = {"~": "about", "+": "at_least", "<": "up_to"}
AMOUNT = re.compile(r"([~+<]?)(&?-?)([\d.]+)([A-Z]{3})?")


@cache
def claimed() -> dict[str, tuple[DealMention, ...]]:
    """Document id -> its claims."""
    found: dict[str, list[DealMention]] = defaultdict(list)
    timeline = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            timeline = line.removeprefix("@").strip()
        elif line and not line.startswith("#"):
            document_id = f"{timeline}-{line[:2]}"
            found[document_id].append(_mention(document_id, line, len(found[document_id])))
    return {document_id: tuple(mentions) for document_id, mentions in found.items()}


def read_as_labelled(document: Document) -> Extraction:
    """A perfect reader, for the documents of the development timelines."""
    return Extraction(document=document, deal_mentions=claimed().get(document.document_id, ()))


def _mention(document_id: str, line: str, position: int) -> DealMention:
    _, kind, parties, slots = (part.strip() for part in line.split("|"))
    type_, status, *focus = kind.split()
    told = dict(slot.split("=") for slot in slots.split() if "=" in slot)
    filled: dict[str, object] = {}
    is_reduction = False
    if "value" in told:
        bound, sign, amount, currency = AMOUNT.fullmatch(told["value"]).groups()  # type: ignore[union-attr]
        is_reduction |= sign == "&-"
        filled["value"] = money(amount, currency, bound=BOUNDS.get(bound, "exact"), is_increment=bool(sign))
    if "mw" in told:
        bound, sign, amount, _ = AMOUNT.fullmatch(told["mw"]).groups()  # type: ignore[union-attr]
        is_reduction |= sign == "&-"
        filled["power"] = power(amount, bound=BOUNDS.get(bound, "exact"), is_increment=bool(sign))
    if "n" in told or "model" in told:
        sign, count = (AMOUNT.fullmatch(told["n"]).group(2, 3)) if "n" in told else ("", None)  # type: ignore[union-attr]
        is_reduction |= sign == "&-"
        filled["accelerators"] = chips(int(count) if count else None, told.get("model"), is_increment=bool(sign))
    if "term" in told:
        filled["term"] = months(int(told["term"]))
    if "stake" in told:
        filled["stake"] = share(float(Decimal(told["stake"])))
    cast = []
    for entry in parties.split(";"):
        role, name = entry.strip().split("=")
        name, _, mention = name.partition("@")
        cast.append(party(role, name, mention=mention))
    made = claim(
        claim_id=f"{document_id}#{position}",
        article=document_id,
        type=type_,
        status=status,
        focus=focus[0] if focus else "primary",
        parties=tuple(cast),
        at=tuple(place.replace("_", " ") for place in told.get("at", "").split(";") if place),
        is_reduction=is_reduction,
        **filled,
    ).mention
    return replace(made, trigger_start_char=position)
