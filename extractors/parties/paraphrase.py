"""Companies named by what is theirs: "the ChatGPT maker", "the owner of Facebook", "Google parent"."""

from __future__ import annotations

import re

from extractors.parties.names import Name
from extractors.registry import Company, load

MAKER_AFTER = re.compile(r" (?:chatbot |app |maker |-)?(?:maker|developer|creator|owner|parent|operator)\b(?! of)")
MAKER_OF_BEFORE = re.compile(r"\b(?:maker|makers|developer|creator|owner|operator|parent) of (?:the )?$")
THING_AFTER = re.compile(r" (?:chatbot|app|assistant|models?)\b")
PARENT_AFTER = re.compile(r" (?:owner|parent|parent company)\b")


def paraphrased(name: Name, text: str) -> Name:
    """The company that the words around a product or subsidiary mean, or the name as it was."""
    registry = load()
    if name.kind == "product" and name.thing_id in registry.products:
        owner = registry.companies.get(registry.products[name.thing_id].company_id)
        if owner is not None:
            return _owner_of_product(name, owner, text)
    if name.kind == "company":
        after = PARENT_AFTER.match(text, name.end)
        parent = registry.companies.get(registry.companies[name.thing_id].parent_id)
        if after is not None:
            return _company(parent or registry.companies[name.thing_id], name.start, after.end(), text)
    return name


def _owner_of_product(name: Name, owner: Company, text: str) -> Name:
    after = MAKER_AFTER.match(text, name.end)
    if after is not None:
        return _company(owner, name.start, after.end(), text)
    before = MAKER_OF_BEFORE.search(text, max(0, name.start - 24), name.start)
    if before is not None:
        thing = THING_AFTER.match(text, name.end)
        return _company(owner, before.start(), thing.end() if thing else name.end, text)
    return name


def _company(company: Company, start: int, end: int, text: str) -> Name:
    return Name(start, end, text[start:end], "company", company.name, company.company_id)
