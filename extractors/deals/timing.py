"""Whether a date says when a deal's supply or work starts, when it ends, or neither."""

from __future__ import annotations

import re

from extractors.records import Period

BUILT = frozenset({"build", "joint_venture", "lease"})
SUPPLIED = frozenset({"compute", "chips", "power"})
REACH = 110  # characters before a date that may say what happens on it

# what stands between the cue and the date: "by the end of", "no later than", "in the early part of"
LEADING = re.compile(
    r"(?:\b(?:no later than|not later than|as early as|as soon as|in time for|on or before|over the course of|by|in"
    r"|(?<!switched )(?<!turned )on|from|at|for"
    r"|during|before|around|about|towards?|until|till|through|to|of|the|its|their|very"
    r"|(?:end|close|start|beginning|middle|course|part)(?=\s+of\b|[\s-]*$)"
    r"|second|early|late|mid|sometime|some time|as)\b[\s-]*)+$",
    re.I,
)
CLAUSE = re.compile(
    r"[;:]\s|[.?!]\s|, (?:and|but|while|although|though|after|which was|when it)\b|\b(?:but|while|whereas)\b"
)
START = re.compile(
    r"\b(?:start(?:s|ing|ed|-up)?|begin(?:s|ning)?|began|commenc\w+|deliver(?:y|ies|ed|ing|able|s)?|shipments?"
    r"|ship(?:s|ped|ping)?"
    r"|online|on[- ]?line|on[- ]?stream|liv?e|go-live|launch(?:es|ed|ing)?|open(?:s|ed|ing)?|available|availability"
    r"|operational|operations?|operating|operate|in service|into service|service date|in-service|enters?|entering"
    r"|ready(?:[- ]for[- ]service)?|rfs"
    r"|install(?:ed|ation|s)?|running|arriv\w+|hand(?:ed|s|ing)? ?-?(?:over|across)|handovers?|turn(?:s|ed)? on"
    r"|turbines turn|hum|flow(?:s|ing)?|working|first (?:power|light|capacity|electrons|gas|delivery|deliveries|tranche"
    r"|load|racks?|units?"
    r"|phase|building|hall|halls|stage|reactor|megawatts?|\d[\d,.]*(?: ?[mg]w)?|half|of \w+)|half of (?:them|it"
    r"|which)"
    r"|takes? effect|took effect|ramp\w*|energi[sz]\w+|effective|up and running|deploy\w*|switch\w* on"
    r"|power(?:s|ed|ing)? up|welcom\w+|lights go"
    r"|occup\w+|move[sd]? in|moving in|kick(?:s|ed|ing)? (?:in|off)|roll(?:s|ed|ing)? out|commission(?:s|ed|ing)?"
    r"|commercial operation"
    r"|cod|com(?:e|es|ing) on|phased? in|tap(?:s|ped|ping)?|initial capacity|in production)\b",
    re.I,
)
END = re.compile(
    r"\b(?:through|until|till|complet\w+|finish\w*|conclu\w+|end(?:s|ed|ing)?|run(?:s|ning)? (?:through|to|until"
    r"|out)|expir\w+|laps\w+"
    r"|rolls? off|runs?|lasts?|valid|extends?|remaining|remainder|the rest|the balance|follow(?:s|ed|ing)?"
    r"|(?:the )?(?:last|final) (?:\w+ ){1,3}?"
    r"(?=due|to|follow|by|in|is|are|come)|build-?out)\b"
    r"|\bthe (?:last|rest|remainder|balance|others?|other (?:half|two|three)|second|third|fourth|fifth|sixth)\s*$"
    r"|\bthe (?:other|remaining|last|final|rest|balance)\b[^,;]{0,25}$",
    re.I,
)
WEAK = re.compile(
    r"\b(?:slated|due|pencill?ed in|targeted|targeting|scheduled|expected|planned|set|on (?:track|course|schedule))\b",
    re.I,
)
WHOLE = re.compile(r"\b(?:fully|full|entire|whole|in full|all (?:\w+ )?(?:phases|buildings|halls))\b", re.I)
# what dates something else than the supply or the site's first and last day of work
APART = re.compile(
    r"\b(?:construction|site work|building work|ground ?work|works?|groundbreaking|earthworks|piling) (?:\w+ ){0,3}?"
    r"(?:begin|began|start|commenc|get under ?way|got under ?way|due)\w*|\b(?:break(?:s|ing)?|broke) ground"
    r"|earth ?movers|shovels"
    r"|\b(?:field |pilot )?(?:trials?|tests|pilots?) (?:\w+ ){0,3}?(?:begin|start)\w*"
    r"|\b(?:announced|unveiled|signed|agreed|disclosed|reported|said|filed|exercis\w+|option\w*|approv\w+|permi(?:t"
    r"|ts|ssion)"
    r"|decision|vote|clos(?:e|es|ing|ed)|raised|founded|ordered|bought|matur\w+|talks|rather than|instead of"
    r"|compared with|originally"
    r"|previously|initially|earlier target of|an? (?:earlier|previous|original) (?:\w+ )?(?:of|for)|not"
    r"|delayed from|slipped from|back from|forward from"
    r"|pushed from|moved from|versus|revenue|sales|guidance|quarterly|results|ended)\b",
    re.I,
)
MOVED = re.compile(
    r"\b(?:delay|push|postpon|slip|mov|brought forward|bring forward|pull|accelerat(?!or)"
    r"|advanc)\w*\b[^.;]{0,60}$",
    re.I,
)
HAD_UNTIL = re.compile(r"\b(?:had|have|has)(?: up)? (?:until|till)\s*$", re.I)  # "had until this year relied on"
WAS_TO = re.compile(r"\b(?:was|were|had been) (?:\w+ )?(?:to|due|meant|supposed|scheduled|slated)\b[^,;]{0,30}$", re.I)
MOVES = re.compile(r"\b(?:slip|delay|push|postpon|mov|will now|now)\w*", re.I)
FOLLOWED_BY = re.compile(
    r"^\S*,? (?:start(?!ed)|deliver|launch|opening|handover|energi[sz]ation|in-service|ready-for-service|go-live"
    r"|commencement|(?P<end>completion))",
    re.I,
)
INSTALLED = re.compile(
    r"\b(?:install|deploy|build|erect|add)\b[^,;]{0,60}$", re.I
)  # "will install 1 GW by 2030": all of it
FIRST_OF = re.compile(r"\b(?:first|initial|start\w*|begin\w*|commenc\w*|liv?e|running|operati\w+|half)\b", re.I)
AND_ALSO = re.compile(  # "in the third quarter of 2028 and the first quarter of 2029"
    r"(?:\d{4}|quarter|half|spring|summer|autumn|fall|winter|[A-Z][a-z]{2,8}) "
    r"and (?:(?:\S+ ){0,3}(?:in|by|from|before) )?(?:the )?(?:end of )?$"
)
BETWEEN = re.compile(r"\bbetween (?:[\w’']+ ){1,5}and (?:the )?(?:end of )?(?:the )?$", re.I)
NOT_UNTIL = re.compile(r"\b(?:not|n['’]t|no) (?:[\w-]+ ){0,5}(?:until|before|till) (?:[\w-]+ ){0,3}$", re.I)


