"""When two names name one company: registry ids with their parents, else the words of the names.

A company is known by every spelling that was used of it, so identities are unions: what one document resolved
("Sundrift" is Zelkova Power Group) holds where another document writes only the one or the other.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extractors.parties.ownership import owners_at

# Words that say how a company is registered, not what it is called.
LEGAL_FORMS = frozenset({
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "lp",
    "ag", "sa", "nv", "se", "gmbh", "asa", "ab", "oyj", "pte", "pty", "kk",
    "spa", "bv", "holdings", "holding", "group", "technologies",
})  # fmt: skip
# Too common to look a company up by; one of them at the front makes the whole name the key.
PLAIN_WORDS = frozenset({
    "the", "us", "uk", "eu", "united", "american", "national", "general", "first", "global", "international",
    "department", "ministry", "energy", "power", "data", "digital", "cloud", "capital", "bank", "city", "state",
    "of", "and", "new",
})  # fmt: skip
LETTERS_WITHOUT_ACCENT_FORM = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE"}
)
TICKER = re.compile(r"[A-Z]{3,5}")

EXACT, SHORT_FORM, TICKER_LIKE, DIFFERENT = 1.0, 0.9, 0.7, 0.0


@dataclass(frozen=True, slots=True)
class Identity:
    """All that one company is known by."""

    company_ids: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()  # its ids and those of its parents
    names: frozenset[tuple[str, ...]] = frozenset()  # folded words
    tickers: frozenset[str] = frozenset()  # all-capital surfaces of no registered company, in small letters

    def __or__(self, other: Identity) -> Identity:
        return Identity(
            self.company_ids | other.company_ids,
            self.families | other.families,
            self.names | other.names,
            self.tickers | other.tickers,
        )

    @property
    def keys(self) -> frozenset[str]:
        """Keys of which two identities share one wherever they can be the same company (tickers aside)."""
        return self.families | {_name_key(words) for words in self.names if words}


@functools.lru_cache(maxsize=65536)
def fold_name(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, possessive, a leading article and legal forms.

    >>> fold_name("The Zelkova Power Group, Inc.")
    ('zelkova', 'power')
    """
    text = unicodedata.normalize("NFKD", name.translate(LETTERS_WITHOUT_ACCENT_FORM))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = re.sub(r"\([^)]*\)", " ", text).replace("'s", "").replace("’s", "")
    words = re.sub(r"[^\w&+]+|_", " ", text.replace(".", "")).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
    return tuple(words)


@functools.lru_cache(maxsize=65536)
def identify(*, name: str, mention: str = "", company_id: str = "", on: date | None = None) -> Identity:
    """What a party is known by: its registry id and parents, its name and the words that stand for it.

    ``on``: the day of which its parents are; None: today's.
    """
    told = (name, mention) if mention[:1].isupper() else (name,)  # "its", "the company"
    names = frozenset(words for words in map(fold_name, told) if words)
    tickers = frozenset(s.lower() for s in told if not company_id and TICKER.fullmatch(s))
    ids = frozenset({company_id} if company_id else ())
    return Identity(ids, frozenset(owners_at(company_id, on)) if company_id else ids, names, tickers)


def union(identities: Iterable[Identity]) -> Identity:
    """One identity that answers to everything that the given ones answer to."""
    return functools.reduce(Identity.__or__, identities, Identity())


def likeness(a: Identity, b: Identity) -> float:
    """How sure it is that the two are one company: EXACT, SHORT_FORM, TICKER_LIKE or DIFFERENT.

    A subsidiary is its parent (AWS is Amazon), but two subsidiaries of one parent are two companies.
    """
    if a.company_ids & b.families or b.company_ids & a.families:
        return EXACT
    if a.company_ids and b.company_ids:
        return DIFFERENT
    if a.names & b.names:
        return EXACT
    if any(_is_short_form(x, y) or _is_short_form(y, x) for x in a.names for y in b.names):
        return SHORT_FORM
    if any(spells(t, words) for t in a.tickers for words in b.names) or any(
        spells(t, words) for t in b.tickers for words in a.names
    ):
        return TICKER_LIKE
    return DIFFERENT


def is_one(a: Identity, b: Identity) -> bool:
    """Whether the two are one company; a parent and its subsidiary are two.

    >>> is_one(identify(name="AWS", company_id="aws"), identify(name="Amazon", company_id="amazon"))
    False
    """
    if a.company_ids and b.company_ids:
        return bool(a.company_ids & b.company_ids)
    return likeness(a, b) != DIFFERENT


def _is_short_form(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the first name is the second one shortened: its front, or two of its words and more in any order.

    >>> _is_short_form(("norvane",), ("norvane", "cloud")), _is_short_form(("cloud",), ("norvane", "cloud"))
    (True, False)
    >>> _is_short_form(("energy", "department"), ("us", "department", "of", "energy"))
    True
    """
    if not short or len(short) >= len(long):
        return False
    if long[: len(short)] == short:
        return not set(short) <= PLAIN_WORDS
    return len(short) > 1 and set(short) <= set(long)


def spells(ticker: str, words: tuple[str, ...]) -> bool:
    """Whether the letters of a ticker stand in this order in a name that begins with the same letter.

    >>> spells("nvne", ("norvane", "cloud")), spells("nvne", ("velmora", "ai"))
    (True, False)
    """
    letters = iter("".join(words))
    return bool(words) and words[0][0] == ticker[0] and all(letter in letters for letter in ticker)


def _name_key(words: tuple[str, ...]) -> str:
    telling = [word for word in words if word not in PLAIN_WORDS]
    return "=" + (telling[0] if telling else " ".join(sorted(w for w in words if w not in {"us", "of"})))
