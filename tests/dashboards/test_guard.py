"""Other people's text stays text on screen, in links and in spreadsheets; the examples in docstrings hold."""

from __future__ import annotations

import doctest
import importlib

import pytest

from dashboards.guard import csv_text, heading, plain, web_link
from tests.dashboards.deals import HOSTILE


@pytest.mark.parametrize("name", ["bars", "figures", "filters", "guard", "months"])
def test_examples_in_docstrings_hold(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(f"dashboards.{name}"))
    assert (failed, tried > 0) == (0, True)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host.example/a",
        "http:///a",
        "https://host.example/\u202egpj.exe",
        "https://host.example/a b",
        "java\nscript:alert(1)",
        "http://[broken",
        "",
        None,
    ],
)
def test_only_http_addresses_with_a_host_become_links(url: str | None) -> None:
    assert web_link(url) is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_a_spreadsheet_formula_gets_an_apostrophe(start: str) -> None:
    assert f"'{start}1+1" in csv_text([{"a": f"{start}1+1"}], ["a"])


def test_numbers_in_a_spreadsheet_stay_numbers() -> None:
    assert csv_text([{"a": -3, "b": None}], ["a", "b"]) == "a,b\r\n-3,\r\n"


def test_control_and_direction_marks_are_dropped() -> None:
    assert not set(plain(HOSTILE)) & {"\u202e", "\u202c", "\x1b", "\n"}


@pytest.mark.parametrize(
    "text", ["**x**", ":smile:", "www.x.com", "a@b.c", "[a](b)", "<b>", "`x`", "a_b_c", "1\n2", "~x~", ""]
)
def test_what_markdown_would_read_is_no_heading(text: str) -> None:
    assert heading(text) is None
