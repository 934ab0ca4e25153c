"""Places of a deal's capacity: "at Port Hedley in Western Australia", "its Leeds campus", "Texas data center"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors import registry
from extractors.deals.cast import PARTY_KINDS
from extractors.deals.localities import is_broad, is_known, is_region, is_town
from extractors.parties.words import is_derived
from extractors.records import Mention, Place, Quantity

WORD = r"[A-ZÀ-ÞĀ-Ž](?:[\w-]|['’](?!s\b))+"
NAME = rf"{WORD}(?: (?:of |de |la |el |al |i |am |an der )?{WORD}){{0,3}}"
IN_PLACE = re.compile(
    rf"\b(?:in|at|near|outside|around|beside|off)\s+(?P<the>the )?(?P<kind>(?:(?:city|town|village|state|county|coast"
    rf"|banks|shores|outskirts|port|suburb|borough|municipality|province|island|region|Indian state|Norwegian town"
    rf"|former|northern|southern|eastern|western|central|upstate|nearby|suburban|rural|neighbou?ring) "
    rf"(?:of )?){{0,3}})(?P<place>{NAME}(?:, {NAME})?)"
)
SITE = (
    r"(?:campus(?:es)?|sites?|halls?|data cent(?:er|re)s?|datacent(?:er|re)s?|hub|plants?|factory|complex"
    r"|facilit(?:y|ies)"
    r"|reactors?|park|buildings?|project|phase|supercomputer|cluster|expansion|land|land parcel|farms?|cent(?:er|re)"
    r"|development|station|headquarters|buildout|build-out)"
)
OF_SITE = (  # what may stand between a place and the noun of its site: "Texas AI data center", "Reno 72MW hall"
    r"(?:(?:AI|cloud|solar|wind|nuclear|gas|hydro|battery|new|compute|computing|powered|inference|training"
    r"|technology|data"
    r"|planned|proposed|former|hyperscale|mega|flagship|supercomputer|power|industrial|green|offshore|onshore"
    r"|\d[\d.,]*[ -]?[MG]W"
    r"|second|first|third|existing|main|polder) )*"
)
SITE_OF = re.compile(rf"(?P<place>{NAME}(?:, {NAME},?)?) {OF_SITE}(?!supercomputer){SITE}\b")
CAMPUS = re.compile(
    rf"^(?-i:(?:(?:,| and|, and) {NAME})*,?)?(?:['’]s)?[\s\"-]*(?:area )?(?:s )?(?:[a-z]+ )?{OF_SITE}{SITE}\b", re.I
)
# "the Clinton nuclear plant in Illinois", "its Barber Lake site near Colorado City": the name of what stands elsewhere
PLANT_ELSEWHERE = re.compile(
    r"^ (?:[\w-]+ ){0,3}?(?:plants?|stations?|reactors?|units?|dam|project),? (?:in|near|outside|at) (?:\w+ )?[A-Z]"
)
NAMES_A_SITE = re.compile(
    rf",? {OF_SITE}(?:{SITE},? (?:near|outside)|(?:plants?|stations?|reactors?|units?),? (?:in|near|outside"
    rf"|at)) (?:\w+ )?[A-Z]"
)
LOCATIVE = re.compile(
    r"\b(?:(?:in|at|near|outside|around|across|on|throughout|within|out of|off|beside)\s+"
    r"|(?:ship|deliver|send|sent|bound|destined)\w*\b[^.;]{0,60}\b(?:to|for)\s+"
    r"|(?:planned|proposed|slated|earmarked|headed|coming) (?:for|to)\s+"
    r"|\d+ (?:miles|km|kilomet(?:er|re)s) (?:north|south|east|west)\w* of\s+)(?:the |its |a |an |new "
    r"|(?:north|south)?(?:west|east)(?:ern)? |north |south |[NS][EW] "
    r"|western |northern |southern |eastern |central |upstate |rural |coast of |outskirts of |"
    r"(?:state|province|island|city|town|port|outskirts|suburb|borough|edge|fringes|shores|banks) of )*$",
    re.I,
)
MEANT_FOR = re.compile(r"\bfor (?:the )?$|[:–—] $")  # "processors for Leeds", "the first spot: Wilsall, Montana"
ENERGY = r"(?:wind|hydro(?:power)?|solar|nuclear|geothermal|tidal|gas|coal|sun(?:shine)?|power|electricity)"
ENERGY_FROM = re.compile(
    rf"\b(?:{ENERGY}|energy|output|capacity|[MG]W|[MGT]Wh|\w+watts?(?:-hours)?)\b[^.,;:]{{0,40}} from (?:the )?$", re.I
)
MEASURED = re.compile(r"\b(?:[MG]W|[MGT]Wh|\w+watts?(?:-hours)?) (?:of )?$")
ENERGY_OF = re.compile(rf"^ {ENERGY}\b", re.I)
CHOSEN = re.compile(r"\b(?:select|pick|choose|eye|target)(?:s|ed)?\s+$", re.I)  # "picks Louisiana for a campus"
CHOSEN_FOR = re.compile(r"^(?:(?:,| and|, and) [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)* (?:for|as) ")
# "Sand Springs city council approves rezoning": whose authorities permit a site
PERMITS = re.compile(
    r"^(?:, [A-ZÀ-Þ]\w+,?)?(?: (?:city|county|town|township|village|planning|zoning))*"
    r"(?: (?:council|county|commission(?:ers)?|board|supervisors|planners|officials|regulators|authorities))? "
    r"(?:approves?|rejects?|clears?|ok(?:ay)?s|denies|green-?lights|backs|blocks|votes?|gets|lands|secures|wins|welcomes)\b",
    re.I,
)
# "Dickens County, Texas, has more cattle than people": the place that a story is about, and no government
SPOKEN_OF = re.compile(
    rf"(?:{NAME} (?:County|Parish|Township)|{NAME}, {NAME},) (?:now )?(?:has|is|was|knows|will|needs|wanted|used)\b"
)
BEGINS = re.compile(r"(?:^|, (?:and|but|so) )$")
DEAL_FOR_A_SITE = re.compile(
    rf"^ (?:(?:joint|steelworks|{ENERGY}) )*{OF_SITE}(?:lease|financing|loan|plans?|expansion|contract|deal|proposal"
    r"|investment|outlay|venture|JV|PPA|order|pact|agreement|tie-up|commitment|bid|scheme)s?\b",
    re.I,
)
# "its largest outlay in Europe", "the first of its kind in Canada": how it ranks, not where it is
RANKED = re.compile(
    r"\b(?:largest|biggest|first|only|one of|most|busiest|kind|leading|fastest|foothold|presence|entry|base|market"
    r"|customers"
    r"|business|expansion|everywhere|anywhere|homes|grid)\b[^.,;]{0,50}\b(?:in|outside|across"
    r"|throughout)\s+(?:the )?$",
    re.I,
)
NEW_SITE = re.compile(rf"^(?:first|only)\b.*\b{SITE} (?:in|outside|across)", re.I)
UNPLACED = PARTY_KINDS | {"product", "accelerator", "place"}
OWNED = re.compile(r"(?:['’]s|s’|\b(?:its|their)) $")
SITED = re.compile(rf"^ {OF_SITE}{SITE}\b")
WITHIN = re.compile(  # between a place and the wider one that holds it
    rf",\s*(?:in |in the )?| on the (?:outskirts|edge|fringes) of |,? (?:{OF_SITE}{SITE}|county|area)?,? "
    r"?(?:in|on|near|,) (?:the (?:Indian )?(?:state|province|island) of |northern |southern |eastern |western "
    r"|the )?",
    re.I,
)
NOT_A_PLACE = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october "
    "november december ai us ceo the i ii iii gpu gpus tpu q1 q2 q3 q4 nvidia inc blackwell "
    "series phase earth space internet "
    "first village town county new second data item section act mw gw mwh gwh kw scale least "
    "wind solar nuclear gas hydro geothermal battery green coal offshore onshore "
    "unit units once project home night large risk launch work bitcoin ppa phase texas-based "
    # who a filing defines: "at the Company's facility"
    "borrower buyer company customer developer guarantor issuer landlord lender lessee lessor owner parent partnership "
    "purchaser registrant seller supplier tenant".split()
)
NEAR = re.compile(r"\b(?:near|outside) $")
HALLS = re.compile(r" (?:halls?|campus|site)$", re.I)
COUNTY = re.compile(r" (?:County|Parish|Township|Prefecture|Peninsula|Valley)\b")
LANDSCAPE = re.compile(  # what makes "the X" a place: no paper, fund or office
    r"\b(?:Valley|Region|Peninsula|Desert|Basin|Coast|Delta|Corridor|Panhandle|Plains?|Hills?|Highlands?|Lowlands?"
    r"|Islands?|Isles?|Gulf|Bay|Mountains?|Midlands?|Belt|Triangle|District|Quarter|Docks|Docklands|Port|Park|Campus)\b"
)
UNIT_BEFORE = re.compile(r"(?:[MGk]Wh?|AI|(?:Its|Their|Our|This|That|These|Those|Both|Another|Each))\b ?")
UNIT_AFTER = re.compile(r",? (?:AI|[MG]W)\b")
BASED = re.compile(r"^-\d|^[- ](?:based|headquartered|listed|backed|born|owned|style)\b", re.I)
BEFORE_SEAT = re.compile(
    r"\b(?:based|headquartered|founded|listed|offices?|headquarters|consultan(?:cy|t)|lectern|investors?|company|companies|startup|"
    r"firm|born|regulators?|court|notice|filing|filed|statement|conference|event|summit|forum|rally|gathering"
    r"|briefing|dinner|hearing|parliament|reporters|trading|shares?|"
    r"stock exchange|said|told|ceremony|speaking|spoke|interview|meeting|presented|announced|speech|lawsuit"
    r"|lawmakers?|"
    r"officials|traded|listing|debut) (?:(?:late |early |on )?\w+day )?(?:in|at|of|from)\s+(?:the )?$"
    r"|\b(?:sovereign|citizens of|"
    r"people of|government of)\s*$|\b(?:first|largest|only|biggest|expansion|customers|business) outside (?:of )?$",
    re.I,
)
# "Lebanon's mayor", not "Melbourne's west" or "Ohio's Licking County campus"
OF_A_PLACE = re.compile(
    r"^['’]s (?!.{0,40}(?:campus|site|plant|data cent|state|province|coast|county|district|port|harbou?r)"
    r"|(?:\w+ )?(?:north|south|east|west|outskirts|suburbs|docks|docklands)\b)"
)
DIRECTION = re.compile(
    r"\b((?:(?:north|south|east|west|central|upstate)(?:ern|[- ]?east(?:ern)?|[- ]?west(?:ern)?|[- ]?central)?"
    r"|(?-i:[NS][EW]))\s)$",
    re.I,
)
OF_A_COUNTRY = re.compile(r"^(?P<country>[A-ZÀ-Þ][\w ]+)['’]s (?P<town>[A-ZÀ-Þ].+)$")
DEMONYMS = frozenset(
    "american european british english scottish welsh irish french german italian spanish portuguese dutch belgian "
    "swiss austrian polish czech hungarian greek turkish swedish danish norwegian finnish icelandic estonian latvian "
    "lithuanian russian ukrainian romanian bulgarian japanese chinese korean taiwanese indian pakistani thai malaysian "
    "indonesian vietnamese filipino singaporean australian canadian mexican brazilian argentine chilean colombian "
    "peruvian saudi emirati qatari kuwaiti omani israeli egyptian moroccan nigerian kenyan african asian nordic "
    "arabian texan californian bavarian catalan sicilian flemish siberian quebecois scandinavian iberian".split()
)


def find_places(text: str, start: int, end: int, names: Sequence[Mention | Quantity]) -> tuple[Place, ...]:
    """Places named in text[start:end] as where something is, in order, never a company's seat."""
    mentions = [m for m in names if isinstance(m, Mention) and start <= m.start_char < end]
    found: list[Place] = []
    for mention in mentions:
        follows = bool(found) and re.fullmatch(
            r",? (?:and )?(?:the )?|['’]s ", text[found[-1].end_char : mention.start_char] or "-"
        )
        is_place = mention.kind == "place" and mention.surface.casefold() not in DEMONYMS
        holds = any(m.kind == "place" and m.start_char == mention.end_char + 3 for m in mentions)  # "Finland's Espoo"
        if is_place and (follows or _is_locative(text, start, mention.start_char, mention.end_char, holds=holds)):
            found.append(_told_place(text, start, mention))
    blocked = [(m.start_char, m.end_char) for m in mentions if _is_no_place(text, m)]
    blocked += [(q.start_char, q.end_char) for q in names if not isinstance(q, Mention)]  # "at a cost of RM4.7 billion"
    found += _unknown_places(text, start, end, blocked)
    return _joined(text, sorted(found, key=lambda p: p.start_char))


