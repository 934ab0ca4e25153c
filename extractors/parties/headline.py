"""Names in a headline in title case, where capitals tell nothing: who acts, and what ends as such names do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.parties.shapes import LEGAL_TAIL, NAME_WORD
from extractors.parties.starts import acts, agent_forms, headline_verbs, is_plain_subject
from extractors.parties.words import is_common, is_derived, is_legal_form, known_surnames, words_of

Span = tuple[int, int]

CLAUSE = re.compile(r"(?:^|[:;] | [-–—|] )[\"'“‘]?")
BETWEEN_SUBJECTS = re.compile(r"(?:, (?:and |And )?| and | And )")
TO_ACT = re.compile(r" [Tt]o ([A-Za-z]+)")
IN_TALKS = re.compile(r" (?:[Ii]n (?:\w+ )?[Tt]alks|[Nn]ear (?:a )?[Dd]eal|[Cc]lose [Tt]o)\b")
DEAL_WITH = re.compile(
    r"\b(?:Deals?|Pact|Contract|PPA|Agreement|Lease|Partnership|Talks|Venture|JV|Loan|Tie-Up|Order|Partners|Teams Up"
    r"|Merge|Signs) (?:With|with|From|from) "
)
AFTER_OTHER_SIDE = re.compile(r"$|\n|[;,:]| (?:For|for|In|in|At|at|To|to|Worth|worth|On|on|Over|over|as|As) | [-–—|] ")
LONGEST_TAIL = 2  # plain words that end a name
LONGEST_SUBJECT = 4  # words of one name
MOST_SUBJECTS = 4
BY_WHOM = re.compile(r"\b(?:From|By|With|from|by|with|Via|via|Joins|Buys?|Acquires?|Backs|Taps|Picks) $")
# ends of names that are as well the plural of what a headline is about
THINGS = frozenset(
    "Assets Campuses Centers Centres Chips Data Development Equity Estate Financing Fund Funds Land Memory Models "
    "Racks Reactors Satellites Securities Servers Services Storage Turbines".split()
)


def subjects(text: str, start: int, end: int, known: Sequence[Span]) -> Iterator[Span]:
    """The spans of the headline ``text[start:end]`` that name who acts in it, ``known`` names left out.

    ``Red Fox and Marlow Signs`` has two, ``Startup Signs`` none.
    """
    for clause in CLAUSE.finditer(text, start, end):
        yield from _subjects_from(text, clause.end(), end, known)


def _subjects_from(text: str, at: int, end: int, known: Sequence[Span]) -> Iterator[Span]:
    found: list[Span] = []
    for _ in range(MOST_SUBJECTS):
        words = _words_until_verb(text, at, end, several=bool(found))
        if not words or len(words) > LONGEST_SUBJECT + 3:
            return
        found.append((at, words[-1][1]))
        beside = BETWEEN_SUBJECTS.match(text, words[-1][1], end)
        if beside is None:
            break
        at = beside.end()
    if found and _acts(text, found[-1][1], end, together=len(found) > 1):
        for span in found:
            named = _without_description(text, *span)
            if named is not None and not any(a < named[1] and named[0] < b for a, b in known):
                yield named


def _words_until_verb(text: str, at: int, end: int, *, several: bool = False) -> list[Span]:
    """The capitalised words from ``at`` on, up to the first verb, which has no ending after ``several`` names."""
    words: list[Span] = []
    while match := NAME_WORD.match(text, at, end):
        word = match.group()
        verbs = agent_forms() if several else headline_verbs()
        is_verb = word.casefold() in verbs and not word.isupper()
        if words and (is_verb or word.casefold() in words_of("function")):
            break
        words.append(match.span())
        gap = text[match.end() : match.end() + 1]
        at = match.end() + (3 if text.startswith(" & ", match.end()) else 1)
        if gap != " ":
            break
    return words


def _acts(text: str, at: int, end: int, *, together: bool = False) -> bool:
    following = NAME_WORD.match(text, at + 1, end) or re.compile(r"[a-z]+").match(text, at + 1, end)
    if following is not None and following.group().casefold() in headline_verbs():
        return True
    to = TO_ACT.match(text, at, end)
    if acts(text, at, together=together):
        return True
    return bool(to and to[1].casefold() in agent_forms()) or IN_TALKS.match(text, at, end) is not None


def _without_description(text: str, start: int, end: int) -> Span | None:
    """The words that name somebody, without "German AI Firm" before them; None where all only describe."""
    words = [match.span() for match in NAME_WORD.finditer(text, start, end)]
    while words and is_plain_subject(text[slice(*words[0])]):
        if text[slice(*words.pop(0))] in words_of("person_title"):
            return None
    if words and is_common(text[slice(*words[-1])]) and text[slice(*words[-1])].endswith("ly"):
        words.pop()
    if not words or len(words) > LONGEST_SUBJECT or text[slice(*words[-1])] in known_surnames():
        return None
    last = text[slice(*words[-1])]
    if is_plain_subject(last) and not (len(words) > 1 and (last in words_of("organisation") or is_legal_form(last))):
        return None
    if len(words) > 1 and any(is_plain_subject(text[slice(*span)]) for span in words[1:-1]):
        return None
    return words[0][0], words[-1][1]


def dealt_with(text: str, start: int, end: int, known: Sequence[Span]) -> Iterator[Span]:
    """The spans of plain words that a headline names as the other side: "Signs PPA With Thicket; ..."."""
    for match in DEAL_WITH.finditer(text, start, end):
        words = _words_until_verb(text, match.end(), end)
        if not 0 < len(words) < LONGEST_SUBJECT or not AFTER_OTHER_SIDE.match(text, words[-1][1]):
            continue
        span = words[0][0], words[-1][1]
        if not any(is_plain_subject(text[slice(*w)]) for w in words) and not any(
            a < span[1] and span[0] < b for a, b in known
        ):
            yield span


def end_beside(text: str, start: int, end: int) -> int:
    """Where a strange name ends that begins the other side of a deal: "From Tasman | Rivers for Hobart Hall"."""
    if not BY_WHOM.search(text, max(0, start - 10), start):
        return end
    at, words = end, 0
    while words < LONGEST_TAIL and (match := NAME_WORD.match(text, at + 1)) and text[at : at + 1] == " ":
        word = match.group()
        if is_plain_subject(word) or word in THINGS or word in words_of("acronym"):
            return end
        at, words = match.end(), words + 1
        if AFTER_OTHER_SIDE.match(text, at):
            return at
    return end


def ended_as_names(text: str, words: list[Span]) -> Iterator[Span]:
    """The spans among adjacent words of a headline that end as names do: "From Trellis Equity Partners"."""
    group: list[Span] = []
    for span in [*words, (len(text), len(text))]:
        word = text[slice(*span)]
        small = word.casefold()
        to_act = small in agent_forms() and text[max(0, span[0] - 3) : span[0]].casefold() == "to "
        ends = not word or small in words_of("function") or small in headline_verbs() or to_act
        if not ends or word in words_of("organisation"):
            group.append(span)
            if word:
                continue
        found = _ended(text, [s for s in group if s[0] < len(text)])
        if found is not None:
            yield found
        group = []


def _ended(text: str, words: list[Span]) -> Span | None:
    while words and is_plain_subject(text[slice(*words[0])]):
        words = words[1:]
    while (
        words and text[slice(*words[-1])] not in words_of("organisation") and not is_legal_form(text[slice(*words[-1])])
    ):
        words = words[:-1]
    if not 2 <= len(words) <= LONGEST_SUBJECT:
        return None
    start, end = words[0][0], words[-1][1]
    last = text[slice(*words[-1])]
    if text.startswith("'s ", end) and last in words_of("organisation"):
        return start, end
    if last in words_of("generic_head") and not BY_WHOM.search(text, max(0, start - 10), start):
        return None
    first = text[slice(*words[0])]
    if (is_common(first) or is_derived(first)) and not (
        LEGAL_TAIL.search(text, start, end) or (last not in THINGS and BY_WHOM.search(text, max(0, start - 10), start))
    ):
        return None
    return start, end
