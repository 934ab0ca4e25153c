"""One name a thing over the whole text: short forms, acronyms, defined terms, and what an unknown name is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace

from extractors.parties.gazetteer import meanings_of
from extractors.parties.joined import join_names
from extractors.parties.layout import Layout
from extractors.parties.names import Name
from extractors.parties.shapes import LEGAL_TAIL, NAME_WORD
from extractors.parties.starts import acts
from extractors.parties.words import first_names, is_common, is_legal_form, words_of

DEFINED = re.compile(r"[^\"()\n]{0,90}\((?:the |collectively, )?\"(?:the )?([A-Z][\w ]{1,30})\"\)")
PART_OF = re.compile(r",? (?:an?|the) [\w ,-]{0,60}\b(?:of|by) ")
ACRONYM = re.compile(r" \((?:\"|the )?([A-Z][A-Za-z]{0,2}[A-Z&][A-Za-z]{0,3})\"?\)")
SITE = re.compile(
    r" (?:campus|data[ -]cent(?:er|re)|datacent(?:er|re)|site|park|cluster|supercluster|supercomputer|facility|hub|"
    r"(?:power )?plant|(?:power |generating )?station|(?:(?:on|off)shore )?(?:wind|solar) (?:farm|park|project)|"
    r"complex|substation|halls?|gigafactory|factory|fab|technology park|nuclear)\b"
)
SITES = re.compile(
    r" (?:(?:nuclear |power |generating )?(?:plants|stations|reactors)|(?:wind|solar) farms|campuses|sites|"
    r"data[ -]cent(?:er|re)s)\b"
)
LIST_LENGTH = 4  # names of sites told in one breath
LISTED = frozenset({" and ", ", ", ", and ", " & "})
INVESTED_IN = re.compile(r"\binvest(?:s|ed|ing)? [^.;,]{0,40}?(?:million|billion|m|bn|[MB]) in $")
OWN = re.compile(r"['’]s (?:\w+ ){0,2}$")
THING = re.compile(
    r" (?:chips?|processors?|accelerators?|GPUs?|models?|chatbot|app|software|assistant|reactors?|turbines?|series)\b"
)
PLACE_BEFORE = re.compile(r"(?:^|[^\w])(?:([\w-]+) )?(in|near|at|outside|around|along|between) $", re.I)
BESIDE = re.compile(r"\b(?:near|outside|north of|south of|east of|west of) $")
# how invented names end; no town does: "Formosa Rackworks", "Gridweave"
COMPANY_LIKE = re.compile(
    r"[a-z](?:works|tech|soft|labs?|tronics|logic|chips?|cloud|compute|grid|watts?|volts?|bytes?|data|wave|weave|systems|AI)$"
)
DEALS_WITH = re.compile(
    r"\b(?:agreements?|deals?|contracts?|leases?|pacts?|talks|ventures?|partnerships?|loans?|orders?|signed|signs|sign|"
    r"partner(?:ed|s)?|merge[ds]?|owned|bought|sold|led|backed|built|run|operated|acquired) "
    r"(?:up )?(?:with|from|by|to) $",
    re.I,
)
DIRECTION_AFTER = re.compile(r" (?:Road|Rd|Street|St|Avenue|Ave|Drive|Dr|Lane|Boulevard|Blvd|Way|Court) SE$")  # no SE
# what names places and companies alike: "Corsair Lake", "Mercer Street"
WATERS = frozenset("Bay Beach Creek Harbor Harbour Island Lake Lane River Street Valley Village".split())
MOST_FORMS = 40  # of names that share their first word: keeps the cost linear in the text
ACTS_AFTER = re.compile(r"(?:'s? |,? (?:which|whose) | \([A-Z]{2,}|, (?:an?|the|its|formerly|based) )")


CIVIC_AFTER = re.compile(
    r"(?:'s)? (?:mayor|municipality|(?:city|town|county) (?:council|board|hall)|council|councillors|residents|"
    r"townspeople|planning (?:board|commission|department)|schools?|taxpayers|electorate)\b"
)
WHO_AFTER = re.compile(r",? who\b")
PARTICLES = frozenset(f" {word} " for word in ("da", "das", "de", "del", "di", "do", "dos", "du", "des", "de la"))
PARTICLE_AFTER = re.compile(r" (?:das?|de|del|di|dos?|du|des|de la) (?=[A-ZÀ-Þ])")
LOCATING = frozenset("in at near outside around across throughout from to of'".split())
GEOGRAPHY = frozenset(
    "River Lake Bay Gulf Valley Peninsula Island Islands Strait Desert Mountains Delta Sea Canal Creek".split()
)
HONORIFICS = frozenset("Datuk Dato Tan Tun Tengku Sheikh Sheikha Haji Pak Ibu Puan Encik Sir Dame Lord Lady".split())


def complete_names(layout: Layout, names: list[Name]) -> list[Name]:
    """The names with every further mention of them, each under its fullest form and of its kind."""
    names = join_names(layout, _without_overlaps(names))
    names = [_registered(name) or name for name in _as_in_full(layout, _merge_neighbours(layout, names))]
    known = _known_forms(layout, names)
    names = _without_overlaps([*names, *_further_mentions(layout, names, known)])
    names = _linked(names, known)
    return _typed(layout, _as_defined(layout.text, names))


def _as_defined(text: str, names: list[Name]) -> list[Name]:
    """The names; "Tallgrass", a known company, is another one where the document says: Tallgrass LLC ("Tallgrass")."""
    told = ((name, DEFINED.match(text, name.end)) for name in names if name.kind == "organisation")
    meant = {alias[1]: name for name, alias in told if alias and name.surface.startswith(alias[1])}
    return [
        replace(name, kind=own.kind, name=own.name, thing_id=own.thing_id)
        if name.thing_id and (own := meant.get(name.surface)) is not None
        else name
        for name in names
    ]


def _without_overlaps(names: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, n.start - n.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _merge_neighbours(layout: Layout, names: list[Name]) -> list[Name]:
    """Places and companies that are only words of a longer name: "Ironquay Pecos LLC", "Quebec Power Partners"."""
    merged: list[Name] = []
    for name in names:
        before = merged[-1] if merged else None
        gap = layout.text[before.end : name.start] if before is not None else ""
        if before is not None and gap in PARTICLES and before.kind == "organisation" and not name.thing_id:
            merged[-1] = Name(before.start, name.end, layout.text[before.start : name.end], "organisation")
        elif before is None or gap not in (" ", " & ") or layout.is_title(name.start):
            merged.append(name)
        elif layout.text[before.end : name.start] == " & ":
            if before.kind in ("place", "person") and name.kind == "organisation":  # "Harlow & Finch"
                merged[-1] = Name(before.start, name.end, layout.text[before.start : name.end], "organisation")
            else:
                merged.append(name)
        elif _is_water_or_land(before, name):
            merged[-1] = Name(before.start, name.end, layout.text[before.start : name.end], "place", before.name)
        elif _is_one_name(before, name) or _is_called_after_place(layout, before, name):
            end = name.end
            merged[-1] = Name(before.start, end, layout.text[before.start : end], "organisation")
        elif before.kind == "organisation" and name.kind == "place" and PARTICLE_AFTER.match(layout.text, name.end):
            merged[-1] = Name(before.start, name.end, layout.text[before.start : name.end], "organisation")
        elif before.kind == "organisation" and name.kind == "place" and LEGAL_TAIL.match(layout.text, name.end):
            tail = LEGAL_TAIL.match(layout.text, name.end)
            end = tail.end() if tail else name.end
            merged[-1] = Name(before.start, end, layout.text[before.start : end], "organisation")
        else:
            merged.append(name)
    return merged


def _as_in_full(layout: Layout, names: list[Name]) -> list[Name]:
    """The names; a company and a town are one where the text has them so: "Veldmark Odessa", of Veldmark Odessa LLC."""
    whole = {without_legal_form(name.surface) for name in names if name.kind == "organisation"}
    joined: list[Name] = []
    for name in names:
        before = joined[-1] if joined else None
        if before is not None and name.kind == "place" and layout.text[before.end : name.start] == " ":
            surface = layout.text[before.start : name.end]
            if before.kind in ("company", "organisation") and surface in whole:
                joined[-1] = Name(before.start, name.end, surface, "organisation")
                continue
        joined.append(name)
    return joined


def _is_one_name(before: Name, name: Name) -> bool:
    if name.kind != "organisation" or before.kind not in ("place", "company", "organisation"):
        return False
    last = name.words[-1].rstrip(".,")
    ends_so = last in words_of("organisation") or is_legal_form(last)
    return ends_so and len(name.words) <= 4


def _is_called_after_place(layout: Layout, before: Name, name: Name) -> bool:
    """ "The head of Quito Nube": a place and an unknown word are one name, unless something is "in Quito"."""
    if before.kind != "place" or name.kind != "organisation" or name.thing_id or len(name.words) > 1:
        return False
    led = layout.text[max(0, before.start - 12) : before.start].split()[-1:]
    return not led or led[0].lower() not in LOCATING


def _is_water_or_land(before: Name, name: Name) -> bool:
    """Whether a "company" after a place is what lies there: "the Ohio River"."""
    return before.kind == "place" and name.kind == "organisation" and name.surface in GEOGRAPHY and not name.thing_id


KnownNames = dict[str, Name]
ISSUER = re.compile(r"(?:Company|Corporation|Group|Issuer|Parent|Registrant)\b")


def _known_forms(layout: Layout, names: list[Name]) -> KnownNames:
    """Every way in which the text may write its names, to the name that it stands for."""
    text = layout.text
    known: KnownNames = {}
    heads: defaultdict[str, list[Name]] = defaultdict(list)
    for at, name in enumerate(names):
        if name.kind in ("place", "person"):
            if name.kind == "person" and len(name.words) > 1:
                known.setdefault(name.words[-1], name)
                if name.words[0] in HONORIFICS:  # "Datuk Faridah Hamzah", then "Faridah"
                    known.setdefault(name.words[1], name)
            continue
        known.setdefault(name.surface, name)
        bare = without_legal_form(name.surface)
        known.setdefault(bare, name)
        words = bare.split()
        for count in range(1, len(words)):
            head = " ".join(words[:count])
            heads[head].append(name)
        for pattern in (ACRONYM, DEFINED):
            match = pattern.match(text, name.end)
            if match and name.kind in ("organisation", "company") and _is_defined(text, names, at, match.start(1)):
                known.setdefault(match[1], name)
    for head, longer in heads.items():
        if _may_stand_alone(head) and len({without_legal_form(name.surface) for name in longer}) == 1:
            known.setdefault(head, longer[0])
            if known[head].kind == "organisation" and not known[head].thing_id:
                known[head] = longer[0]
    return known


def _is_defined(text: str, names: list[Name], at: int, defined: int) -> bool:
    """Whether the term defined at ``defined`` is for name number ``at``: no other stands between but its parent."""
    following = names[at + 1] if at + 1 < len(names) else None
    if following is None or following.start >= defined or following.kind not in ("organisation", "company"):
        return True
    if ISSUER.match(text, defined):  # "X LLC, a subsidiary of Y Inc. (the "Company")": Y files
        return False
    return PART_OF.fullmatch(text, names[at].end, following.start) is not None


def _may_stand_alone(head: str) -> bool:
    words = head.split()
    if words[-1] in ("&", "of", "and", "de", "for"):
        return False
    first = words[0]
    if len(words) == 1:
        return (
            len(first) > 2
            and first not in first_names()
            and not (
                first in words_of("not_a_name")
                or first in words_of("generic_head")
                or first in words_of("demonym")
                or first in words_of("acronym")
                or first.casefold() in words_of("function")
            )
        )
    return True


def _further_mentions(layout: Layout, names: list[Name], known: KnownNames) -> list[Name]:
    """Words outside the names found so far that the text has introduced as a name."""
    text = layout.text
    found: list[Name] = []
    seen = {name.surface for name in names}
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for form in known:
        by_first[form.split()[0].split("-")[0]].append(form)
    for forms in by_first.values():
        forms.sort(key=len, reverse=True)
        del forms[MOST_FORMS:]
    taken = iter([*names, Name(len(text) + 1, len(text) + 1, "", "")])
    current = next(taken)
    resume = 0
    for match in NAME_WORD.finditer(text):
        start = match.start()
        while current.end <= start:
            current = next(taken)
        if start >= current.start or start < resume:
            continue
        for form in by_first.get(match[0].split("-")[0], ()):
            end = start + len(form)
            if end <= current.start and text.startswith(form, start) and not text[end : end + 1].isalnum():
                if " " in form or form in seen or not is_common(form) or not layout.starts_sentence(start):
                    target = known[form]
                    found.append(Name(start, end, form, target.kind, target.name, target.thing_id))
                    resume = end
                break
    return found


def _linked(names: list[Name], known: KnownNames) -> list[Name]:
    """Every unknown name under the fullest form that the text gives it, or under the company that it abbreviates."""
    capitals = {form.upper(): name for form, name in known.items() if len(form) > 3 and form != form.upper()}
    linked = []
    for name in names:
        target = known.get(name.surface) or known.get(without_legal_form(name.surface)) or capitals.get(name.surface)
        if name.kind in ("organisation", "company", "person") and target is not None and not name.thing_id:
            seen = {name.surface}
            while target.surface not in seen and known.get(target.surface, target) is not target:
                seen.add(target.surface)
                target = known[target.surface]
            full = target.name or without_legal_form(target.surface)
            name = replace(name, kind=target.kind, name=full, thing_id=target.thing_id)
        elif not name.name:
            name = replace(name, name=without_legal_form(name.surface))
        linked.append(name)
    return linked


def _registered(name: Name) -> Name | None:
    """An unknown name spelled as a registered thing whose plain word was no evidence: it has some now."""
    if name.kind != "organisation":
        return None
    for spelling in meanings_of(without_legal_form(name.surface)):
        if spelling.kind in ("company", "vehicle", "facility", "product", "accelerator"):
            return replace(name, kind=spelling.kind, name=spelling.name, thing_id=spelling.thing_id)
    return None


def without_legal_form(surface: str) -> str:
    """A name without the legal form at its end."""
    words = surface.split()
    while len(words) > 1 and is_legal_form(words[-1].rstrip(".,")):
        words.pop()
    return " ".join(words).rstrip(",")


def _typed(layout: Layout, names: list[Name]) -> list[Name]:
    """Unknown names that are sites, places or products by all that is said of them, typed so."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for position, name in enumerate(names):
        if name.kind == "organisation":
            votes[name.name][_vote(layout, names, position)] += 1
    for counted in votes.values():
        if not counted["facility"]:  # "Comstock's first hall": a campus has halls, too
            counted["organisation"] += counted["owner"]
    kinds = {full: _elected(full, counted) for full, counted in votes.items()}
    return [replace(name, kind=kinds[name.name]) if name.kind == "organisation" else name for name in names]


