"""Whether plain words that begin a sentence name a company: they act, or are spoken of, as only companies are."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from extractors.parties.layout import Layout
from extractors.parties.words import is_common, is_derived, words_of
from extractors.registry.verbs import forms_of, verb_forms

SPOKEN_OF = re.compile(
    r", (?:an?|the|its|one of|which|who|whose|formerly|based|owned|backed|led|headed|known|part of|itself|in which)\b"
    r"|'s? "
    r"| \((?:the )?[A-Z\"]"
    r"|(?:,? (?:an?|the))? (?:CEO|CFO|COO|CTO|chief (?:executive|financial|operating)|chair(?:man|woman)|founder"
    r"|co-founder|spokes(?:man|woman|person)|executives|shares|shareholders|stock|subsidiary)\b"
    r"| (?:in|near(?:s|ing)?|close to) (?:\w+ ){0,2}(?:talks|deal|agreement|negotiations)\b"
)
STEP = re.compile(r",? ([A-Za-z][\w-]*)")
ASIDE = re.compile(r", (?!and )[^,.;\n]{1,60},(?= )")  # "Quarry, based in Oslo, buys"
BE = frozenset({"is", "was", "are", "were"})
HAVE = frozenset({"has", "had", "have"})
MODAL = frozenset({"will", "would", "may", "might", "could", "to", "can", "must"})
BETWEEN = frozenset(
    "also now just already recently reportedly quietly formally finally separately since again set poised due ready "
    "expected said be been about likely seeking looking planning hoping aiming preparing agreeing".split()
)
AFTER_PAST = re.compile(
    r" (?:an?|the|its|their|to|that|on|in|with|at|up|into|as|it|this|last|late|early|all|about|more|over|nearly|"
    r"another|two|three|plans|[A-Z$€£¥₹\d])|[.,;]"
)
MOST_STEPS = 5
BESIDE = re.compile(r"(?:, and|,| and| &) ([A-Z][\w-]*)(?: [A-Z][\w-]*){0,3}")
MOST_BESIDE = 3
STATE_MONEY = re.compile(
    r" (?:(?:to|will|is to|has|plans to|agrees to|may|could|would|set to|in talks to) )?"
    r"(?:takes?|taken|took|taking|buys?|bought|acquires?|acquired|invests?|invested|lends?|lent|gets?|injects?|injected|"
    r"puts?|pours?|poured|commits?|committed)"
    r" (?:an? |its |another |up to |about |nearly |as much as |more than )?"
    r"(?:(?:[\w.,%€£¥₹$-]+ ){0,3}(?:stake|equity|shares?)\b"
    r"|(?:[A-Z][\w&'-]* ){0,4}(?:[A-Z]{1,3})?(?:[$€£¥₹]\d|\d[\d.,]* ?(?:billion|million|trillion|bn)\b))"
)
STATE_JOINS = re.compile(
    r" (?:(?:to|will|is to|has|agrees? to|agreed to|plans to|may|set to|in talks to) )?join(?:s|ed|ing)? "
    r"(?:[\w.'’&$-]+ ){0,7}?(?:project|initiative|programme|program|venture|alliance|consortium|partnership)\b",
    re.I,
)
JOINED = re.compile(r"\bjoin(?:s|ed|ing)? (?:the )?$", re.I)
OF_STATE = re.compile(
    r"['’]s (?:[\w.'’&$-]+ ){0,5}?(?:project|initiative|programme|program|venture|alliance|consortium)\b", re.I
)
SMALL_START = re.compile(r"(?:^|\n|[.!?][\"”’]? )([a-z]{3,}\d{0,3})(?=[ ,'])")
SMALL_EXPLAINED = re.compile(
    r"(?<![\w.@/-])([a-z]{3,}\d{0,3}),? (?=\([A-Z]{2,}: ?[A-Z]|an? (?:[\w'-]+ ){0,5}"
    r"(?:company|group|firm|operator|developer|business|startup|start-up|provider|maker|lender|utility)\b)"
)
SMALL = re.compile(r"(?<![\w'-])[a-z]{3,}\b")


@functools.cache
def agent_forms() -> frozenset[str]:
    """Every form of the verbs for what companies do: "signs", "leased", "buying"."""
    return forms_of(words_of("agent_verb"))


@functools.cache
def headline_verbs() -> frozenset[str]:
    """The forms of those verbs that say what one has done or does: "signs", "signed", but not "sign"."""
    return frozenset(
        form for lemma in words_of("agent_verb") for form in verb_forms(lemma) - {lemma} if not form.endswith("ing")
    )


def small_names(text: str) -> Iterator[tuple[int, int]]:
    """The spans of names that are written small: "datum9 takes 22 MW", "nexa, a German cloud group".

    No other sentence begins with a small letter, and nothing else that is no English is explained so.
    """
    found = {m[1] for m in SMALL_START.finditer(text) if not is_derived(m[1]) and acts(text, m.end(1))}
    found |= {m[1] for m in SMALL_EXPLAINED.finditer(text) if not is_derived(m[1]) or m[1][-1].isdigit()}
    if found:
        for match in re.finditer(rf"(?<![\w.@/-])(?:{'|'.join(sorted(found))})(?![\w-])", text):
            yield match.span()


def small_words(text: str) -> frozenset[str]:
    """The words that the text writes small: what is written so is plain."""
    return frozenset(SMALL.findall(text))


def acts(text: str, end: int, *, together: bool = False) -> bool:
    """Whether a verb for what companies do follows: "has agreed", "will buy", "is in talks", "signs".

    Not "power is sold", which says nothing of a company, nor "largest proposed site", where no object follows. What
    several do ``together`` has no ending: "sign".
    """
    aside = ASIDE.match(text, end)
    at = aside.end() if aside else end
    helped = ""
    for _ in range(MOST_STEPS):
        step = STEP.match(text, at)
        if step is None or step.group().startswith(","):
            return False
        word, at = step[1].casefold(), step.end()
        if word in BE or word in HAVE or word in MODAL:
            helped = "be" if word in BE else "have" if word in HAVE else "modal"
        elif word == "in" and helped == "be":
            return text.startswith((" talks", " advanced talks", " discussions"), at)
        elif word in agent_forms():
            if helped:
                return word.endswith("ing") if helped == "be" else True
            if word in headline_verbs():
                return word.endswith("s") or AFTER_PAST.match(text, at) is not None
            return together
        elif word not in BETWEEN and not (word.endswith("ly") and len(word) > 4):
            return False
    return False


def acts_as_state(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] names a country that deals as its government does.

    It acts with its money ("US to take a 10% stake", "Japan will lend $2 billion"), joins what others run, or runs it:
    "Korea joins the UAE's data centre project".
    """
    if STATE_MONEY.match(text, end) or STATE_JOINS.match(text, end):
        return True
    return bool(JOINED.search(text, max(0, start - 14), start) and OF_STATE.match(text, end))


