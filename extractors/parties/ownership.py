"""Who controls a company on a day: a deal of 2024 is not that of a buyer of 2025."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractors.registry import load, load_ownerships


def owners_at(company_id: str, on: date | None = None) -> tuple[str, ...]:
    """The company and who controls it on that day, nearest first; ``None``: today's owners as the registry knows them.

    A company whose changes of owner are dated belongs to its buyer from the closing on; of any other the parent of
    ``companies.csv`` is taken for every day. A company that the registry has no more stands alone.

    >>> owners_at("vmware", date(2023, 1, 1)), owners_at("vmware", date(2024, 1, 1))
    (('vmware',), ('vmware', 'broadcom'))
    """
    chain = [company_id]
    while (owner := _owner(chain[-1], on)) and owner not in chain:
        chain.append(owner)
    return tuple(chain)


def _owner(company_id: str, on: date | None) -> str:
    company = load().companies.get(company_id)
    if company is None:
        return ""
    dated = load_ownerships().get(company_id)
    if on is None or dated is None:
        return company.parent_id
    return next(_covering(company_id, on.isoformat()), "")


def _covering(company_id: str, day: str) -> Iterator[str]:
    for ownership in load_ownerships()[company_id]:
        if ownership.since <= day and (not ownership.until or day < ownership.until):
            yield ownership.parent_id
