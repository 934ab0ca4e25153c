"""Registered names and unknown ones, put together over the whole text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.parties.consistency import complete_names
from extractors.parties.evidence import choose, is_plain, merged_certain
from extractors.parties.extent import body_named_after, named_after_town, organisation_end, place_extent
from extractors.parties.gazetteer import Hit, Spelling, find_hits, plain
from extractors.parties.headline import dealt_with, end_beside, ended_as_names, subjects
from extractors.parties.layout import LONGEST_HEADLINE, Layout, read_layout
from extractors.parties.names import Name
from extractors.parties.paraphrase import paraphrased
from extractors.parties.shapes import (
    Run,
    find_runs,
    legal_tail_end,
    looks_like_person,
    names_document,
    split_at_office,
    strip_run,
)
from extractors.parties.starts import (
    acts,
    acts_as_state,
    agent_forms,
    headline_verbs,
    is_plain_subject,
    names_itself,
    small_names,
    small_words,
)
from extractors.parties.words import (
    ends_organisation,
    first_names,
    is_common,
    is_derived,
    is_legal_form,
    known_surnames,
    words_of,
)
from extractors.registry import load

BYLINE = re.compile(
    r" [-–—|] (?:The )?[A-Z][\w.&']*(?: (?:[A-Z&][\w.&']*|of|the|and)){0,5}$| \([^()/]{0,60}(?:/[^()]{2,40})?\)$"
)
FAMILY = re.compile(r" family\b")
TICKER_BEFORE = re.compile(r"[(;,] ?[A-Z][A-Za-z. ]{1,18}: ?$")
TOLD_OF = re.compile(r"(?:,? [a-z]|'s? |, (?:an?|the|its|one) |,? and [A-Z]| \(| / [A-Z])")
STREET_AFTER = re.compile(r" (?:Road|Lane|Street|Avenue|Drive|Boulevard|County|Parkway|Highway|Township)\b")
GOVERNMENT = re.compile(r" [Gg]overnment\b")


def read_names(text: str) -> list[Name]:
    """All names of a text in order, none overlapping another."""
    layout = read_layout(plain(text))
    registered = _registered(layout)
    unknown = list(_unknown_names(layout, registered))
    names = complete_names(layout, sorted([*registered, *unknown], key=lambda name: name.start))
    byline = _byline_start(layout.text)
    return [
        replace(name, surface=text[name.start : name.end])
        for name in names
        if name.kind != "publisher"
        and not (name.kind in ("organisation", "person") and byline <= name.start < _title_end(layout.text))
    ]


def _title_end(text: str) -> int:
    end = text.find("\n")
    return len(text) if end < 0 else end


def _byline_start(text: str) -> int:
    """Where the headline's " - Publisher" or "(Author/Publisher)" begins, else the length of the text."""
    byline = BYLINE.search(text, 0, min(_title_end(text), LONGEST_HEADLINE))
    return byline.start() if byline else len(text)


def _registered(layout: Layout) -> list[Name]:
    hits = list(find_hits(layout.text))
    plainly = [hit.spellings[0] for hit in hits if len(hit.spellings) == 1 and is_plain(hit.spellings[0])]
    owners, certain = merged_certain(plainly)
    names = (_name_of_hit(hit, layout, owners, certain) for hit in hits)
    return sorted((name for name in names if name is not None), key=lambda name: name.start)


def _name_of_hit(hit: Hit, layout: Layout, owners: set[str], certain: set[str]) -> Name | None:
    spelling = choose(hit, layout, owners, certain)
    if spelling is None:
        return None
    government = GOVERNMENT.match(layout.text, hit.end) if spelling.kind == "place" else None
    if (
        government is None
        and spelling.kind == "place"
        and _is_state(spelling)
        and acts_as_state(layout.text, hit.start, hit.end)
    ):
        surface = layout.text[hit.start : hit.end]
        return Name(hit.start, hit.end, surface, "organisation", f"{spelling.name} government")
    if government:
        surface = layout.text[hit.start : government.end()]
        return Name(hit.start, government.end(), surface, "organisation", f"{spelling.name} government")
    street = STREET_AFTER.match(layout.text, hit.end) if spelling.kind == "company" else None
    if street:
        surface = layout.text[hit.start : street.end()]
        return Name(hit.start, street.end(), surface, "place", surface)
    tail = _tail_end(hit, layout, spelling)
    if tail is not None:
        return Name(hit.start, legal_tail_end(layout.text, tail), layout.text[hit.start : tail], "organisation")
    if spelling.kind == "place":
        return _place(hit, layout, spelling)
    end = legal_tail_end(layout.text, hit.end) if spelling.kind == "company" else hit.end
    name = Name(hit.start, end, layout.text[hit.start : end], spelling.kind, spelling.name, spelling.thing_id)
    return paraphrased(name, layout.text)


def _is_state(spelling: Spelling) -> bool:
    place = load().places.get(spelling.thing_id)
    return place is not None and place.kind == "country"


