"""The rows that reading is made of: valid, and each reachable from text."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from extractors.deals.context import load_context_rules, status_of
from extractors.deals.frames import load_frames, load_kind_pulls, load_pair_votes, load_things, noun_forms, verb_forms
from extractors.deals.meaning import load_quantity_rules
from extractors.records import DEAL_TYPES
from extractors.registry import COMPANY_KINDS


def test_every_deal_type_has_frames() -> None:
    assert {frame.type for frame in load_frames()} >= set(DEAL_TYPES)


def test_frame_ids_are_unique() -> None:
    ids = [frame.frame_id for frame in load_frames()]
    assert len(ids) == len(set(ids))


def test_frames_ask_only_for_kinds_of_things_that_exist() -> None:
    known = {thing.kind for thing in load_things().values()}
    known |= {
        "company",
        "of_company",
        "named",
        "money",
        "priced",
        "mw",
        "gpus",
        "share",
        "place",
        "it",
        "product",
        "asset",
        "refused",
        "lent",
        "sought",
    }
    assert {kind for frame in load_frames() for kind in frame.things} <= known


def test_kinds_in_the_rows_are_kinds_of_the_registry() -> None:
    kinds = {kind for _, kind in load_kind_pulls()} | {kind for pair in load_pair_votes() for kind in pair}
    assert kinds <= {*COMPANY_KINDS, "unknown"}


def test_context_and_quantity_rules_compile_and_have_their_own_ids() -> None:
    for rules in (load_context_rules(), load_quantity_rules()):
        ids = [rule.rule_id for rule in rules]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("sign", "signed"),
        ("buy", "bought"),
        ("acquire", "acquiring"),
        ("guarantee", "guaranteeing"),
        ("supply", "supplies"),
        ("set aside", "sets aside"),
    ],
)
def test_verbs_are_known_in_all_their_forms(lemma: str, form: str) -> None:
    assert form in verb_forms(lemma)


def test_nouns_are_known_in_the_plural() -> None:
    assert noun_forms("facility") == {"facility", "facilities"}


@pytest.mark.parametrize(
    ("before", "trigger", "after", "status"),
    [
        ("Oracle is in talks to ", "lease", " 90 MW", "rumored"),
        ("Oracle has walked away from a plan to ", "lease", " 90 MW", "cancelled"),
        ("Oracle has ", "leased", " 90 MW", "announced"),
        ("Oracle has enlarged its ", "lease", " with Crusoe", "amended"),
    ],
)
def test_a_phrase_before_the_trigger_gives_its_status(before: str, trigger: str, after: str, status: str) -> None:
    text = before + trigger + after
    assert status_of(text, 0, len(text), len(before), len(before) + len(trigger))[0] == status


def test_words_of_the_subject_are_plain_sorted_and_stand_in_one_row() -> None:
    rows = list(csv.DictReader(resources.files("extractors.registry").joinpath("deal_subjects.csv").open()))
    words = [row["words"].split("|") for row in rows]
    assert [row["subject"] for row in rows] == sorted(row["subject"] for row in rows)
    assert all(one == sorted(set(one)) for one in words)
    every = [word for one in words for word in one]
    assert sorted({w for w in every if every.count(w) > 1}) == []
    assert all(word == word.strip().lower() for word in every)