def _elected(full: str, votes: Counter[str]) -> str:
    last = re.sub(r" (?:N|S|E|W|NE|NW|SE|SW)$", "", full).rsplit(maxsplit=1)[-1]
    if full.startswith("Project ") and len(full.split()) > 1:
        return "facility"
    if votes["person"] and not votes["registered"] and last not in words_of("organisation"):
        return "person"
    if votes["registered"] or (votes["organisation"] and not votes["place"] and last in WATERS):
        return "organisation"
    if last.rstrip(".") in words_of("place_tail") and len(full.split()) > 1:
        return "place"
    if (
        votes["organisation"]
        or (last in words_of("organisation") and len(full.split()) > 1)
        or full.endswith(" family")
    ):
        return "organisation"
    for kind in ("facility", "place", "product"):
        if votes[kind] and not (kind == "place" and COMPANY_LIKE.search(last)):
            return kind
    return "organisation"


def _is_one_of_sites(text: str, names: list[Name], position: int) -> bool:
    """Whether a name begins or goes on a list of sites that ends with what they are: "the Perry and Norse plants"."""
    first = last = position
    for _ in range(LIST_LENGTH):
        first -= 1 if first and text[names[first - 1].end : names[first].start] in LISTED else 0
        last += 1 if last + 1 < len(names) and text[names[last].end : names[last + 1].start] in LISTED else 0
    is_definite = text[: names[first].start].endswith(("the ", "its ", "their "))
    return last > first and is_definite and SITES.match(text, names[last].end) is not None


