"""The cast of a document: every company it names as one actor, what kind each is, and whom "the company" means."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from extractors import registry
from extractors.deals.called import roles_called
from extractors.records import Mention
from extractors.registry.rows import registry_rows

PARTY_KINDS = frozenset({"company", "organisation", "vehicle"})
CLOUDS = frozenset("service cloud platform".split())  # kinds of products that stand for who sells them
NEVER_PARTY = frozenset({"services"})  # raters, exchanges, analysts: they comment on deals
PLURAL_ANAPHORS = frozenset("two pair duo three trio both companies partners firms sides groups".split())
OWNERS = frozenset("owner maker parent developer creator operator".split())
NO_COMPANY = re.compile(
    r"Series [A-Z]\d?|(?:FY|[QH])\d{1,4}|Halls?|Routes?|Phases?|Units?|Rs"
    r"|[A-Z]{1,3}\d{1,4}[A-Za-z]?|[A-Z]{1,3}-\d{2,4}[A-Za-z]?"  # "its Z3 cards": a model
    r"|.+ (?:Station|Substation|Dam|Reactor|Airport|(?:Wind|Solar) (?:Farm|Park)|Power Plant)"
)
LEGAL = frozenset(
    "inc incorporated corp corporation co company ltd limited plc llc lp ag sa nv se gmbh asa ab oyj pte pty kk spa bv "
    "holdings holding group".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A company of the document. ``kinds`` are the registry's and what the text calls it."""

    key: str
    name: str
    company_id: str
    kinds: frozenset[str]
    mentions: tuple[Mention, ...]
    descriptors: frozenset[str] = field(default=frozenset())
    called: tuple[str, ...] = ()  # roles that the document defines it by: (the "Tenant")


@functools.cache
def load_descriptors() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """(common noun -> kind, word of a name -> kind); kind "" says only that a company is meant."""
    tables: dict[str, dict[str, str]] = {"noun": {}, "name": {}}
    for _, row in registry_rows("deal_descriptors.csv"):
        for word in row["words"].split("|"):
            tables[row["where"]].setdefault(word, row["kind"])
    return MappingProxyType(tables["noun"]), MappingProxyType(tables["name"])


@functools.cache
def _descriptor_pattern() -> re.Pattern[str]:
    nouns, _ = load_descriptors()
    return re.compile(r"\b(" + "|".join(sorted(map(re.escape, nouns), key=len, reverse=True)) + r")\b", re.I)


