"""Runs of capitalised words: what may name an organisation, a person, a site or a product that no registry knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors.parties.layout import Layout
from extractors.parties.words import ends_organisation, first_names, is_common, is_legal_form, words_of

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
PART = rf"[{UPPER}][^\W_]*"
# "7Bridges" and "21Vianet", but neither "46MW" nor "100Gbps"
DIGITS_LEAD = rf"\d{{1,3}}(?=[{UPPER}][a-zà-öø-ÿ]{{2}})(?!(?:[GMTkK](?:bp|by|bi|wh)|Crore|Lakh|Million|Billion))"
# "xAI", "gridLoom"
SMALL_LEAD = rf"[a-z]{{1,2}}(?=[{UPPER}])|[a-z]{{3,12}}(?=[{UPPER}][a-zà-öø-ÿ]{{2}})"
DOTTED_LEGAL = r"(?:N\.[AV]|B\.V|L\.P|L\.L\.C|S\.A(?:\.B)?(?:\. de C\.V)?|S\.p\.A|K\.K|W\.L\.L)"
NAME_WORD = re.compile(
    rf"(?<![\w@#/$€£¥.])(?!{DOTTED_LEGAL}\b)(?:{SMALL_LEAD}|{DIGITS_LEAD})?{PART}"
    rf"(?:&{PART}|-(?=[{UPPER}]){PART}|(?<=\b[{UPPER}])-\d{{1,3}}(?![\w-])|'(?=[{UPPER}]){PART}(?<!')"
    rf"|\+(?=[A-Z]\b){PART}|\.(?:ai|io|com|AI|org|net|co|pl|de|tech|cloud|dev|app|xyz|energy)\b)*"
)
LEGAL_TAIL = re.compile(
    rf"(?:,? )(?:{DOTTED_LEGAL}|Inc|Incorporated|Corp|Corporation|Company|Co|Ltd|Limited|LLC|LLP|LP|plc|PLC|Plc|AG|"
    r"GmbH|SAS?|SpA|NV|BV|SE|ASA|AS|A/S|AB|Oyj|Oy|KK|Pte\.? Ltd|Pty\.? Ltd|Sdn\.? Bhd|Bhd|JSC|PJSC|KGaA|Tbk|PBC|"
    r"Ltda|sp\. z o\.o|d\.o\.o|s\.r\.o)\b(?!-)(?:\.(?=[\s,;:)]|$))?"
)
AND_MORE = re.compile(rf" (?:and|&) ((?:{PART} ){{1,3}}{PART})")
LABELS = frozenset(
    "Exclusive Update Correction Factbox Analysis Focus Insight Refile Timeline Breakingviews Column".split()
)
LAST_WORDS = frozenset("GPU GPUs DC IT TV VC PE HPC REIT".split())  # acronyms that end names
TIE_AFTER = re.compile(
    r" (?:tie-?up|deal|pact|venture|JV|joint venture|alliance|partnership|merger|accord|agreement|talks|contract|lease"
    r"|link-?up|combination|consortium)\b",
    re.I,
)
NEXT_WORD = re.compile(rf" ({PART})")
FORM = re.compile(r"\b\d{1,2}-[A-Z]$")  # of a filing
APPOSITION = re.compile(r", (?:an?|the|its|one of) (?=\w)")  # "Studio Kiln, the start-up": plain words name it
SMALL_WORDS = frozenset("To With From By As After Under Amid Into At Will".split())
LONGEST_RUN = 12  # words; longer runs of capitals are lists or noise
STANDS_ALONE = re.compile(r"[,.;:)]|'s|$|\n| / | (?:has|had|is|was|will|said|says|and|to|for|in|on|at|from|with)\b")
ROMAN = re.compile(r"(?:I{1,3}|IV|VI{0,3}|IX|XI{0,3})")
NUMBERS = frozenset("One Two Three Four Five Six Seven Eight Nine Ten Twelve".split())
DOTTED_FORM = re.compile(r"\b(?:Inc|Corp|Co|Ltd)$")
DOT_INSIDE = re.compile(r"\.(?=,| [a-z(])")


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent capitalised words, with what stands between them."""

    start: int
    end: int
    words: tuple[tuple[int, int], ...]  # span of every word


