"""When two places can be one."""

from __future__ import annotations

import pytest

from extractors.parties.places import Places, compare_places

CASES = [
    (["Lubbock"], ["Lubbock, Texas"], Places.MATCH),
    (["Ohio"], ["Lima, Ohio"], Places.MATCH),
    (["Rocky Mount campus"], ["Rocky Mount"], Places.MATCH),
    (["Texas"], ["United States"], Places.MATCH),
    (["Lubbock, Texas"], ["Cheyenne, Wyoming"], Places.CONFLICT),
    (["Lubbock"], ["Cheyenne"], Places.CONFLICT),
    (["Oklahoma"], ["New Mexico"], Places.CONFLICT),
    (["Lubbock"], ["Cheyenne, Wyoming", "Wyoming"], Places.CONFLICT),
    (["Rocky Mount"], ["North Carolina"], Places.UNKNOWN),
    (["Lubbock"], [], Places.UNKNOWN),
    (["Abilene, Texas", "Doña Ana"], ["Abilene"], Places.MATCH),
]


@pytest.mark.parametrize(("first", "second", "relation"), CASES)
def test_places_match_conflict_or_cannot_be_told(first: list[str], second: list[str], relation: Places) -> None:
    assert compare_places(first, second) is relation
    assert compare_places(second, first) is relation
