"""From a sentence to the reading that the parser sees: names and amounts replaced, headline habits undone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.deals.cast import PARTY_KINDS
from extractors.deals.sentences import Sentence
from extractors.nlp import Reading
from extractors.records import Mention, Money, Period, Quantity

# Plain names that the parser's training text is full of, so that it takes each for one proper noun.
STAND_INS = ("Boeing", "Texaco", "Chrysler", "Motorola", "Kodak", "Xerox", "Lockheed", "Honeywell", "Monsanto", "Pfizer", "Goodyear")
PLACES = ("Texas", "Ohio", "London", "Virginia", "Paris")
PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]{0,120}[)\]]")
DASHES = re.compile(r"\s*[—–]+\s*| - ")

Part = Mention | Quantity


def make_reading(text: str, sentence: Sentence, parts: Sequence[Part], first_ref: int) -> Reading:
    """The sentence for the parser; ``parts`` are its names and amounts in order, numbered from ``first_ref``."""
    start, end = sentence.start_char, sentence.end_char
    shout = sentence.kind == "title" and _is_title_case(text[start:end])
    pieces: list[tuple[str, int, int, int]] = []
    at, previous_party = start, False
    dropped = [match.span() for match in PARENTHESIS.finditer(text, start, end)]
    names: dict[str, int] = {}
    for offset, part in enumerate(parts):
        if part.start_char < at or part.end_char > end or any(a <= part.start_char < b for a, b in dropped):
            continue
        stand_in = _stand_in(part, names)
        if stand_in is None:
            continue
        is_party = isinstance(part, Mention) and part.kind in PARTY_KINDS
        gap = text[at : part.start_char]
        if sentence.kind == "title" and previous_party and is_party and gap in (", ", "-", "–", "/", " & "):
            pieces.append((" and ", at, part.start_char, -1))
        else:
            _verbatim(pieces, text, at, part.start_char, dropped, shout)
        tail = " " if text[part.end_char : part.end_char + 1].isalnum() else ""
        pieces.append((stand_in + tail, part.start_char, part.end_char, first_ref + offset))
        at, previous_party = part.end_char, is_party
    _verbatim(pieces, text, at, end, dropped, shout)
    return Reading(pieces=tuple(pieces))


def _stand_in(part: Part, names: dict[str, int]) -> str | None:
    if isinstance(part, Money):
        return "$5 billion"
    if isinstance(part, Period):
        return None
    if not isinstance(part, Mention):
        return part.surface
    if part.kind == "place":
        return PLACES[names.setdefault("@" + part.surface, len(names)) % len(PLACES)]
    if part.kind == "product":
        return "Camry"
    if part.kind == "accelerator":
        return part.surface
    if part.kind == "facility":
        return "Pentagon" if " " not in part.surface or part.surface[-1].isdigit() else part.surface
    key = part.registry_id or part.name or part.surface
    return STAND_INS[names.setdefault(key, len(names)) % len(STAND_INS)]


def _verbatim(
    pieces: list[tuple[str, int, int, int]], text: str, start: int, end: int, dropped: Sequence[tuple[int, int]], shout: bool
) -> None:
    """Add text[start:end] as it stands, without parentheses, dashes as commas' kin, title case undone."""
    for a, b in [*((a, b) for a, b in dropped if a < end and b > start), (end, end)]:
        chunk = text[start : max(start, a)]
        if chunk:
            shown = chunk.lower() if shout else chunk
            pieces.append((shown.replace("’", "'").replace("“", '"').replace("”", '"'), start, start + len(chunk), -1))
        start = max(start, b)


def _is_title_case(headline: str) -> bool:
    words = [w for w in headline.split()[1:] if len(w) > 3 and w.isalpha()]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > 0.65 * len(words)
