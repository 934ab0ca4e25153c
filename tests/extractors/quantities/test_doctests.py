"""The examples in the docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import extractors.quantities

MODULES = [
    "extractors.quantities",
    *(f"extractors.quantities.{module.name}" for module in pkgutil.iter_modules(extractors.quantities.__path__)),
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_every_dimension_shows_examples() -> None:
    dimensions = set(MODULES) - {"extractors.quantities.ranges"}
    assert not [name for name in dimensions if not doctest.DocTestFinder().find(importlib.import_module(name))]