def find_runs(text: str, start: int, end: int) -> Iterator[Run]:
    """The runs of capitalised words in ``text[start:end]``, joined by blanks, "&" and the particles of names."""
    spans: list[tuple[int, int]] = []
    for match in NAME_WORD.finditer(text, start, end):
        if match[0] in SMALL_WORDS and spans:  # "Kestrel To Build": capitals of a headline, no part of a name
            yield Run(spans[0][0], spans[-1][1], tuple(spans))
            spans = []
            continue
        for span in _split_hyphens(text, *match.span()):
            if FORM.search(text[max(0, span[0] - 3) : span[1]]):
                continue  # "8-K Halden Hash Inc."
            if spans and (len(spans) == LONGEST_RUN or not _joined(text, spans, span)):
                yield Run(spans[0][0], spans[-1][1], tuple(spans))
                spans = []
            spans.append(span)
    if spans:
        yield Run(spans[0][0], spans[-1][1], tuple(spans))


TITLES_INSIDE = frozenset(
    "CEO CFO COO CTO CIO Chairman Chairwoman Chair President Founder Co-founder Cofounder Chief".split()
)
TITLE_WORDS = TITLES_INSIDE | frozenset(
    "Executive Officer Financial Operating Technology Investment Revenue Vice Managing Director Senior Deputy".split()
)


def split_at_office(text: str, run: Run) -> list[Run]:
    """The run parted where an office stands inside it: "Ember CEO Ravi Pillai" names a company and a person."""
    words = list(run.words)
    for at, span in enumerate(words):
        if text[slice(*span)] in TITLES_INSIDE:
            after = at + 1
            while after < len(words) and text[slice(*words[after])] in TITLE_WORDS:
                after += 1
            parts = [tuple(words[:at]), tuple(words[after:])]
            if not parts[1] and at == 0:
                break
            return [Run(part[0][0], part[-1][1], part) for part in parts if part]
    return [run]


LONGEST_PAPER = 40  # characters of "Memorandum of "
_PAPERS = r"(?:Letters?|Notice|Memorand(?:um|a)|Deed|Certificate|Statement|Heads|Bill|Articles|Terms)"
OF_PAPER = re.compile(rf"{_PAPERS} of (?:the )?[A-Z][a-z]+\b(?! (?:[A-Z]|&))")
PAPER_OF = re.compile(rf"\b{_PAPERS} of (?:the )?[A-Z][a-z]+$")


def names_document(text: str, run: Run) -> bool:
    """Whether a run of several words names a paper: "Master Services Agreement", no pension plan."""
    words = [text[slice(*span)] for span in run.words]
    if PAPER_OF.search(text, max(0, run.start - LONGEST_PAPER), run.end) or OF_PAPER.match(text, run.start):
        return True
    if further := AND_MORE.match(text, run.end):  # "the Equipment Supply | and Power Agreement"
        words += further[1].split()
    return len(words) > 1 and words[-1] in words_of("document") and not {"Pension", "Retirement"} & set(words)


def legal_tail_end(text: str, end: int) -> int:
    """Where a name that ends here ends with its legal form: ", Inc." is taken along."""
    tail = LEGAL_TAIL.match(text, end)
    if tail is None and DOTTED_FORM.search(text, max(0, end - 6), end) and DOT_INSIDE.match(text, end):
        return end + 1
    return tail.end() if tail else end


def strip_run(run: Run, layout: Layout, seen_alone: Callable[[str], bool]) -> Run | None:
    """The run without words that are no part of a name at its ends; None where nothing is left.

    ``seen_alone`` says whether words occur as a run of their own elsewhere in the text: where a sentence begins with a
    plain word before a name ("Rival Boorandah Data"), that decides what the name is.
    """
    text = layout.text
    words = list(run.words)
    at_start = layout.starts_sentence(run.start)
    while words:
        word = text[slice(*words[0])]
        rest = text[words[1][0] : words[-1][1]] if len(words) > 1 else ""
        if _never_leads(word, rest, at_start) or (
            at_start
            and rest
            and is_common(word)
            and text[words[0][1] : words[1][0]] == " "
            and not (is_common(rest) and APPOSITION.match(text, run.end))
            and _is_descriptor(word, rest, text[words[0][0] : words[-1][1]], seen_alone)
        ):
            words.pop(0)
        else:
            break
        at_start = False
    while words and _never_ends(text[slice(*words[-1])], alone=len(words) == 1):
        if len(words) > 1 and _is_last_name(text[slice(*words[-1])], layout, words[-1][1]):
            break
        if len(words) > 1 and _counts(text[slice(*words[-1])], text[slice(*words[-2])], layout, *words[-1]):
            break
        words.pop()
    return Run(words[0][0], words[-1][1], tuple(words)) if words else None


