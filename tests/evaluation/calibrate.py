"""Learns how sure a claim is from the labelled documents that may be looked at, and writes it as rows.

    python tests/evaluation/calibrate.py [--write]

Prints how far confidence is from the share of right ones on the documents that it does not learn from (a third of
each set), with the rows as they are and as learned now. ``--write`` puts these into deal_confidence.csv.
Logistic regressions with a penalty on every weight but the constant, by Newton's method: the same rows every time.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

import numpy as np  # noqa: E402
from calibration import calibration_error, is_frame_right, is_party_right, pairs_of, reliability, right_slots  # noqa: E402
from labelled import ROOT, SETS, UNSEEN, Json, in_fold, labels, scorer  # noqa: E402

from extractors.deals import confidence  # noqa: E402
from extractors.gold import document_from_json, extraction_to_json  # noqa: E402
from extractors.read import read_document  # noqa: E402

PENALTY = 2.0
FILE = ROOT / "extractors" / "registry" / "deal_confidence.csv"
JUDGED = ("claim", "party", "slot")
Case = tuple[dict[str, float], bool]  # features, was right
Cases = dict[str, list[Case]]


def is_blind(label: Json) -> bool:
    """Whether this document is held back: of the unseen set all, else its own fold, else every third number."""
    if label["id"].startswith(UNSEEN):
        return True
    return bool(label["fold"] == 0) if "fold" in label else in_fold(label["id"], "0/3")


def cases_of(rows: Iterable[Json]) -> Cases:
    """Every claim, party and slot read in labelled documents, with its features and whether it is right."""
    cases: Cases = {judged: [] for judged in JUDGED}
    for label in rows:
        with mock.patch("extractors.read.with_confidence", lambda claims, _: tuple(claims)):
            extraction = read_document(document_from_json(label))
        for judged, case in _cases(label, extraction, extraction_to_json(extraction)):
            cases[judged].append(case)
    return cases


def _cases(label: Json, extraction: Any, told: Json) -> Iterator[tuple[str, Case]]:
    pairs = pairs_of(label, told)
    for i, claim in enumerate(extraction.deal_mentions):
        features = confidence.claim_features(claim, extraction.deal_mentions, extraction.document)
        wanted, said = pairs.get(i), told["deals"][i]
        yield "claim", (features, is_frame_right(wanted, said))
        for party, shown in zip(claim.parties, said["parties"], strict=True):
            yield "party", ({**features, **confidence.party_features(claim, party)}, is_party_right(wanted, shown))
        right = right_slots(wanted, said)
        for slot, own in confidence.slot_features(claim):
            if slot in right:
                yield "slot", ({**features, **own}, right[slot])


def learn(cases: Sequence[Case], penalty: float = PENALTY) -> dict[str, float]:
    """Feature -> weight of the logistic regression, features in alphabetical order."""
    names = sorted({name for features, _ in cases for name in features})
    table = np.array([[features.get(name, 0.0) for name in names] for features, _ in cases])
    right = np.array([float(ok) for _, ok in cases])
    held = np.array([0.01 if name == "always" else penalty for name in names])
    weights = np.zeros(len(names))
    for _ in range(50):
        guess = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (guess - right) + held * weights
        bend = (table.T * (guess * (1 - guess))) @ table + np.diag(held)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-9:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def error_of(cases: Sequence[Case], judged: str, weights: dict[str, dict[str, float]]) -> float:
    """Expected calibration error of the weights over cases."""
    with mock.patch.object(confidence, "load_weights", return_value=weights):
        return calibration_error(reliability([(confidence.share(judged, f), ok) for f, ok in cases]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"update {FILE.relative_to(ROOT)}")
    args = parser.parse_args()
    every = [label for name in SETS for label in labels(name)]
    scorer()
    seen, unseen = (cases_of(x for x in every if is_blind(x) == blind) for blind in (False, True))
    new = {judged: learn(seen[judged]) for judged in JUDGED}
    old = {judged: dict(weights) for judged, weights in confidence.load_weights().items()}
    print(
        "judged  learned on  measured on  right   error: as told by the frames -> rows as they are -> rows learned now"
    )
    for judged in JUDGED:
        raw = [(f.get("party_raw", f["raw"]) if judged == "party" else f["raw"], ok) for f, ok in unseen[judged]]
        right = sum(ok for _, ok in unseen[judged]) / max(1, len(unseen[judged]))
        figures = [calibration_error(reliability(raw))]
        figures += [error_of(unseen[judged], judged, weights) for weights in (old, new)]
        print(
            f"{judged:7} {len(seen[judged]):10} {len(unseen[judged]):12} {right:6.2f}   ",
            *(f"{x:.3f}" for x in figures),
        )
    if args.write:
        rows = [f"{judged},{name},{weight}" for judged in JUDGED for name, weight in new[judged].items()]
        FILE.write_text("judged,feature,weight\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
