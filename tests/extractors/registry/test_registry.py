"""The registry is large enough, keeps its rules, and its rules can fail."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.errors import RegistryError
from extractors.registry import load, load_sites
from extractors.registry.loader import FILES, FOLDER, read_registry
from extractors.registry.rules import check_registry

FLOORS = {
    "companies": 1000,
    "products": 600,
    "facilities": 300,
    "accelerators": 150,
    "vehicles": 40,
    "publishers": 200,
    "places": 500,
}


def test_every_row_keeps_the_rules() -> None:
    check_registry()


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_the_registry_knows_enough_to_read_the_trade_press(name: str, floor: int) -> None:
    assert len(getattr(load(), name)) >= floor


@pytest.mark.parametrize(
    ("name", "column", "value", "rule"),
    [
        ("companies", "kind", "sorcerer", "is no kind"),
        ("companies", "parent_id", "nobody-at-all", "is no company"),
        ("companies", "country", "USA", "ISO 3166"),
        ("companies", "tickers", "NVDA", "is no ticker"),
        ("companies", "as_of", "last summer", "as_of is a month"),
        ("companies", "source", "", "names its source"),
        ("companies", "aliases", "Nvidia", "'nvidia' names"),
        ("companies", "needs_context", "Zork", "no spelling of this row"),
        ("companies", "company_id", "zzzz-last", "ids are sorted"),
        ("products", "company_id", "nobody-at-all", "is no company"),
        ("accelerators", "tdp_watts", "hot", "invalid literal"),
        ("vehicles", "sponsor_ids", "nobody-at-all", "is no company"),
        ("publishers", "domains", "not a domain", "is no domain"),
        ("places", "within", "atlantis", "is no place"),
    ],
)
def test_a_broken_row_is_named_by_file_line_and_rule(
    tmp_path: Path, name: str, column: str, value: str, rule: str
) -> None:
    folder = _copy(tmp_path)
    rows = _rows(folder / f"{name}.csv")
    target = next(index for index, row in enumerate(rows) if index > 3 and row["name"] not in ("Nvidia",))
    rows[target][column] = value
    _write(folder / f"{name}.csv", rows)
    with pytest.raises(RegistryError, match=rule) as caught:
        check_registry(folder)
    assert caught.value.subject_id.startswith(f"{name}.csv:")


def test_an_id_given_twice_is_an_error(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    rows = _rows(folder / "companies.csv")
    _write(folder / "companies.csv", [*rows, rows[0]])
    with pytest.raises(RegistryError, match="given twice"):
        read_registry(folder)


def test_a_row_with_a_column_too_few_is_an_error(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    with (folder / "products.csv").open("a", encoding="utf-8") as stream:
        stream.write("zzz,Zzz\n")
    with pytest.raises(RegistryError, match="has 2 columns"):
        read_registry(folder)


def test_a_company_that_is_its_own_parent_is_an_error(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    rows = _rows(folder / "companies.csv")
    next(row for row in rows if row["company_id"] == "alphabet")["parent_id"] = "google"
    _write(folder / "companies.csv", rows)
    with pytest.raises(RegistryError, match="its own parent"):
        check_registry(folder)


def test_loading_is_fast_and_needs_nothing_heavy() -> None:
    code = (
        "import sys, time; t = time.process_time(); from extractors import registry; registry.load(); "
        "assert 'spacy' not in sys.modules and 'pyarrow' not in sys.modules; print(time.process_time() - t)"
    )
    seconds = float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert seconds < 0.6  # 0.06 s on a quiet machine


def test_brand_families_lead_to_their_parents() -> None:
    companies = load().companies
    assert companies["google"].parent_id == "alphabet"
    assert companies["aws"].parent_id == "amazon"
    assert companies["github"].parent_id == "microsoft"
    assert companies["xai"].parent_id == "spacex"
    assert "Facebook" in companies["meta"].former_names


@pytest.mark.parametrize(
    ("product_id", "company_id"),
    [
        ("claude-code", "anthropic"),
        ("github-copilot", "github"),
        ("gemini-code-assist", "google"),
        ("azure", "microsoft"),
        ("google-cloud", "google"),
        ("starlink", "spacex"),
        ("falcon-9", "spacex"),
    ],
)
def test_a_product_leads_to_who_sells_it(product_id: str, company_id: str) -> None:
    assert load().products[product_id].company_id == company_id


def _copy(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(FOLDER / f"{name}.csv", tmp_path)
    return tmp_path


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_a_site_lies_in_the_country_of_its_facility() -> None:
    """Coordinates are known of US sites alone so far: on the map of another country a dot would be a wrong one."""
    facilities = load().facilities
    for site in load_sites().values():
        assert facilities[site.facility_id].country == "US", site.facility_id
        assert 18 < site.latitude < 72, site.facility_id
        assert -180 < site.longitude < -66, site.facility_id
        assert site.source == "compute-atlas", site.facility_id