def _is_no_place(text: str, mention: Mention) -> bool:
    """Whether a mention is a company, a product, a place weighed already, or a site called after something else.

    A name that no registry knows may be a town's where a company's site is called after it ("Kestervale's Port Hedley
    campus"); "Colossus" stands in Memphis.
    """
    if mention.kind == "organisation":
        owned = OWNED.search(text[max(0, mention.start_char - 8) : mention.start_char])
        return not (owned and SITED.match(text[mention.end_char : mention.end_char + 60]))
    if mention.kind == "facility":
        facility = registry.load().facilities.get(mention.registry_id)
        return facility is not None and mention.surface.split()[0] not in facility.place.split(",")[0]
    return mention.kind in UNPLACED


def _unknown_places(text: str, start: int, end: int, blocked: Sequence[tuple[int, int]]) -> Iterator[Place]:
    """Places that no registry knows, by the words around them: "at Kvandal", "its Esbjerg halls"."""
    words = text[start:end].split()
    in_capitals = sum(w[:1].isupper() for w in words) > 0.7 * len(words)  # a headline; its last words may tell where
    taken = list(blocked)
    for pattern in (IN_PLACE,) if in_capitals else (IN_PLACE, SITE_OF):
        for match in pattern.finditer(text, start, end):
            a, b = _without_units(text, *match.span("place"))
            if in_capitals and b < end:
                continue
            if any(q <= match.start() <= q + 1 for _, q in blocked) and all(map(is_derived, text[a:b].split())):
                continue  # "$5 Billion in Contracted Revenue"
            if pattern is IN_PLACE and match["the"] and not (match["kind"] or LANDSCAPE.search(text, a, b)):
                continue
            if a >= b or any(x < b and a < y for x, y in taken) or not _may_be_a_place(text[a:b].rstrip(",").split()):
                continue
            if BASED.match(text[b : b + 20]) or BEFORE_SEAT.search(text[max(start, a - 40) : a]):
                continue
            if pattern is SITE_OF and (NAMES_A_SITE.match(text, b) or (a == start and is_derived(text[a:b]))):
                continue
            surface = text[a:b].rstrip(",.'’")
            taken.append((a, b))
            yield Place(name=surface, start_char=a, end_char=a + len(surface))


