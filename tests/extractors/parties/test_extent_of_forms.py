"""How far a name reaches that ends in a legal form, a number or plain words of a headline."""

from __future__ import annotations

import pytest

from extractors.parties import find_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Entered into by Pallasite Cloud Holdings N.V. (the Company) in May.", "Pallasite Cloud Holdings"),
        ("A loan to Pallasite Compute Funding IV, LLC was signed.", "Pallasite Compute Funding IV"),
        ("Halden Locks In 310 MW of Power From Tasman Rivers for Hobart Hall\n", "Tasman Rivers"),
    ],
)
def test_a_name_is_read_whole(text: str, name: str) -> None:
    assert name in {found.name for found in find_names(text) if found.kind == "organisation"}


def test_a_campus_stays_a_site_where_its_name_stands_in_the_genitive() -> None:
    text = "The lease at the Comstock campus has ended. Comstock's first hall is full."
    assert {found.kind for found in find_names(text) if found.surface.startswith("Comstock")} == {"facility"}
