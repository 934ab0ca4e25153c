"""The gate before the parser: which sentences can tell a deal at all, by words alone."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from extractors.deals.cast import PARTY_KINDS, load_descriptors
from extractors.deals.frames import load_frames, load_things, noun_forms
from extractors.deals.idioms import plain_words
from extractors.deals.phrases import PLAYERS
from extractors.deals.siderole import FRONTED, GUARANTEE_NOUNS, GUARANTEE_VERBS, ROLE_NOUNS, TAKING_PART
from extractors.deals.standing import STANDINGS
from extractors.records import Accelerators, Energy, Mention, Money, Power, Quantity, Share
from extractors.registry.verbs import forms_of, verb_forms

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SPOKEN_OF = frozenset(
    "it its they their them company group firm startup two pair three trio duo operator "
    "developer maker provider utility chipmaker miner landlord tenant "
    "lender bank fund investor partners companies seller buyer corporation former latter such".split()
) | frozenset(PLAYERS)
EVERYWHERE = frozenset({"be"})  # tells a deal ("60 MW is from X") only beside what is a trigger anyway
RAISED = frozenset(
    "round loan loans bond bonds note notes debentures financing facility fundraising sale placement".split()
)
MOVES = frozenset("from to with for at of".split())
RULING = forms_of("approve reject okay authorize authorise greenlight green-light wave rezone permit".split())


@functools.cache
def _spoken_of() -> frozenset[str]:
    """Words that may mean a company without its name: pronouns, roles, and what companies are described as."""
    return SPOKEN_OF | {noun.split()[-1] for noun in load_descriptors()[0]}


@functools.cache
def _needs() -> Mapping[str, frozenset[str] | None]:
    """First word of a trigger -> kinds of things of which one must be near; None where the word is enough."""
    table: dict[str, set[str] | None] = {}
    for frame in load_frames():
        if frame.pos == "light" or frame.is_any_verb:
            continue
        for lemma in frame.lemmas:
            if lemma in EVERYWHERE:
                continue
            forms = verb_forms(lemma) if frame.pos == "verb" else noun_forms(lemma)
            for form in forms:
                words = form.split()
                key = words[0] if frame.pos == "verb" else words[-1]
                known = table.setdefault(key, set())
                if not frame.things:
                    table[key] = None
                elif known is not None:
                    known |= frame.things
    table.setdefault("behind", {"site"})  # "X behind $5bn campus"
    for word in TAKING_PART | FRONTED:
        known = table.setdefault(word, set())
        if known is not None:
            known.add("company")  # "X and Y followed"
    for word in (*GUARANTEE_VERBS, *GUARANTEE_NOUNS, *ROLE_NOUNS, *STANDINGS):
        table[word] = None
    return MappingProxyType({word: frozenset(kinds) if kinds is not None else None for word, kinds in table.items()})


def may_tell(text: str, start: int, end: int, parts: Sequence[Mention | Quantity]) -> bool:
    """Whether text[start:end] holds a trigger, something of the kind that it asks for, and somebody to be a party.

    ``parts`` are the names and amounts of the sentence. Linear in its length; no parser, no false no that we know of.
    """
    words = [w.lower() for w in WORD.findall(text, start, end)]
    needs = _needs()
    triggers = [word for word in words if word in needs]
    if not triggers and not _is_measured(words, parts) and not any(plain_words(text, start, end)):
        return False
    parties = sum(1 for p in parts if isinstance(p, Mention) and p.kind in PARTY_KINDS | {"product", "facility"})
    if not parties and _spoken_of().isdisjoint(words) and not (_is_sum_raised(words, parts) or _is_ruled_on(words)):
        return False
    kinds: set[str] | None = None
    for trigger in triggers:
        wanted = needs[trigger]
        if wanted is None:
            return True
        if kinds is None:
            kinds = _kinds(words, parts, parties)
        if wanted & kinds:
            return True
    return _is_measured(words, parts) or any(plain_words(text, start, end))


def _is_sum_raised(words: Sequence[str], parts: Sequence[Mention | Quantity]) -> bool:
    """Whether a loan or round with its amount is told of, whosoever it is: "a $1.2 billion round was called off"."""
    return not RAISED.isdisjoint(words) and any(isinstance(p, Money) for p in parts)


def _is_ruled_on(words: Sequence[str]) -> bool:
    """Whether somebody rules on a site: "Council approves $2bn campus"; who builds it may be told elsewhere."""
    if RULING.isdisjoint(words):
        return False
    phrases = (" ".join(words[n : n + length]) for n in range(len(words)) for length in (1, 2))
    return any((thing := load_things().get(phrase)) is not None and thing.kind == "site" for phrase in phrases)


def _is_measured(words: Sequence[str], parts: Sequence[Mention | Quantity]) -> bool:
    """Whether power, chips or a share stand beside a word that says whence or whither."""
    return not MOVES.isdisjoint(words) and any(isinstance(p, Power | Accelerators | Share) for p in parts)


def _kinds(words: Sequence[str], parts: Sequence[Mention | Quantity], parties: int) -> set[str]:
    """Kinds of things that the sentence names or measures."""
    things = load_things()
    kinds = {"it"}
    if parties > 1 or (parties and not _spoken_of().isdisjoint(words)):
        kinds |= {"company", "of_company", "named"}
    for n, word in enumerate(words):
        phrases = [" ".join(words[n : n + length]) for length in (1, 2, 3)]
        for phrase in (*phrases, *(word.split("-") if "-" in word else ())):
            thing = things.get(phrase)
            if thing is not None:
                kinds.add(thing.kind)
    for part in parts:
        if isinstance(part, Money):
            kinds |= {"money", "priced"}
        elif isinstance(part, Power):
            kinds.add("mw")
        elif isinstance(part, Energy):
            kinds.add("power")
        elif isinstance(part, Accelerators):
            kinds |= {"gpus", "chips"}
        elif isinstance(part, Share):
            kinds |= {"share", "stake"}
        elif isinstance(part, Mention):
            kinds |= {
                "place": {"place"},
                "facility": {"named", "site"},
                "accelerator": {"chips"},
                "product": {"compute", "chips", "product"},
            }.get(part.kind, set())
    return kinds
