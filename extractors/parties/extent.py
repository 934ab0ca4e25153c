"""How far a name reaches beyond its registered place: "Elko County", "west Texas", "North Bend", "Port of Esbjerg"."""

from __future__ import annotations

import functools
import re

from extractors.parties.layout import Layout
from extractors.parties.shapes import STANDS_ALONE
from extractors.parties.starts import acts
from extractors.parties.words import ends_organisation, is_common, words_of
from extractors.registry import load

_TAIL = re.compile(
    r" (?:County|Parish|Township|Province|Prefecture|Governorate|Municipality|District|Borough|Heights|Hills|Springs"
    r"|Falls|Junction|Grove|Rapids|Creek|Valley|Beach|Bay|Ridge|City)\b(?! [A-Z])"
)
_DIRECTION = re.compile(
    r"(?<![\w-])(?:(?:north|south)(?:-?(?:east|west))?(?:ern)?|(?:east|west)(?:ern)?|(?:north|south)-central|central|upstate"
    r"|far (?:north|south|east|west)) $"
)
# what a town's name begins with; not before a state, as in "New Texas rules"
_HEAD = re.compile(
    r"(?<![\w-])(?:North|South|East|West|New|Fort|Ft\.|Port|Mount|Mt\.|Lake|San|Santa|Saint|St\.|El|La|Los|Las|Grand|Upper"
    r"|Lower|Little|Great|Big|Old|Cape|Glen) $"
)
_WIDE = frozenset({"state", "province", "country", "region"})
_HEAD_OF_WHICH = re.compile(r"(?<![\w-])(?:(?!The |A )[A-Z][\w-]+ ){0,3}?(?P<head>[A-Z]\w+) of (?:the )?$")
# "City of Lubbock" and "State of Ohio" say where, "Port of Esbjerg" says who
_SAYS_WHERE = frozenset(
    {"City", "County", "State", "Town", "Village", "Kingdom", "Republic", "Commonwealth", "Secretary"}
)
_LONGEST = 60
_MOST_TAIL_WORDS = 4
_NEXT_CAPITAL = re.compile(r" (?:& )?([A-Z][\w'-]*)")
_SOLD = frozenset(
    "AI Bitcoin Campuses Centers Centres Chip Chips Circuits Cloud Compute Computing Connect Data Edge Foundry Grid "
    "Hardware Hyperscale Inference Intelligence Interconnect Lab Labs Management Media Memory Models Network "
    "Networking Networks Optical Office Platform Platforms Processor Products Rack Racks Research Security Semi "
    "Semiconductor Server Servers Services Software Solutions Space Storage Studio Studios Supercompute "
    "Superintelligence Switches Systems Turbines Works".split()
)
_OF_TOWNS = frozenset(  # what a town has, written large
    "Airport Area Arena Basin Building Campus Center Centre Chamber College Complex Council Court Courthouse "
    "Department District Facility Harbor Harbour Hall House Hub Institute Island Metro Metropolitan Museum Office Park "
    "Plant Port Project Region School Site Stadium Station Tower Town University Valley Village Zone".split()
)
_NO_PART = ("acronym", "calendar", "demonym", "person_title", "defined_term", "not_a_name", "function")
_WITH_PLAN = frozenset("Pension Pensions Retirement Superannuation Investment Investments University".split())
_PLAN = re.compile(r" (?:Plan|Board|Scheme|System)\b")


def place_extent(layout: Layout, start: int, end: int, place_id: str) -> tuple[int, int]:
    """The span of a place that its words stand for, with the county or the direction told beside it."""
    text = layout.text
    tail = _TAIL.match(text, end)
    if tail:
        end = tail.end()
    direction = _DIRECTION.search(text, max(0, start - _LONGEST), start)
    if direction:
        return direction.start(), end
    if not layout.is_title(start) and _kind(place_id) not in _WIDE:
        head = _HEAD.search(text, max(0, start - _LONGEST), start)
        if head and not (
            layout.starts_sentence(head.start()) and head[0] in ("New ", "Big ", "Old ", "Little ", "Great ")
        ):
            return head.start(), end
    return start, end


def body_named_after(layout: Layout, start: int) -> int | None:
    """Where the name of a body begins that is called after the place at ``start``, or None."""
    match = _HEAD_OF_WHICH.search(layout.text, max(0, start - _LONGEST), start)
    if match is None or match["head"] in _SAYS_WHERE or match["head"] not in words_of("head_before_of"):
        return None
    return match.start("head") if layout.starts_sentence(match.start()) else match.start()


def organisation_end(text: str, end: int, *, of_place: bool) -> int | None:
    """Where an organisation's name ends that begins with the known name before ``end``: "Ostrava | Wind AS", or None.

    Words that as well name what is sold or found there ("Oracle Cloud", "Kenya AI") make no other company, after a
    place unless nothing follows that they could describe ("Lagos Cloud has", "Lagos Cloud rents").
    """
    found, at = None, end
    for _ in range(_MOST_TAIL_WORDS):
        word = _NEXT_CAPITAL.match(text, at)
        if word is None:
            break
        at = word.end()
        if ends_organisation(word[1]):
            is_sold = word[1] in _SOLD and not (of_place and (STANDS_ALONE.match(text, at) or acts(text, at)))
            found = None if is_sold else at
            plan = _PLAN.match(text, at) if word[1] in _WITH_PLAN else None
            if plan:
                found = at = plan.end()
    return found


def named_after_town(layout: Layout, end: int, place_id: str) -> int | None:
    """Where a name ends that a town's begins: a plain noun with a capital in running text, "from Meridian Forge"."""
    word = _NEXT_CAPITAL.match(layout.text, end)
    if word is None or layout.is_title(end) or _kind(place_id) in _WIDE:
        return None
    noun = word[1]
    is_part = len(noun) > 2 and is_common(noun) and noun not in _OF_TOWNS
    is_part = is_part and not any(noun in words_of(kind) for kind in _NO_PART)
    return word.end() if is_part and STANDS_ALONE.match(layout.text, word.end()) else None


@functools.cache
def _kind(place_id: str) -> str:
    place = load().places.get(place_id)
    return place.kind if place else ""