def find_cast(text: str, mentions: Sequence[Mention]) -> tuple[Actor, ...]:
    """The actors of a document in the order of their first mention."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.kind in PARTY_KINDS and not _names_no_party(text, mention):
            groups.setdefault(actor_key(mention), []).append(mention)
    _drop_sites(text, groups)
    _fold_short_forms(groups)
    _fold_parents(groups, title_end=len(text.partition("\n")[0]))
    return tuple(
        actor
        for key, members in sorted(groups.items(), key=lambda item: item[1][0].start_char)
        if (actor := _actor(text, key, members)) is not None
    )


ITS_SITE = re.compile(r"(?:\b(?:its|their|whose)|['’]s?) $", re.I)
SITE_AFTER = re.compile(r" (?:\w+ )?(?:campus|site|project|scheme|data cent(?:er|re)|datacent(?:er|re)|cluster|park)\b")


def _drop_sites(text: str, groups: dict[str, list[Mention]]) -> None:
    """Leave out a company's short name, a plain word, where it names another's site: "its Frontier campus"."""
    companies = registry.load().companies
    for key in [key for key in groups if key in companies]:
        plain = set(companies[key].needs_context)
        sites = {
            m.surface
            for m in groups[key]
            if m.surface in plain
            and ITS_SITE.search(text, max(0, m.start_char - 8), m.start_char)
            and SITE_AFTER.match(text, m.end_char)
        }
        groups[key] = [m for m in groups[key] if m.surface not in sites]
        if not groups[key]:
            del groups[key]


HOLDS_OFFICE = re.compile(
    r",? (?:as|to (?:be|become)) (?:its |the |their |a |an |new |first |interim |acting )*(?:[\w-]+ ){0,3}?"
    r"(?:[Dd]irector|[Pp]resident|[Cc]hair(?:man|woman|person)?|C[EFOT]O|[Oo]fficer|[Hh]ead of|"
    r"[Cc]hief|[Ee]nvoy|[Gg]overnor)\b"
)


IS_A_SITE = re.compile(  # "Frontier, a $25B mega-campus in Texas", not "Vantage, a data center operator"
    r", (?:an?|the|its|one of) (?:(?!(?:that|which|who|whose|of|behind|from|with|to|for|in) )[\w.$€£¥₹%-]+ ){0,5}?"
    r"(?:mega-?|giga-?)?"
    r"(?:campus|data cent(?:er|re)|datacent(?:er|re)|site|park|cluster|supercomputer|hub|project|facility|plant|farm)\b"
    r"(?=[,.;:]|$| (?:in|near|at|outside|on|of|off|that|which|with|under|it|to|being|built|planned|close|for"
    r"|(?:north|south|east|west)\w*)\b)",
    re.I,
)


CALLED_BEFORE = re.compile(r"\b(?:the|its|their) (?P<noun>[\w-]+(?: [\w-]+)?), $", re.I)  # "its utility, X"
IS_A_REGION = re.compile(r" (?:region|county|prefecture|province|peninsula|valley|district|island)\b(?!al)")


@functools.cache
def _press() -> frozenset[str]:
    return frozenset(s.casefold() for p in registry.load().publishers.values() for s in (p.name, *p.aliases))


def _names_no_party(text: str, mention: Mention) -> bool:
    """A site, a funding series, a model number ("Kite-3"), somebody in office, or a name known as a publisher's."""
    if mention.kind in ("company", "organisation") and IS_A_SITE.match(text, mention.end_char):
        return True
    if text[max(0, mention.start_char - 4) : mention.start_char].casefold() in (" no ", "no "):
        return True  # "no UPS or gen sets"
    if mention.kind == "organisation" and (
        text.endswith("Project ", 0, mention.start_char) or IS_A_REGION.match(text, mention.end_char)
    ):
        return True  # "at Project Dorothy 2", "the Itoshima region"
    return mention.kind == "organisation" and (
        HOLDS_OFFICE.match(text, mention.end_char) is not None
        or bool(
            re.fullmatch(r"[A-Z][a-z]+ly", mention.surface) and text[mention.end_char : mention.end_char + 1] == ","
        )
        or bool(re.match(r"-\d", text[mention.end_char : mention.end_char + 2]))
        or bool(
            re.fullmatch(r"[A-Z]{2,3}", mention.surface)
            and re.match(r" ?\d", text[mention.end_char : mention.end_char + 2])
        )
        or bool(NO_COMPANY.fullmatch(mention.surface))
        or mention.surface.casefold() in _press()
    )


def names_cloud(mention: Mention) -> bool:
    """Whether a name is a cloud's, which stands for its company: "Google Cloud", "Azure"."""
    product = registry.load().products.get(mention.registry_id) if mention.kind == "product" else None
    return product is not None and product.kind in CLOUDS


def actor_key(mention: Mention) -> str:
    """One key for every mention of the same company."""
    return mention.registry_id or plain_name(mention.name or mention.surface)


def plain_name(name: str) -> str:
    """Lower case without legal forms and possessive.

    >>> plain_name("Zephrane Holdings Ltd.")
    'zephrane'
    """
    words = re.sub(r"['’]s?$", "", name.casefold()).replace(".", "").replace(",", "").split()
    while len(words) > 1 and words[-1] in LEGAL:
        words.pop()
    return " ".join(words)


def _fold_short_forms(groups: dict[str, list[Mention]]) -> None:
    """Join "Laurentia" to "Laurentia Compute" where the document has exactly one longer form."""
    unknown = [key for key, members in groups.items() if not members[0].registry_id]
    by_first: dict[str, list[str]] = {}
    for key, members in groups.items():
        by_first.setdefault(plain_name(members[0].name or key).split(" ")[0], []).append(key)
    for key in sorted(unknown, key=len):
        longer = [
            k
            for k in by_first.get(key.split(" ")[0], ())
            if k != key and k in groups and plain_name(groups[k][0].name or k).startswith(key + " ")
        ]
        if len(longer) == 1 and not _is_whole(groups[key]):
            groups[longer[0]] = sorted(groups[longer[0]] + groups.pop(key), key=lambda m: m.start_char)


