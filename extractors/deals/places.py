"""Places of a deal's capacity: "at Port Hedley in Western Australia", "its Leeds campus", "Texas data center"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.deals.cast import PARTY_KINDS
from extractors.records import Mention, Place, Quantity

NAME = r"[A-ZÀ-Þ][\w'’À-ÿ-]+(?: (?:of |de |la |el |al )?[A-ZÀ-Þ][\w'’À-ÿ.-]+){0,3}"
IN_PLACE = re.compile(
    rf"\b(?:in|at|near|outside|around)\s+(?:the )?(?:(?:city|town|village|state|county|"
    rf"province|island|region|Indian state|Norwegian town|"
    rf"northern|southern|eastern|western|central|upstate|nearby|suburban|rural|neighbou?ring) "
    rf"(?:of )?){{0,3}}(?P<place>{NAME}(?:, {NAME})?)"
)
SITE_OF = re.compile(
    rf"(?P<place>{NAME}(?:, {NAME},?)?) (?:AI |cloud |solar |new |compute |computing |powered "
    rf")*(?:campus|site|halls?|data cent(?:er|re)s?|datacent(?:er|re)s?|hub|"
    rf"plant|factory|complex|facility|reactors?|park|buildings?|project|phase|supercomputer|"
    rf"cluster|expansion|land|land parcel)\b"
)
CAMPUS = re.compile(
    r"^[\s'’\"-]*(?:s )?(?:\w+ )?(?:campus|site|halls?|data cent(?:er|re)|datacent(?:er|re)|"
    r"hub|plant|factory|complex|facility|cluster|building)",
    re.I,
)
LOCATIVE = re.compile(
    r"\b(?:in|at|near|outside|around|across|on|throughout|within)\s+(?:the |its |a |an |new "
    r"|western |northern |southern |eastern |central |upstate |rural |"
    r"state of |province of |island of |city of )*$",
    re.I,
)
NOT_A_PLACE = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october "
    "november december ai us ceo the i ii iii gpu gpus tpu q1 q2 q3 q4 nvidia inc blackwell "
    "series phase earth space internet "
    "first village town county new second data item section act mw gw mwh gwh kw scale least "
    "once home night large risk launch work bitcoin ppa phase texas-based".split()
)
BASED = re.compile(r"^[- ](?:based|headquartered|listed|backed|born|owned|style)\b", re.I)
BEFORE_SEAT = re.compile(
    r"\b(?:based|headquartered|founded|listed|offices?|investors?|company|companies|startup|"
    r"firm|born|regulators?|court|notice|filing|filed|statement|conference|event|summit|reporters|trading|shares?|"
    r"exchange|said|told|ceremony|speaking|spoke|interview|meeting|presented|announced|speech|lawsuit|lawmakers?|"
    r"officials|traded|listing|debut) (?:\w+ )?(?:in|at|of|from)\s+(?:the )?$|\b(?:sovereign|citizens of|"
    r"people of|government of)\s*$|\b(?:first|largest|only|biggest|expansion|customers|business) outside (?:of )?$",
    re.I,
)
DIRECTION = re.compile(
    r"\b((?:north|south|east|west|central|upstate)(?:ern|[- ]?east(?:ern)?|[- ]?west(?:ern)?|[- ]?central)?\s)$"
)
OF_A_COUNTRY = re.compile(r"^(?P<country>[A-ZÀ-Þ][\w ]+)['’]s (?P<town>[A-ZÀ-Þ].+)$")
DEMONYMS = frozenset(
    "american european british english scottish welsh irish french german italian spanish portuguese dutch belgian "
    "swiss austrian polish czech hungarian greek turkish swedish danish norwegian finnish icelandic estonian latvian "
    "lithuanian russian ukrainian romanian bulgarian japanese chinese korean taiwanese indian pakistani thai malaysian "
    "indonesian vietnamese filipino singaporean australian canadian mexican brazilian argentine chilean colombian "
    "peruvian saudi emirati qatari kuwaiti omani israeli egyptian moroccan nigerian kenyan african asian nordic "
    "arabian texan californian".split()
)


def find_places(text: str, start: int, end: int, names: Sequence[Mention | Quantity]) -> tuple[Place, ...]:
    """Places named in text[start:end] as where something is, most specific first, never a company's seat."""
    blocked = [
        (m.start_char, m.end_char)
        for m in names
        if isinstance(m, Mention) and m.kind in PARTY_KINDS | {"product", "accelerator"}
    ]
    found: list[Place] = []
    for mention in names:
        if not isinstance(mention, Mention) or not start <= mention.start_char < end:
            continue
        follows = bool(found) and re.fullmatch(r",? (?:and )?", text[found[-1].end_char : mention.start_char] or "-")
        if mention.surface.casefold() in DEMONYMS:
            continue
        if mention.kind == "place" and (follows or _is_locative(text, start, mention.start_char, mention.end_char)):
            found.append(_told_place(text, start, mention))
    shouted = sum(w[:1].isupper() for w in text[start:end].split()) > 0.7 * len(text[start:end].split())
    for pattern in () if shouted else (IN_PLACE, SITE_OF):
        for match in pattern.finditer(text, start, end):
            a, b = match.span("place")
            words = match.group("place").rstrip(",").split()
            if (
                any(x < b and a < y for x, y in blocked)
                or words[0].lower().strip(".,").split("-")[0] in NOT_A_PLACE
                or " ".join(words).casefold() in DEMONYMS
                or (words[0].isupper() and len(words[0]) > 3)
            ):
                continue
            if BASED.match(text[b : b + 20]) or BEFORE_SEAT.search(text[max(start, a - 40) : a]):
                continue
            surface = text[a:b].rstrip(",.'’")
            surface = re.sub(r"['’]s$", "", surface)
            if not any(p.start_char < b and a < p.end_char for p in found):
                owned = OF_A_COUNTRY.match(surface)
                told = f"{owned['town']}, {owned['country']}" if owned else surface
                found.append(Place(name=told, start_char=a, end_char=a + len(surface)))
    return _joined(text, sorted(found, key=lambda p: p.start_char))


