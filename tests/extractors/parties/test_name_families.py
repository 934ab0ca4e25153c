"""Families of names and places that no registry holds, one line each."""

from __future__ import annotations

import pytest

from extractors.parties import find_names


def found(text: str, *kinds: str) -> list[str]:
    return [mention.surface for mention in find_names(text) if mention.kind in kinds]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Power will be sold to 9Rivers for ten years.", ["9Rivers"]),
        ("The buyer, 31Harbour Cloud, pays in June.", ["31Harbour Cloud"]),
        ("Last week gridPlum signed with meshWork Power.", ["gridPlum", "meshWork Power"]),
        ("The chips come from Q-7 Systems in Ghent.", ["Q-7 Systems"]),
        ("The utility, Tri-Lakes Electric, agreed.", ["Tri-Lakes Electric"]),
        ("They took part in a Grey Wren Energy-Okarin pact.", ["Grey Wren Energy", "Okarin"]),
        ("The land was bought from the Port of Esbjerg.", ["Port of Esbjerg"]),
        ("Studio Lantern, the video start-up, put pen to paper.", ["Studio Lantern"]),
        ("The racks are on order at Quillon Rackworks.", ["Quillon Rackworks"]),
        ("It runs on a 46MW hall with 100Gbps links and 12Gb of memory.", []),
    ],
)
def test_unusual_spellings_are_names_and_units_are_none(text: str, names: list[str]) -> None:
    assert found(text, "organisation", "company") == names


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The site is in Elko County, Nevada.", ["Elko County", "Nevada"]),
        ("A campus in west Texas will open.", ["west Texas"]),
        ("The contract covers gas units that the firm will put up at North Bend, Ohio.", ["North Bend", "Ohio"]),
        ("The hall stands near Wexcombe, which has no railway.", ["Wexcombe"]),
        ("It is subject to new Texas rules.", ["Texas"]),
    ],
)
def test_a_place_reaches_as_far_as_it_is_told(text: str, places: list[str]) -> None:
    assert found(text, "place") == places