def is_plain_subject(word: str) -> bool:
    """Whether a word, though capitalised, is one of those that act without being a name: "Startup", "Chinese"."""
    small = word.casefold()
    return (
        small in words_of("plain_subject")
        or small in words_of("function")
        or word in words_of("acronym")
        or word in words_of("calendar")
        or word in words_of("demonym")
        or word in words_of("not_a_name")
        or word in words_of("person_title")
        or word in words_of("defined_term")
        or small in words_of("person_title_lower")
        or small in words_of("appositive")
        or small.rstrip("s") in words_of("appositive")
        or (small.endswith(("est", "ing")) and is_common(word))
    )


def names_itself(layout: Layout, start: int, end: int, small: frozenset[str]) -> bool:
    """Whether the plain words of ``text[start:end]``, with which a sentence begins, name whoever acts in it.

    ``small`` are the words that the text writes without a capital somewhere: those are no names.
    """
    words = re.findall(r"[^\W\d_][\w-]*", layout.text[start:end])
    if len(words) == 1 and (is_plain_subject(words[0]) or words[0].casefold() in small):
        return False
    if all(is_plain_subject(word) for word in words):
        return False
    return SPOKEN_OF.match(layout.text, end) is not None or acts(layout.text, end) or _beside_name(layout.text, end)


def _beside_name(text: str, end: int) -> bool:
    """Whether a name is told in the same breath: "Sable and Finch Compute have", "Sable, Ostrin"."""
    for _ in range(MOST_BESIDE):
        beside = BESIDE.match(text, end)
        if beside is None or is_plain_subject(beside[1]):
            return False
        if not is_common(beside[1]) or acts(text, beside.end(), together=True):
            return True
        end = beside.end()
    return False