def period_slot(period: Period, deal_type: str, before: str, after: str) -> str:
    """ "start", "end" or "": what a date between ``before`` and ``after`` says of a deal of that type."""
    if deal_type not in BUILT | SUPPLIED or period.relation == "since":
        return ""
    if re.search(r"\b(?:ago|last|past)\b", period.surface, re.I) or re.match(r"^\S* and beyond", after):
        return ""
    local = CLAUSE.split(before[-REACH:])[-1]
    if HAD_UNTIL.search(local):
        return ""
    if BETWEEN.search(local) or (deal_type in BUILT | {"chips"} and AND_ALSO.search(local)):
        return "end"
    if NOT_UNTIL.search(local):
        return "start"
    stem = LEADING.sub("", local)
    cue, at = _nearest_cue(stem, deal_type)
    if WAS_TO.search(stem) and MOVES.search(after):
        return ""
    if MOVED.search(stem):
        return "" if period.relation in ("from", "") else "end" if END.search(stem) else "start"
    lasts = period.relation in ("through", "until")
    if cue == "apart" and len(stem) - at < (15 if lasts or period.relation == "from" else 45):
        return ""
    if lasts:
        return "end"
    if period.relation in ("from", "between"):
        return "start"
    follows = FOLLOWED_BY.match(after)
    if follows:
        return "end" if follows["end"] else "start"
    if deal_type == "chips" and period.relation in ("by", "before") and cue == "start" and not FIRST_OF.search(stem):
        return "end"
    if cue in ("start", "end"):
        if (
            cue == "start"
            and period.relation == "by"
            and deal_type in ("build", "joint_venture")
            and INSTALLED.search(stem)
        ):
            return "end"
        commissioned = cue == "start" and period.relation == "by" and re.search(r"commission\w*\s*$", stem, re.I)
        return "end" if commissioned and deal_type in BUILT else cue
    if period.relation == "by":
        return "end" if deal_type in BUILT | {"chips"} - {"lease"} else "start" if deal_type == "power" else ""
    return ""


def _nearest_cue(stem: str, deal_type: str) -> tuple[str, int]:
    """(kind of the last cue, where it ends): start, end, apart or ""."""
    found = [(m.end(), m.start(), "start") for m in START.finditer(stem)]
    found += [(m.end(), m.start(), "end") for m in END.finditer(stem)]
    found += [(m.end(), m.start(), "apart") for m in APART.finditer(stem)]
    if not found:
        weak = [m.end() for m in WEAK.finditer(stem)]
        return ("start", weak[-1]) if weak else ("", 0)
    end, begin, kind = max(found, key=lambda f: (f[0], -f[1]))
    if kind == "start" and WHOLE.search(stem, max(0, begin - 30)):  # "fully operational", "ramping up to full volume"
        kind = "end" if deal_type in BUILT else "apart"
    return kind, end


def is_later(period: Period, published: str) -> bool:
    """Whether a period does not lie wholly before the day of publication (also true where none is known).

    A day must lie after it: "said on Tuesday" and "today" date the report, not the supply.
    """
    told = re.sub(r"^FY", "", period.period)
    if not published:
        return len(told) < 10
    if re.fullmatch(r"\d{4}-\d\d-\d\d", told):
        return told > published
    if re.fullmatch(r"\d{4}-\d\d", told):
        return told >= published[:7]
    return told[:4] >= published[:4]
