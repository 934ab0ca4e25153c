"""How many labelled amounts some found quantity equals: the most that deals can be given.

python tests/evaluation/amounts.py [--fold 0/3] [--misses]
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

from labelled import SETS, Json, labels, scorer  # noqa: E402

from extractors.gold import document_from_json  # noqa: E402
from extractors.quantities import find_quantities  # noqa: E402
from extractors.records import Accelerators, Duration, Money, Period, Power, Quantity, Share  # noqa: E402


@dataclass(frozen=True, slots=True)
class Recall:
    """Of the labelled amounts of one dimension, the shares found: the amount alone, and with its bound and basis."""

    labelled: int
    amount: float
    whole: float


def recall_by_dimension(documents: Iterable[Json], misses: Callable[[str], Any] | None = None) -> dict[str, Recall]:
    """Recall of each dimension over the documents; what was not found whole is told to ``misses``."""
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for label in documents:
        document = document_from_json(label)
        quantities = find_quantities(document.text, published=document.published, publisher=document.publisher)
        for dimension, value in _asked(label):
            hit = _is_found(dimension, value, quantities)
            found[dimension].append(hit)
            if misses and not all(hit):
                misses(f"{label['id']} {dimension} {value}: {'bound' if hit[0] else 'amount'} not found")
    return {
        dimension: Recall(len(hits), sum(a for a, _ in hits) / len(hits), sum(w for _, w in hits) / len(hits))
        for dimension, hits in sorted(found.items())
    }


def _asked(label: Json) -> Iterator[tuple[str, Any]]:
    """(dimension, labelled value) of every amount in the labels."""
    for deal in label["deals"]:
        for slot in ("value", "valuation", "power", "accelerators", "term_months", "stake_pct", "start", "end"):
            if deal[slot] is not None:
                yield slot, deal[slot]
    for statement in label["capacity"]:
        yield f"capacity {statement['metric']}", statement
        if statement.get("by"):
            yield "capacity by", statement["by"]
    for guidance in label["capex"]:
        for end in sorted({guidance["low"], guidance["high"]}):
            yield "capex", {"amount": end, "currency": guidance["currency"]}


def _is_found(dimension: str, value: Any, found: tuple[Quantity, ...]) -> tuple[bool, bool]:
    """(some quantity has this amount, and it has this bound and basis as well)."""
    hits: list[Any]
    if dimension in {"value", "valuation", "capex"}:
        hits = [q for q in found if isinstance(q, Money) and q.currency == value["currency"] and _money(q, value)]
        return bool(hits), any(_agrees(q, value, "bound") and _agrees(q, value, "basis") for q in hits)
    if dimension in {"power", "capacity power_mw"}:
        hits = [q for q in found if isinstance(q, Power) and _close(q.mw, value.get("mw", value.get("amount")))]
        return bool(hits), any(_agrees(q, value, "bound") for q in hits)
    if dimension in {"accelerators", "capacity accelerators"}:
        hits = [q for q in found if isinstance(q, Accelerators) and _accelerators(q, value)]
        return bool(hits), any(_agrees(q, value, "bound") for q in hits)
    if dimension == "term_months":
        is_found = any(isinstance(q, Duration) and q.months == value for q in found)
    elif dimension == "stake_pct":
        is_found = any(isinstance(q, Share) and _close(q.pct, value) for q in found)
    else:
        is_found = any(isinstance(q, Period) and q.period == value for q in found)
    return is_found, is_found


def _money(quantity: Money, value: Json) -> bool:
    return any(_close(end, value["amount"]) for end in (quantity.amount, quantity.amount_high) if end is not None)


def _accelerators(quantity: Accelerators, value: Json) -> bool:
    count, model = value.get("count", value.get("amount")), value.get("model")
    if count is not None and (quantity.count is None or not _close(quantity.count, count)):
        return False
    return model is None or (quantity.model is not None and scorer().Model(quantity.model) == scorer().Model(model))


def _agrees(quantity: Any, value: Json, key: str) -> bool:
    return key not in value or getattr(quantity, key) == value[key]


def _close(a: Any, b: Any) -> bool:
    return bool(scorer().close(float(a), float(b)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fold", default="", metavar="K/N", help="only documents of this fold")
    parser.add_argument("--misses", action="store_true", help="print what was not found")
    args = parser.parse_args()
    documents = [label for name in SETS for label in labels(name, fold=args.fold)]
    recalls = recall_by_dimension(documents, print if args.misses else None)
    print(f"{'':24}{'labelled':>9}{'amount':>8}{'+ bound':>9}")
    for dimension, recall in recalls.items():
        print(f"{dimension:24}{recall.labelled:9}{recall.amount:8.3f}{recall.whole:9.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
