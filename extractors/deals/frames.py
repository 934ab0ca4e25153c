"""Deal frames as data: which words trigger which deal, and what each place in the sentence means for it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from extractors.errors import RegistryError
from extractors.records import DEAL_TYPES, ROLES, STATUSES
from extractors.registry.rows import registry_rows
from extractors.registry.verbs import verb_forms

RELATIONS = (
    "subject", "object", "to", "from", "with", "by", "for", "of", "in", "into", "on", "at", "between",
    "poss", "compound",
)  # fmt: skip
SIDES = ("side", "other", "giver", "")  # a party whose role the type decides: the subject's side, the other side


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One row of ``deal_frames.csv``: a trigger that counts where its theme has one of ``things``."""

    frame_id: str
    pos: str  # verb, noun
    lemmas: tuple[str, ...]
    things: frozenset[str]  # classes of the theme, any of them; empty: none is asked
    theme: tuple[str, ...]  # relations that say what it is about
    type: str  # "" is decided by evidence
    roles: Mapping[str, str]  # relation -> role or side
    status: str  # "" is decided by context
    contract_side: str  # supplier, customer, "": what the subject of a light verb is in a supply deal

    @property
    def is_any_verb(self) -> bool:
        """Whether any verb triggers it that has no frame of its own."""
        return self.lemmas == ("*",)


@dataclass(frozen=True, slots=True)
class Thing:
    """One row of ``deal_things.csv``: a word that says what a deal is about."""

    word: str
    kind: str
    votes: Mapping[str, float]


def noun_forms(lemma: str) -> set[str]:
    """Singular and plural."""
    if re.search(r"[^aeiou]y$", lemma):
        return {lemma, lemma[:-1] + "ies"}
    return {lemma, lemma + ("es" if re.search(r"(?:s|x|z|ch|sh)$", lemma) else "s")}


@functools.cache
def load_frames() -> tuple[Frame, ...]:
    """All frames in the order of the file: the first whose theme fits is taken. Raises RegistryError."""
    return tuple(_frame(row, number) for number, row in registry_rows("deal_frames.csv"))


@functools.cache
def frame_named(frame_id: str) -> Frame:
    """The frame of that id, for a telling that turns out to be another one than its words say."""
    return next(frame for frame in load_frames() if frame.frame_id == frame_id)


@functools.cache
def frames_by_form() -> Mapping[str, tuple[Frame, ...]]:
    """Word form (lower case) -> frames that it may trigger, first fitting first."""
    table: dict[str, list[Frame]] = {}
    for frame in load_frames():
        for lemma in frame.lemmas if not frame.is_any_verb else ():
            for form in (noun_forms if frame.pos == "noun" else verb_forms)(lemma):
                table.setdefault(form, []).append(frame)
    return MappingProxyType({form: tuple(frames) for form, frames in table.items()})


@functools.cache
def any_verb_frames() -> tuple[Frame, ...]:
    """Frames that any verb may trigger ("draws 35 MW from"): what is moved and from or to whom says it all."""
    return tuple(frame for frame in load_frames() if frame.is_any_verb)


@functools.cache
def verb_lemmas() -> Mapping[str, str]:
    """Form of a verb of one word -> its lemma, for every verb that some frame knows."""
    return MappingProxyType(
        {
            form: lemma.partition(" ")[0]
            for frame in load_frames()
            if frame.pos != "noun" and not frame.is_any_verb
            for lemma in frame.lemmas
            for form in verb_forms(lemma.partition(" ")[0])
        }
    )


@functools.cache
def load_things() -> Mapping[str, Thing]:
    """Word (lower case, singular and plural) -> what it says of a deal. Raises RegistryError."""
    table: dict[str, Thing] = {}
    for number, row in registry_rows("deal_things.csv"):
        votes = {}
        for vote in filter(None, row["votes"].split("|")):
            deal_type, _, weight = vote.partition(":")
            if deal_type not in DEAL_TYPES:
                raise RegistryError("deal_things.csv", f"line {number}: no deal type {deal_type!r}")
            votes[deal_type] = float(weight or 1)
        for word in row["words"].split("|"):
            for form in noun_forms(word) if row["plural"] != "no" else {word}:
                table[form] = Thing(form, row["kind"], MappingProxyType(votes))
    return MappingProxyType(table)


@functools.cache
def load_kind_pulls() -> Mapping[tuple[str, str], float]:
    """(deal type, company kind) -> how much such a company is the giving side (supplier, lender, investor): -2..2."""
    return MappingProxyType(
        {
            (row["type"], kind): float(row["pull"])
            for _, row in registry_rows("deal_kinds.csv")
            for kind in row["kinds"].split("|")
        }
    )


@functools.cache
def load_pair_votes() -> Mapping[tuple[str, str], Mapping[str, float]]:
    """(company kind, company kind), sorted -> deal type -> weight."""
    table: dict[tuple[str, str], dict[str, float]] = {}
    for _, row in registry_rows("deal_pairs.csv"):
        for one in row["kinds"].split("|"):
            for other in row["others"].split("|"):
                key = (one, other) if one <= other else (other, one)
                table.setdefault(key, {})[row["type"]] = float(row["weight"])
    return MappingProxyType(table)


def _frame(row: dict[str, str], number: int) -> Frame:
    roles = {relation: row[relation] for relation in RELATIONS if row[relation]}
    unknown = [r for r in roles.values() if r not in ROLES and r not in SIDES]
    if unknown or (row["type"] and row["type"] not in DEAL_TYPES) or (row["status"] and row["status"] not in STATUSES):
        raise RegistryError("deal_frames.csv", f"line {number}: unknown type, status or role {unknown}")
    return Frame(
        frame_id=row["frame_id"],
        pos=row["pos"],
        lemmas=tuple(row["lemmas"].split("|")),
        things=frozenset(filter(None, row["things"].split("|"))),
        theme=tuple(filter(None, row["theme"].split("|"))) or ("object",),
        type=row["type"],
        roles=MappingProxyType(roles),
        status=row["status"],
        contract_side=row["contract_side"],
    )
