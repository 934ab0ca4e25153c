"""Whether a registered spelling that is also a plain word, a first name or a town really names the thing here."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from extractors.parties.gazetteer import AI_WHAT, Hit, Spelling, find_hits, meanings_of
from extractors.parties.layout import Layout
from extractors.parties.starts import acts
from extractors.parties.words import first_names, is_common, is_derived, is_legal_form, known_surnames, words_of

KIND_ORDER = ("company", "vehicle", "facility", "accelerator", "product", "place", "publisher")
NEXT_WORD = re.compile(r" ([^\W\d_][\w&-]*)")
PREVIOUS_WORD = re.compile(r"([\w&-]+) $")
STATE_CODE = re.compile(r"[A-Z]{2}")
PLACE_BEFORE = re.compile(
    r"\b(?:in|near|at|outside|around|across|from|of|to|for|and|within|into|over|throughout|toward|between|,|;|\()\s$",
    re.I,
)
DEAL_BEFORE = re.compile(
    r"\b(?:with|from|to|by|of|for|between|and|via|than|behind|at|in|joins|into|against|backs|buys|taps|sues|or) $", re.I
)
OF_PLACE = ("-based", "-headquartered", "-area", "-Based", "-Area", "-Headquartered")
PERSON_BEFORE = re.compile(r"(?:[A-Z][\w'.-]*|Mrs?\.|Ms\.|Dr\.) $")
NEARS_SUM = re.compile(r" (?:near|close to) (?:an? )?(?:[$€£¥₹]|[A-Z]{1,3}\$)?\d")
TICKER_AFTER = re.compile(r" \((?:[A-Za-z]+:? ?)?[A-Z]{1,5}(?:\.[A-Z]{1,2})?(?:\)| [+-]?\d)")
APPOSITIVE_AFTER = re.compile(r", (?:an?|the|which|whose|one|its|owner|formerly|based|backed|led)\b")
LISTED_WITH = re.compile(r"(?:,| and| &) ([^\W_]+(?: [A-Z][\w]+)*)")
SITE_AFTER = re.compile(
    r" (?:AI )?(?:campus|data[ -]?cent|site|park|cluster|supercluster|supercomputer|facility|hub|plant|project|complex|"
    r"region|phase|\d)",
    re.I,
)
IDIOM = re.compile(r"\b(?:at scale|scale up|out together|all together)$", re.I)
BESIDE_NAMES = ("demonym", "acronym", "person_title", "abbreviation", "calendar")  # "the Malaysian Tenaga"
VENTURE_AFTER = re.compile(r" (?:campus|data[ -]?cent|site|cluster|supercomputer|facility|flagship)", re.I)


def choose(hit: Hit, layout: Layout, owners: Collection[str], certain: Collection[str]) -> Spelling | None:
    """The meaning of a hit that the text bears out, or None where its words are only words.

    ``owners`` are the companies that the text surely speaks of, ``certain`` the ids of all things that it surely names.
    """
    for kind in KIND_ORDER:
        for spelling in hit.spellings:
            if spelling.kind == kind and _is_borne_out(spelling, hit, layout, owners, certain):
                return spelling
    return None


def is_plain(spelling: Spelling) -> bool:
    """Whether a spelling names its thing wherever it stands."""
    if spelling.needs_context:
        return False
    if spelling.kind == "place":
        return not (
            STATE_CODE.fullmatch(spelling.text) and spelling.text not in ("US", "UK", "EU")
        ) and not _reads_otherwise(spelling.text)
    return True


def _reads_otherwise(place: str) -> bool:
    return " " not in place and (is_common(place) or place in first_names() or place in known_surnames())


def _is_borne_out(
    spelling: Spelling, hit: Hit, layout: Layout, owners: Collection[str], certain: Collection[str]
) -> bool:
    text = layout.text
    if IDIOM.search(text, max(0, hit.start - 12), hit.end):
        return False
    if _ends_unknown_name(spelling, hit, layout):
        return False
    if is_plain(spelling) and len({s.kind for s in hit.spellings}) == 1:
        return True
    if spelling.kind == "place":
        return _is_place(spelling, hit, text)
    if spelling.kind == "vehicle" and not spelling.needs_context:
        return not VENTURE_AFTER.match(text, hit.end) or not any(s.kind == "facility" for s in hit.spellings)
    if spelling.kind == "facility":
        return spelling.owner_id in owners or SITE_AFTER.match(text, hit.end) is not None
    if is_plain(spelling):
        return True
    if spelling.thing_id in certain:
        return not _in_longer_run(hit, layout)
    if spelling.kind in ("product", "accelerator"):
        return spelling.owner_id in owners and not _in_longer_run(hit, layout)
    return _is_company(hit, layout)


def _is_place(spelling: Spelling, hit: Hit, text: str) -> bool:
    before = text[max(0, hit.start - 12) : hit.start]
    if STATE_CODE.fullmatch(spelling.text) and spelling.text not in ("US", "UK", "EU"):
        return before.endswith(", ")
    if not _reads_otherwise(spelling.text):
        return True
    after = text[hit.end : hit.end + 3]
    if text.startswith(OF_PLACE, hit.end):
        return True
    if spelling.text in first_names() | known_surnames():
        if re.match(r" [A-Z]", after) or PERSON_BEFORE.search(text, max(0, hit.start - 24), hit.start):
            return False
        if not is_common(spelling.text) and not acts(text, hit.end):
            return True
    return bool(PLACE_BEFORE.search(before)) or bool(re.match(r", [A-Z]", after))


def _is_company(hit: Hit, layout: Layout) -> bool:
    text = layout.text
    if TICKER_AFTER.match(text, hit.end) or (text.startswith("'s ", hit.end) and not _in_longer_run(hit, layout)):
        return True
    following = NEXT_WORD.match(text, hit.end)
    next_word = following[1] if following else ""
    if is_legal_form(next_word):
        return True
    title = layout.is_title(hit.start)
    if _goes_on_with_its_own(hit, text) or (next_word == "AI" and AI_WHAT.match(text, hit.end + len(" AI"))):
        return True
    if not title and _in_longer_run(hit, layout):
        return False
    if (
        next_word in words_of("company_verb")
        or (next_word.endswith("ed") and next_word.islower())
        or (title and next_word.casefold() in words_of("company_verb"))
    ):
        return True
    if (
        NEARS_SUM.match(text, hit.end)
        or APPOSITIVE_AFTER.match(text, hit.end)
        or _is_listed_with_company(text, hit.end)
    ):
        return True
    before = text[max(0, hit.start - 12) : hit.start]
    if title:
        return bool(DEAL_BEFORE.search(before)) and not next_word[:1].isupper()
    return not layout.starts_sentence(hit.start) and not text.startswith("-", hit.end)


def _goes_on_with_its_own(hit: Hit, text: str) -> bool:
    """Whether a site or product of the same company follows: "Galaxy Helios"."""
    owners = {spelling.owner_id for spelling in hit.spellings if spelling.kind == "company"}
    found = next(find_hits(text[hit.end + 1 : hit.end + 40]), None) if text.startswith(" ", hit.end) else None
    return found is not None and found.start == 0 and any(s.owner_id in owners for s in found.spellings)


def _is_listed_with_company(text: str, end: int) -> bool:
    """Whether the words go on with a company that is surely one: "Constellation, Meta sign"."""
    listed = LISTED_WITH.match(text, end)
    if listed is None:
        return False
    found = next(find_hits(text[listed.start(1) : listed.end(1)]), None)
    return found is not None and found.start == 0 and found.spellings[0].kind == "company"


def _in_longer_run(hit: Hit, layout: Layout) -> bool:
    """Whether another capitalised word stands directly beside, so that the hit is a piece of a longer name."""
    text = layout.text
    if layout.is_title(hit.start):
        return False
    following = NEXT_WORD.match(text, hit.end)
    after = following[1] if following else ""
    if after[:1].isupper() and not (
        is_legal_form(after) or after in words_of("person_title") or after in words_of("acronym")
    ):
        return True
    previous = PREVIOUS_WORD.search(text, max(0, hit.start - 30), hit.start)
    if previous is None or not previous[1][0].isupper():
        return False
    word = previous[1]
    return not (
        layout.starts_sentence(previous.start())
        or word in words_of("demonym")
        or word in words_of("acronym")
        or word in words_of("person_title")
    )


def _ends_unknown_name(spelling: Spelling, hit: Hit, layout: Layout) -> bool:
    """Whether a word that is no English, and no name of ours, makes another company of a short form: "Riau Tenaga"."""
    if spelling.kind != "company" or " " in spelling.text or spelling.text == spelling.name:
        return False
    previous = PREVIOUS_WORD.search(layout.text, max(0, hit.start - 30), hit.start)
    if previous is None or layout.is_title(hit.start) or not previous[1].istitle() or "-" in previous[1]:
        return False
    word = previous[1]
    return not (is_derived(word) or any(word in words_of(kind) for kind in BESIDE_NAMES) or meanings_of(word))


def merged_certain(names: Sequence[Spelling]) -> tuple[set[str], set[str]]:
    """The companies behind, and the ids of, spellings that need no context."""
    return {s.owner_id for s in names if s.owner_id}, {s.thing_id for s in names}
