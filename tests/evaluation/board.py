"""The scoreboard as Markdown: docs/accuracy.md, and the short form in the README."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from amounts import recall_by_dimension
from calibration import Bin, calibration_error, judge_deals, judge_slots, reliability
from figures import HEADLINES, Figure, count, groups, interval, total
from labelled import Read

NAMES = {
    "slot:party and role": "party and role",
    "deal: type, parties and roles": "type with all parties and roles",
    "deal: and every term": "… and every term",
}
BEGIN, END = "<!-- accuracy:begin -->", "<!-- accuracy:end -->"
Reads = Mapping[str, Sequence[Read]]
Timelines = Mapping[str, Mapping[str, float]]


def page(reads: Reads, timelines: Timelines) -> str:
    """The whole scoreboard."""
    parts = [
        "# Accuracy",
        "Made by `make evaluate`; do not edit. Labels and rules of scoring: `tests/evaluation/gold/README.md`.\n"
        "dev, real-dev and own are development sets: the reader was written against five sixths of them.\n"
        "unseen was written by six authors who never saw the reader, and nobody who works on it has seen the set:\n"
        "its figures are those to expect of other documents.\n"
        "Intervals are 95 %, from 1,000 draws of documents. F1, precision and recall run from 0 to 1.",
    ]
    for name, documents in reads.items():
        counts = [count(document) for document in documents]
        figures = total(counts)
        parts.append(f"## {name}: {len(documents)} documents")
        parts.append(
            _table(
                ["", "F1", "95 %", "precision", "recall", "right", "predicted", "labelled"],
                [[_name(f), *_row(figures[f], interval(counts, f))] for f in HEADLINES if f in figures],
            )
        )
        parts.append("### By slot")
        slots = {key.removeprefix("slot:"): f for key, f in figures.items() if key.startswith("slot:")}
        slots["party, any role"] = figures.get("party, any role", Figure(0, 0, 0))
        parts.append(
            _table(
                ["slot", "F1", "precision", "recall", "right", "predicted", "labelled"],
                [[key, *_row(figure)] for key, figure in sorted(slots.items())],
            )
        )
        parts.append("### By kind, companies and type\n\nA document with deals of two types counts in both.")
        rows = []
        for group, positions in groups(documents).items():
            inside = total([counts[i] for i in positions])
            rows.append([group, str(len(positions)), *(_f1(inside.get(figure)) for figure in HEADLINES)])
        parts.append(_table(["", "documents", *(_name(f) for f in HEADLINES)], rows))
    everything = [document for documents in reads.values() for document in documents]
    parts.append(
        "## Confidence\n\nOf the claims of each stretch of confidence, how many were right: deals by type with all\n"
        "parties and roles, slots (with parties) one by one."
    )
    for title, judged in (("deals", judge_deals(everything)), ("slots", judge_slots(everything))):
        bins = reliability(judged)
        parts.append(f"### {title}: mean distance {calibration_error(bins):.3f}\n\n{_bins(bins)}")
    parts.append(
        "## Amounts\n\nHow many labelled amounts some quantity found in the text equals: the most that deals\n"
        "can be given.\n\n"
        + _table(
            ["dimension", "labelled", "amount found", "with its bound"],
            [
                [dimension, str(r.labelled), f"{r.amount:.3f}", f"{r.whole:.3f}"]
                for dimension, r in recall_by_dimension([document.label for document in everything]).items()
            ],
        )
    )
    if timelines:
        parts.append("## Timelines\n\n" + _timelines(timelines))
    return "\n\n".join(parts) + "\n"


def summary(reads: Reads, timelines: Timelines) -> str:
    """The headline figures of the sets side by side."""
    rows = []
    by_set = {name: [count(document) for document in documents] for name, documents in reads.items()}
    for figure in HEADLINES:
        cells = []
        for counts in by_set.values():
            low, high = interval(counts, figure)
            cells.append(f"{total(counts)[figure].f1:.2f} ({low:.2f}–{high:.2f})" if figure in total(counts) else "")
        rows.append([_name(figure), *cells])
    heads = [f"{name} ({len(documents)} documents)" for name, documents in reads.items()]
    lines = [_table(["F1 (95 % interval)", *heads], rows)]
    if timelines:
        told = [f"{name} {figures.get('f1', figures.get('rate', 0.0)):.2f}" for name, figures in timelines.items()]
        lines.append(f"Deals over time: {', '.join(told)}.")
    return "\n\n".join(lines)


def write(root: Path, whole: str, short: str) -> None:
    """``docs/accuracy.md``, and the block of the README between its marks where it has them."""
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs" / "accuracy.md").write_text(whole, encoding="utf-8")
    readme = root / "README.md"
    if readme.exists():
        text = readme.read_text(encoding="utf-8")
        block = re.compile(rf"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
        readme.write_text(block.sub(lambda _: f"{BEGIN}\n{short}\n{END}", text), encoding="utf-8")


def _name(figure: str) -> str:
    return NAMES.get(figure, figure)


def _row(figure: Figure, spread: tuple[float, float] | None = None) -> list[str]:
    between = [f"{spread[0]:.3f}–{spread[1]:.3f}"] if spread else []
    counts = [str(figure.right), str(figure.predicted), str(figure.labelled)]
    return [f"{figure.f1:.3f}", *between, f"{figure.precision:.3f}", f"{figure.recall:.3f}", *counts]


def _f1(figure: Figure | None) -> str:
    if figure is None or not figure.labelled:
        return f"{figure.predicted} invented" if figure and figure.predicted else "–"
    return f"{figure.f1:.3f}"


def _bins(bins: Sequence[Bin]) -> str:
    return _table(
        ["confidence", "claims", "claimed", "right"],
        [[f"{b.low:.2f}–{b.high:.2f}", str(b.claims), f"{b.claimed:.3f}", f"{b.right:.3f}"] for b in bins],
    )


def _timelines(timelines: Timelines) -> str:
    rows = []
    for name, f in timelines.items():
        if "rate" in f:
            rows.append([name, f"{f['rate']:.3f}", "", "", f"{f['merged']:.0f} of {f['pairs']:.0f} pairs"])
        else:
            rows.append([name, f"{f['f1']:.3f}", f"{f['precision']:.3f}", f"{f['recall']:.3f}", ""])
    return _table(["", "F1 or rate", "precision", "recall", ""], rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with its columns aligned, so that it reads in a terminal too."""
    cells = [list(heads), *map(list, rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    lines = [
        "| "
        + " | ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        + " |"
        for row in cells
    ]
    rule = "|" + "|".join("-" * (w + 2) if i == 0 else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