def _never_leads(word: str, rest: str, at_start: bool) -> bool:
    following = next(iter(rest.split(maxsplit=1)), "")
    if word.casefold() in words_of("function"):
        words = rest.split()
        if word.capitalize() in NUMBERS and words[1:] and _is_own(words[0]) and ends_organisation(words[-1]):
            return False  # "Four Corners Energy Trust"
        return at_start or not rest or word in ("The", "A", "An")
    if word in words_of("calendar"):
        return not ends_organisation(rest)  # "Sunday Labs"
    if at_start and following in words_of("calendar"):
        return is_common(word)  # "Last October Verdance"
    if word in words_of("person_title"):
        return True
    if word in words_of("demonym"):
        return not rest or (not is_common(following) and following not in words_of("organisation"))
    if word in words_of("acronym"):
        return not rest or following not in words_of("organisation")
    return not rest and (word in words_of("not_a_name") or word in words_of("defined_term"))


def _is_own(word: str) -> bool:
    return word not in words_of("demonym") and word not in words_of("acronym")


SEASON = re.compile(r"(?:[QH][1-4]|[1-4][QH]|FY)(?:(?:FY)?['’]?\d{2,4})?")  # of results: "Kaveri Edge Q2 FY27"


def _never_ends(word: str, alone: bool) -> bool:
    if word in words_of("organisation") or is_legal_form(word):
        return alone and word in words_of("organisation") and is_common(word)
    return (
        word in words_of("acronym")
        or word in words_of("calendar")
        or word in words_of("person_title")
        or word in words_of("defined_term")
        or word.casefold() in words_of("function")
        or word in words_of("demonym")
        or SEASON.fullmatch(word) is not None
    )


def _is_last_name(word: str, layout: Layout, end: int) -> bool:
    """Whether an acronym ends a name, as nothing follows that it could describe: "from Skyline GPU for"."""
    return word in LAST_WORDS and not layout.is_title(end - 1) and STANDS_ALONE.match(layout.text, end) is not None


def _counts(word: str, before: str, layout: Layout, at: int, end: int) -> bool:
    """Whether a number belongs to the name before it: "Birchwood Fund III", "Verdant Six"."""
    if ROMAN.fullmatch(word):
        return before in words_of("organisation") or LEGAL_TAIL.match(layout.text, end) is not None
    return word in NUMBERS and not layout.is_title(at) and before not in words_of("defined_term")


def _is_descriptor(word: str, rest: str, whole: str, seen_alone: Callable[[str], bool]) -> bool:
    if seen_alone(whole):
        return False
    if seen_alone(rest):
        return True
    return word.casefold() in words_of("appositive") or word.casefold() in words_of("person_title_lower")