def _told_place(text: str, sentence: int, mention: Mention) -> Place:
    """The place as told: with its direction ("western New York"), "Finland's Lappeenranta" town first."""
    direction = DIRECTION.search(text, max(sentence, mention.start_char - 16), mention.start_char)
    first = direction.start(1) if direction else mention.start_char
    name = text[first : mention.end_char]
    owned = OF_A_COUNTRY.match(name)
    name = f"{owned['town']}, {owned['country']}" if owned else name
    return Place(name=name, start_char=first, end_char=mention.end_char)


def _is_locative(text: str, sentence: int, start: int, end: int) -> bool:
    before, after = text[max(sentence, start - 40) : start], text[end : end + 30]
    if BASED.match(after) or BEFORE_SEAT.search(before):
        return False
    if re.match(r"^['’]s (?!.{0,40}(?:campus|site|plant|data cent|state|province|coast|county))", after):
        return False
    return bool(LOCATIVE.search(before) or CAMPUS.match(after))


def _joined(text: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """ "Pecos" and "Texas" written "Pecos, Texas" or "Pecos campus in Texas" are one place."""
    out: list[Place] = []
    for place in places:
        if out:
            gap = text[out[-1].end_char : place.start_char]
            if re.fullmatch(
                r",\s*(?:in |in the )?|,? (?:campus|site|plant|complex|data cent(?:er|re)|county|area)?,? "
                r"?(?:in|on|,) (?:the (?:Indian )?(?:state|province|island) of |northern |southern "
                r"|eastern |western |the )?",
                gap,
                re.I,
            ):
                out[-1] = Place(
                    name=f"{out[-1].name}, {place.name}", start_char=out[-1].start_char, end_char=place.end_char
                )
                continue
        out.append(place)
    return tuple(out)


def most_specific(places: Iterable[Place]) -> tuple[Place, ...]:
    """Without repeats and without places that are only the wider part of another."""
    kept: list[Place] = []
    for place in places:
        head = place.name.split(",")[0].casefold()
        if any(head in [part.strip().casefold() for part in p.name.split(",")] for p in kept):
            continue
        wider = [
            p for p in kept if p.name.casefold() in [part.strip().casefold() for part in place.name.split(",")[1:]]
        ]
        kept = [p for p in kept if p not in wider] + [place]
    return tuple(kept)
