"""What is told to be for a site: land bought for a campus, plants that power data centres, premises for computing."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.deals.drafts import Draft
from extractors.deals.event import Event
from extractors.deals.roles import Bound
from extractors.deals.sentences import Sentence

FOR_A_SITE = re.compile(
    r"\b(?:for|site of|land of) (?:\S+ ){0,7}?"
    r"(?:data cent(?:er|re)|datacent(?:er|re)|campus|technology park|hub|supercomputer|facility)",
    re.I,
)
POWERS_SITES = re.compile(
    r"\b(?:for|(?:to |that )?(?:power|fuel|feed|suppl(?:y|ies)|serv)(?:s|e|es|ing)?) (?:\S+ ){0,5}?"
    r"(?:data cent(?:er|re)|datacent(?:er|re)|ai campus|ai factor)",
    re.I,
)
POWERED_BY = re.compile(  # "X's data center to be powered by solar farm"
    r" by (?:\S+ ){0,5}?(?:batteries|fuel cells?|gas|geothermal|hydro\w*|nuclear|reactors?|solar|turbines?|wind)\b",
    re.I,
)
SITE_GETS = re.compile(
    r"\b(?:data cent(?:er|re)|datacent(?:er|re)|campus|cluster|supercomputer)(?: in [^,;]+?)? \w+$", re.I
)
OF_THE_TRADE = re.compile(  # one such word makes "facility" or "site" mean what is built for computing
    r"\bdata[ -]?(?:cent(?:er|re)|hub|hall)"
    r"|\b(?:AI|cloud|computing|campus|cluster|(?:mega|giga)watts?|GPUs?|bitcoin|crypto\w*)\b"
    r"|\d[ -]?[MG]W\b|supercomput|datapark|\bchip|semiconduct|\bservers?\b|\bfabs?\b|\bfoundry\b|\bnuclear\b|\breactor",
    re.I,
)
PREMISES = re.compile(  # "six data centers", "a new campus": no market that chips are made for
    r"\b(?:an?|its|new|first|second|third|another|two|three|four|five|six|seven|eight|ten|\d[\d.,]*(?:[MG]W|bn|B)?) "
    r"(?:[\w-]+ ){0,2}?(?:data ?cent(?:er|re)s?|campus(?:es)?)\b"
    r"(?! (?:business|[CG]PUs?|chips?|market|plan|play|platform|portfolio|processors?|products?|revenue|sales|unit)\b)",
    re.I,
)


def is_land(event: Event) -> bool:
    """Whether land is bought, or a site by a noun: "the purchase of a data center site"."""
    return bool(event.kinds & {"land"}) or ("n_acquisition" in event.frames and bool(event.kinds & {"site"}))


def is_for_sites(text: str, event: Event, sentence: Sentence, start: int) -> bool:
    """Whether a plant, told of at ``start``, is for data centres: "plans gas plant to power AI data centers"."""
    plants = {"develop_power", "spend_power", "buy_power"} & set(event.frames)
    if "buy_power" in event.frames and SITE_GETS.search(text, sentence.start_char, start):
        return True  # "X data center gets three more gas plants"
    if "supply_company" in event.frames and POWERED_BY.match(text, start, sentence.end_char):
        return True
    return bool(plants) and POWERS_SITES.search(text, start, sentence.end_char) is not None


def campuses(text: str, new: list[tuple[Event, Draft]]) -> list[tuple[Event, Draft]]:
    """Land bought for a campus tells that the campus is to be built, too."""
    out = []
    for event, draft in new:
        land = {"land", "close_on"} & set(draft.rules)
        if draft.type != "acquisition" or not land or draft.status in ("cancelled", "rumored"):
            continue
        if not FOR_A_SITE.search(text, draft.trigger[1], draft.sentence.end_char):
            continue
        buyers = {k: Bound(b.hit, "developer", 0.7) for k, b in draft.parties.items() if b.role == "acquirer"}
        if buyers:
            build = replace(
                draft,
                type="build",
                parties=buyers,
                status="announced",
                rules=["land_for_site"],
                slots={},
                ranks={},
                places=[],
                target=None,
            )
            out.append((event, build))
    return out