def _fold_parents(groups: dict[str, list[Mention]], title_end: int) -> None:
    """Join "Amazon" to "Amazon Web Services" where the headline names one and the text the other.

    Where the text itself names both ("commitments from Amazon and Google"), the parent is meant.
    """
    companies = registry.load().companies
    known = {key: companies[key] for key in groups if key in companies}
    for key, parent in known.items():
        units = [
            k
            for k, unit in known.items()
            if unit.parent_id == key and unit.kind == parent.kind and unit.name.startswith(f"{parent.name} ")
        ]
        spoken = [groups[key], *(groups[unit] for unit in units)]
        if len(units) == 1 and any(all(m.end_char <= title_end for m in told) for told in spoken):
            groups[units[0]] = sorted(groups[units[0]] + groups.pop(key), key=lambda m: m.start_char)


def _is_whole(members: Sequence[Mention]) -> bool:
    """Whether a name is a parent's, short for nobody else: "Harbinger Holdings" beside "Harbinger Labs"."""
    return any(re.search(r" (?:Holdings?|Group|Corporation|Corp\.?|plc|PLC|Inc\.?)$", m.surface) for m in members)


def _actor(text: str, key: str, members: list[Mention]) -> Actor | None:
    first = max(members, key=lambda m: (len(m.name), -m.start_char))
    company = registry.load().companies.get(first.registry_id) if first.registry_id else None
    if company is not None and company.kind in NEVER_PARTY:
        return None
    nouns = _described_as(text, members[:6])
    noun_kinds, name_kinds = load_descriptors()
    kinds = {company.kind} if company is not None else {k for n in nouns if (k := noun_kinds[n])}
    if not kinds:
        words = _unaccented(first.name or first.surface).casefold().replace("-", " ").split()
        kinds = {name_kinds[w] for w in words[-1:] + words[:-1] if w in name_kinds}
        kinds = (
            set(list(kinds)[:1]) if len(kinds) == 1 else {name_kinds[words[-1]]} if words[-1] in name_kinds else kinds
        )
    name = first.name or first.surface
    return Actor(
        key=key,
        name=re.sub(r"['’]s$", "", name),
        company_id=company.company_id if company is not None else "",
        kinds=frozenset(kinds),
        mentions=tuple(members),
        descriptors=frozenset(nouns),
        called=next((roles for m in members[:6] if (roles := roles_called(text, m.end_char))), ()),
    )


def _unaccented(name: str) -> str:
    """ "Energía" as "Energia"."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def _described_as(text: str, members: Iterable[Mention]) -> set[str]:
    """Common nouns that the text puts right before or, as an apposition, right after the name."""
    found: set[str] = set()
    for mention in members:
        before = re.split(
            r"[,.;:()]|\b(?:with|by|from|to|and|of|for)\b", text[max(0, mention.start_char - 48) : mention.start_char]
        )[-1]
        called = CALLED_BEFORE.search(text, max(0, mention.start_char - 48), mention.start_char)
        before = called.group("noun") if called else before
        noun = _last_noun(before)
        if noun and re.search(re.escape(noun) + r"\s*$", before, re.I):
            found.add(noun)
        after = re.match(
            r",? (?:an?|the|which is an?)? ?([^,.;()]{3,70})", text[mention.end_char : mention.end_char + 90]
        )
        if (
            after
            and text[mention.end_char : mention.end_char + 1] == ","
            and re.match(r", (?:an?|the|which is an?) ", text[mention.end_char :])
        ):
            noun = _first_noun(after.group(1))
            if noun:
                found.add(noun)
    return found


def _last_noun(text: str) -> str:
    found = _descriptor_pattern().findall(text)
    return str(found[-1]).lower() if found else ""


def _first_noun(text: str) -> str:
    head = re.split(r"\b(?:that|which|who|of|with|for|in|whose)\b", text)[0]
    return _last_noun(head)


def fullest_surface(actor: Actor) -> str:
    """The longest name by which the text calls the company, as written: no "Instagram parent"."""
    names = [re.sub(r"['’]s?$", "", m.surface) for m in actor.mentions if not re.search(r" [a-z]+$", m.surface)]
    return max(names, key=len, default=actor.name)
