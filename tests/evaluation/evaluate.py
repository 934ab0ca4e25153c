"""Reads the labelled documents and prints how much of them was read right (``make evaluate``).

    python tests/evaluation/evaluate.py [--set dev] [--fold 0/3] [--errors 20] [--write] [--raise-floors]

``--fold k/n`` takes the documents whose number is k modulo n, ``--fold '!k/n'`` the others: work on the one, then
measure on the other. ``--errors`` tells nothing of the unseen set. ``--write`` puts the scoreboard into
docs/accuracy.md and the figures into the marked block of the README. ``--raise-floors`` lifts the figures of
floors.json that are now exceeded; it lowers none.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

import board  # noqa: E402
import floors  # noqa: E402
from figures import count  # noqa: E402
from labelled import ROOT, SETS, UNSEEN, file_of, read_set  # noqa: E402
from timelines import timeline_figures  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, action="append", help="only this set (may be given again)")
    parser.add_argument("--fold", default="", metavar="K/N", help="only documents of this fold")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print up to N disagreements of each set")
    parser.add_argument("--no-timelines", action="store_true", help="leave the timelines out")
    parser.add_argument("--write", action="store_true", help="update docs/accuracy.md and the README")
    parser.add_argument("--raise-floors", action="store_true", help="lift floors.json to what is reached now")
    args = parser.parse_args()
    if (args.write or args.raise_floors) and (args.set or args.fold or args.no_timelines):
        parser.error("--write and --raise-floors take the whole sets")
    sets = [name for name in args.set or SETS if file_of(name)]
    missing = [name for name in args.set or SETS if name not in sets]
    if missing:
        print(
            f"not here, left out: {', '.join(missing)} (looked beside this file and in ../shared/gold)", file=sys.stderr
        )
    reads = {name: read_set(name, fold=args.fold) for name in sets}
    is_part = bool(args.no_timelines or args.fold or args.set)
    timelines = {} if is_part else timeline_figures()
    page = board.page(reads, timelines)
    print(page)
    shown = {name: documents for name, documents in reads.items() if args.errors and name != UNSEEN}
    for name, documents in shown.items():
        errors: list[str] = []
        for document in documents:
            count(document, errors)
        print(f"\n{name}: {len(errors)} disagreements", *(f"- {line}" for line in errors[: args.errors]), sep="\n")
    if args.write and missing:
        print("docs/accuracy.md and the README stay as they are: they show all sets", file=sys.stderr)
    elif args.write:
        board.write(ROOT, page, board.summary(reads, timelines))
    if args.raise_floors:
        floors.lift(floors.reached(reads, timelines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