def _tail_end(hit: Hit, layout: Layout, spelling: Spelling) -> int | None:
    """Where the longer name ends that only begins with known words: "Ostrava Wind", "Ironwood Miners"; else None."""
    if spelling.kind == "company" and is_legal_form(_next_word(layout.text, hit.end)):
        return None
    of_place = spelling.kind == "place"
    end = organisation_end(layout.text, hit.end, of_place=of_place)
    if end is None and of_place:
        end = named_after_town(layout, hit.end, spelling.thing_id)
    if end is not None and layout.is_title(hit.start) and not acts(layout.text, end):
        return None
    return end


def _next_word(text: str, end: int) -> str:
    return text[end + 1 : end + 24].split(" ", maxsplit=1)[0].rstrip(".,;)")


def _place(hit: Hit, layout: Layout, spelling: Spelling) -> Name:
    body = body_named_after(layout, hit.start)
    if body is not None:
        surface = layout.text[body : hit.end]
        return Name(body, hit.end, surface, "organisation", surface)
    start, end = place_extent(layout, hit.start, hit.end, spelling.thing_id)
    surface = layout.text[start:end]
    if (start, end) == (hit.start, hit.end):
        return Name(start, end, surface, "place", spelling.name, spelling.thing_id)
    return Name(start, end, surface, "place", surface, spelling.thing_id if surface[0].islower() else "")


def _unknown_names(layout: Layout, registered: list[Name]) -> Iterator[Name]:
    text = layout.text
    runs = [
        part
        for start, end in _gaps(registered, len(text))
        for run in find_runs(text, start, end)
        for part in split_at_office(text, run)
    ]
    small = small_words(text)
    in_titles = [run for run in runs if layout.is_title(run.start)]
    in_text = [run for run in runs if not layout.is_title(run.start)]
    alone = {text[run.start : run.end] for run in in_text if not layout.starts_sentence(run.start)}
    found = []
    for run in (part for whole in in_text for part in _split_at_verb(whole, layout)):
        if names_document(text, run):
            continue
        stripped = strip_run(run, layout, alone.__contains__)
        if stripped is not None and (name := _name_of_run(stripped, layout, alone, small)) is not None:
            found.append(name)
    for start, end in small_names(text):
        if not any(name.start < end and start < name.end for name in registered):
            found.append(Name(start, end, text[start:end], "organisation"))
    yield from found
    spelled = {name.surface for name in found if name.kind == "organisation"}
    yield from _title_subjects(layout, registered)
    for run in in_titles:
        yield from _names_in_title(run, layout, spelled)


def _split_at_verb(run: Run, layout: Layout) -> list[Run]:
    """The run parted at the verb of a headline that writes some words small: "Velmora Raises Series B to build"."""
    text, end = layout.text, _title_end(layout.text)
    for at, span in enumerate(run.words):
        word = text[slice(*span)]
        acting = word.casefold() in headline_verbs() and is_derived(word) and word not in words_of("organisation")
        if acting and 0 < span[0] < end:
            parts = [run.words[:at], run.words[at + 1 :]]
            return [Run(part[0][0], part[-1][1], part) for part in parts if part]
    return [run]


def _title_subjects(layout: Layout, registered: list[Name]) -> Iterator[Name]:
    """Who acts in each headline in title case, and with whom."""
    text = layout.text
    for start, end in zip(layout.title_starts, layout.title_ends, strict=True):
        known = [(name.start, name.end) for name in registered if name.start < end and start < name.end]
        for span in (*subjects(text, start, end, known), *dealt_with(text, start, end, known)):
            if not looks_like_person(tuple(text[slice(*span)].split()), "", text[span[1] : span[1] + 80]):
                yield Name(*span, text[slice(*span)], "organisation")


def _name_of_run(run: Run, layout: Layout, alone: set[str], small: frozenset[str]) -> Name | None:
    text = layout.text
    surface = text[run.start : run.end]
    words = tuple(text[start:end] for start, end in run.words)
    before, after = text[max(0, run.start - 30) : run.start], text[run.end : run.end + 80]
    if looks_like_person(words, before, after):
        return Name(run.start, run.end, surface, "person", surface)
    told = layout.is_title(run.start) or layout.starts_sentence(run.start)
    if before.endswith("To ") and words[0].casefold() in agent_forms():  # "X To Build AI Factory"
        return None
    if (
        all(_is_no_name(word) for word in words)
        or _is_generic(words, surface, after, capital=not told)
        or TICKER_BEFORE.search(before)
    ):
        return None
    if len(words) == 1:
        return _name_of_word(run, words[0], layout, alone, small)
    if layout.starts_sentence(run.start) and all(is_common(word) for word in words) and surface not in alone:
        told = ends_organisation(words[-1]) or _is_told_of(run, words, layout)
        return _organisation(run, layout) if told else None
    return _organisation(run, layout)