def _without_units(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without what stands beside a place's name and is written large too: "MW Darłowo", "Ulsan AI"."""
    while (word := UNIT_BEFORE.match(text, start, end)) is not None:
        start = word.end()
    after = UNIT_AFTER.search(text, start, end)
    return start, after.start() if after else end


def _may_be_a_place(words: Sequence[str]) -> bool:
    first = words[0].lower().strip(".,").split("-")[0]
    shouted = words[0].isupper() and len(words[0]) > 3
    return first not in NOT_A_PLACE and " ".join(words).casefold() not in DEMONYMS and not shouted


def _told_place(text: str, sentence: int, mention: Mention) -> Place:
    """The place as told: with its direction ("western New York"), "Finland's Lappeenranta" town first."""
    direction = DIRECTION.search(text, max(sentence, mention.start_char - 16), mention.start_char)
    first = direction.start(1) if direction else mention.start_char
    halls, county = HALLS.search(text, first, mention.end_char), COUNTY.match(text, mention.end_char)
    last = halls.start() if halls else county.end() if county else mention.end_char
    name = text[first:last]
    owned = OF_A_COUNTRY.match(name)
    name = f"{owned['town']}, {owned['country']}" if owned else name
    return Place(name=name, start_char=first, end_char=last)


def _is_locative(text: str, sentence: int, start: int, end: int, *, holds: bool) -> bool:
    before, after = text[max(sentence, start - 80) : start], text[end : end + 70]
    if BASED.match(after) or BEFORE_SEAT.search(before[-40:]):
        return False
    ranked = RANKED.search(before) if is_broad(text[start:end]) else None
    if PLANT_ELSEWHERE.match(after) or (ranked and not NEW_SITE.search(ranked[0])):
        return False
    if not holds and OF_A_PLACE.match(after):
        return False
    if BEGINS.search(before) and SPOKEN_OF.match(text, start):
        return True
    if not before.strip():
        return bool(PERMITS.match(after) or CAMPUS.match(after))
    chosen = CHOSEN.search(before) and CHOSEN_FOR.match(after)
    if LOCATIVE.search(before) or CAMPUS.match(after) or chosen:
        return True
    if is_broad(text[start:end]):
        return False
    energy = ENERGY_FROM.search(before) or (MEASURED.search(before) and ENERGY_OF.match(after))
    return bool(DEAL_FOR_A_SITE.match(after) or MEANT_FOR.search(before) or energy)


def _joined(text: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """ "Pecos" and "Texas" written "Pecos, Texas" or "Pecos campus in Texas" are one place; two states are two."""
    out: list[Place] = []
    for place in places:
        gap = text[out[-1].end_char : place.start_char] if out else "-"
        if out and _only_leads_to(text, out[-1], place):
            out[-1] = place
        elif WITHIN.fullmatch(gap) and not (is_region(out[-1].name) and is_region(place.name)):
            name = f"{out[-1].name}, {place.name}"
            out[-1] = Place(name=name, start_char=out[-1].start_char, end_char=place.end_char)
        elif gap.lower() in ("'s ", "’s ") and is_region(out[-1].name.rpartition(", ")[2]):  # "Malaysia's Johor state"
            *town, region = out[-1].name.split(", ")
            name = ", ".join([*town, place.name, region])
            out[-1] = Place(name=name, start_char=out[-1].start_char, end_char=place.end_char)
        else:
            out.append(place)
    return tuple(out)


def _only_leads_to(text: str, place: Place, holder: Place) -> bool:
    """Whether a place is a campus's name ("Comstock campus in"), or near to the holder: "near Abilene in"."""
    gap = text[place.end_char : holder.start_char]
    if not gap.endswith(" in ") or not is_town(holder.name):
        return False
    names_campus = SITED.match(gap) and not is_known(place.name)
    return bool(names_campus or (gap == " in " and NEAR.search(text[: place.start_char][-10:])))