def _vote(layout: Layout, names: list[Name], position: int) -> str:
    text, name = layout.text, names[position]
    if name.surface.rstrip(".,") != without_legal_form(name.surface).rstrip(".,") and not DIRECTION_AFTER.search(
        name.surface
    ):
        return "registered"
    if CIVIC_AFTER.match(text, name.end):
        return "place"
    if SITE.match(text, name.end):
        return "facility"
    if _is_one_of_sites(text, names, position):
        return "facility"
    is_model = any(c.isdigit() for c in name.surface)
    if is_model and (THING.match(text, name.end) or OWN.search(text, max(0, name.start - 30), name.start)):
        return "product"
    following = names[position + 1] if position + 1 < len(names) else None
    if following and following.kind == "place" and text[name.end : following.start] == ", ":
        return "place"
    if BESIDE.search(text, max(0, name.start - 12), name.start) and not layout.is_title(name.start):
        return "place"
    if WHO_AFTER.match(text, name.end):
        return "person"
    if ACTS_AFTER.match(text, name.end) or acts(text, name.end):
        return "owner" if text.startswith("'s ", name.end) else "organisation"
    if DEALS_WITH.search(text, max(0, name.start - 40), name.start):
        return "organisation"
    if INVESTED_IN.search(text, max(0, name.start - 60), name.start):
        return "unsaid"  # a company as likely as a place
    before = PLACE_BEFORE.search(text, max(0, name.start - 30), name.start)
    if before and (before[1] or "").casefold() not in words_of("invested_in") and not layout.is_title(name.start):
        return "place"
    next_word = re.match(r" ([a-z]+)", text[name.end : name.end + 24])
    if next_word and next_word[1] in words_of("company_verb"):
        return "organisation"
    return "unsaid"