def _split_hyphens(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """One span, or the parts of a compound such as "Nvidia-Backed"."""
    word = text[start:end]
    if "-" not in word:
        return [(start, end)]
    parts = word.split("-")
    if parts[0] in LABELS:  # "Exclusive-Cordelia in talks"
        return _split_hyphens(text, start + len(parts[0]) + 1, end)
    if (
        len(parts) == 2 and TIE_AFTER.match(text, end) and _are_two(parts)
    ):  # "Ridgeback Energy-Solace tie-up", two names
        cut = start + len(parts[0])
        return [(start, cut), (cut + 1, end)]
    for at, part in enumerate(parts[:-1]):
        if part in words_of("organisation") and not is_common(parts[at + 1]):  # "Heron Energy-Okapi", two names
            cut = start + len("-".join(parts[: at + 1]))
            return [(start, cut), *_split_hyphens(text, cut + 1, end)]
    if parts[0] in words_of("name_prefix") and _ends_organisation(text, end):  # "Tri-Rivers Electric"
        return [(start, end)]
    if not any(part in words_of("hyphen_tail") or part in words_of("acronym") or is_common(part) for part in parts[1:]):
        return [(start, end)]
    return [(start, start + len(parts[0]))] if not is_common(parts[0]) else []


def _are_two(parts: list[str]) -> bool:
    """Whether a hyphen joins two names, not the words of a description: no "Long-Term deal"."""
    first, second = parts
    named = not is_common(first) or first in words_of("organisation")
    return named and second not in words_of("hyphen_tail") and second not in words_of("acronym")


def _ends_organisation(text: str, end: int) -> bool:
    """Whether the next word ends an organisation's name."""
    following = NEXT_WORD.match(text, end)
    return following is not None and (following[1] in words_of("organisation") or is_legal_form(following[1]))


def _joined(text: str, spans: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    between = text[spans[-1][1] : span[0]]
    if between in (" ", " & "):
        return True
    if between in (" de ", " du ", " del ", " des ", " di ", " da ", " do ", " van ", " von ", " al-", " de la "):
        return True
    if between == " and ":
        return text[slice(*spans[0])] in words_of("head_before_and")
    if between in (" of ", " for ", " of the "):
        return text[slice(*spans[-1])] in words_of("head_before_of")
    return False


def looks_like_person(words: tuple[str, ...], before: str, after: str) -> bool:
    """Whether two to four words name a person: a given name first, a title before, or an office after."""
    if not words or any(word in words_of("organisation") or is_legal_form(word) for word in words[1:]):
        return False
    if (
        words[0].split("-")[0] in first_names()
        and 2 <= len(words) <= 4
        and not (is_common(words[0]) and is_common(words[-1]))
    ):
        return True
    last_word = before.rsplit(None, 1)[-1].strip(",") if before.strip() else ""
    titled = last_word in words_of("person_title") or last_word.rstrip(".") in words_of("person_title")
    if titled and last_word not in ("Crown",) and len(words) <= 4:
        return True
    if 2 <= len(words) <= 3 and (HOLDER.search(before) or ASKED.search(before)) and not is_common(words[0]):
        return True
    if INITIALS.search(before) and not is_common(words[0]):
        return True
    named_after = before.endswith(last_word + " ") or (before.endswith(last_word + ", ") and after.startswith(","))
    if 2 <= len(words) <= 4 and last_word in words_of("person_title_lower") and named_after:
        return not is_common(words[0])
    return 2 <= len(words) <= 3 and OFFICE.match(after) is not None and not is_common(words[-1])


HOLDER = re.compile(  # "X's site manager, Isla Drummond", no "asset manager Halden Capital"
    r"\b(?:site|general|plant|project|local|country|area|regional|operations|communications|facilities|property|city"
    r"|county|town|hall|finance|strategy|technology) (?:manager|boss|head|chief|engineer|lead),? $",
    re.I,
)
ASKED = re.compile(
    r"\b(?:questions (?:for|to|with)|interview(?: with)?|Q&A with|(?:talk|lunch|coffee) with)[:,]? $", re.I
)
INITIALS = re.compile(  # "managing director R. Thamarai"
    r"\b(?:director|officer|executive|president|chairman|chairwoman|chief|head|secretary|minister|founder|manager"
    r"|CEO|CFO|COO|CTO),? (?:[A-Z]\. ?){1,3}$"
)
OFFICE = re.compile(
    r",? ?\(?(?:(?:the|its|a|an|who|and|then|chief|vice|senior|managing|executive|deputy|global|former|interim|acting|"
    r"group|co-?)"
    r"[ -])*(?:U\.S\. )?(?:[\w' -]{0,40}?\b)?"
    r"(?:executive|president|chairman|chairwoman|chair|officer|minister|secretary|senator|"
    r"governor|mayor|founder|co-founder|analyst|economist|spokesman|spokeswoman|spokesperson|director|head of|manager|"
    r"CEO|CFO|COO|CTO|strategist|commissioner|professor)\b"
)