def _is_told_of(run: Run, words: tuple[str, ...], layout: Layout) -> bool:
    """Whether plain words that begin a sentence are its subject: "Peregrine Row has agreed", no heading."""
    if all(is_plain_subject(word) for word in words):
        return False
    return TOLD_OF.match(layout.text, run.end) is not None


def _is_generic(words: tuple[str, ...], surface: str, after: str, *, capital: bool) -> bool:
    """Whether words are only a label: "Series E", "Data Center", "Nordic AI", "Awarded:".

    Inside a sentence a ``capital`` makes a name: "with Paragon AI".
    """
    if surface in words_of("stop_phrase"):
        return True
    if words[0] in words_of("defined_term") and len(words) == 2 and len(words[1]) <= 2:
        return True
    if all(word in words_of("generic_head") for word in words):
        return True
    plain = words[0] in words_of("demonym") or words[0] in words_of("ai_manner") or is_common(words[0])
    if words[-1] == "AI" and len(words) == 2 and plain:
        if capital and words[0] not in words_of("demonym") and words[0] not in words_of("ai_manner"):
            return False
        return words[0] not in words_of("organisation") and not after.startswith(("'s", " ("))
    return len(words) == 1 and after.startswith(":")


def _name_of_word(run: Run, word: str, layout: Layout, alone: set[str], small: frozenset[str]) -> Name | None:
    begins = layout.starts_sentence(run.start)
    acting = begins and names_itself(layout, run.start, run.end, small)
    if word in known_surnames() or (word in first_names() and not (acting and _is_no_persons(word, layout.text))):
        return Name(run.start, run.end, word, "person", word)
    if FAMILY.match(layout.text, run.end):
        end = run.end + len(" family")
        return Name(run.start, end, layout.text[run.start : end], "organisation")
    if len(word) < 2 or (is_common(word) and begins and word not in alone and not acting):
        return None
    if word in words_of("organisation") and (word not in alone or begins) and not acting:
        return None
    return _organisation(run, layout)


def _is_no_persons(word: str, text: str) -> bool:
    """Whether nobody in the text has the name: "Wren" is a company where no Wren Castell is told of."""
    return re.search(rf"\b{re.escape(word)} [A-Z]|[A-Z][\w.]* {re.escape(word)}\b", text) is None


def _organisation(run: Run, layout: Layout) -> Name:
    end = legal_tail_end(layout.text, run.end)
    return Name(run.start, end, layout.text[run.start : end], "organisation")


def _names_in_title(run: Run, layout: Layout, spelled: set[str]) -> Iterator[Name]:
    """The names of the text that stand in a headline, and its words that are no plain English."""
    text = layout.text
    group: list[tuple[int, int]] = []
    words = list(run.words)
    while words:
        ends = [end for _, end in words if text[words[0][0] : end] in spelled]
        if not ends:
            group.append(words.pop(0))
            continue
        yield from _strange_names(group, layout)
        group = []
        yield Name(words[0][0], ends[-1], text[words[0][0] : ends[-1]], "organisation")
        words = [span for span in words if span[0] >= ends[-1]]
    yield from _strange_names(group, layout)
    for span in ended_as_names(text, list(run.words)):
        yield Name(*span, text[slice(*span)], "organisation")


def _strange_names(words: list[tuple[int, int]], layout: Layout) -> Iterator[Name]:
    text = layout.text
    group: list[tuple[int, int]] = []
    for span in (*words, (len(text), len(text))):
        word = text[slice(*span)]
        strange = (
            bool(word)
            and not is_derived(word)
            and not is_common(word)
            and not _is_no_name(word)
            and word not in words_of("demonym")
        )
        follows = bool(group) and text[group[-1][1] : span[0]] in (" ", " & ")
        if (strange and (follows or not group)) or (
            group
            and follows
            and (word in words_of("organisation") or is_legal_form(word))
            and word not in words_of("verb_too")
        ):
            group.append(span)
        else:
            if group:
                yield from _name_of_group(group, layout)
            group = [span] if strange else []


def _name_of_group(group: list[tuple[int, int]], layout: Layout) -> Iterator[Name]:
    text = layout.text
    start, end = group[0][0], group[-1][1]
    words = tuple(text[slice(*span)] for span in group)
    if looks_like_person(words, text[max(0, start - 30) : start], "") or words[0] in known_surnames():
        yield Name(start, end, text[start:end], "person", text[start:end])
    elif len(words) > 1 or len(words[0]) > 1:
        end = legal_tail_end(text, end_beside(text, start, end))
        yield Name(start, end, text[start:end], "organisation")


def _is_no_name(word: str) -> bool:
    return (
        word in words_of("acronym")
        or word in words_of("calendar")
        or word.removesuffix("s") in words_of("demonym")  # "sells stake to Canadians"
        or word in words_of("not_a_name")
        or word in words_of("defined_term")
        or word.casefold() in words_of("function")
        or is_legal_form(word)
    )


def _gaps(names: Iterable[Name], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for name in names:
        if name.start > at:
            yield at, name.start
        at = name.end
    if at < length:
        yield at, length
