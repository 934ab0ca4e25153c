"""The report on a new reader: one file for people, one for programs, named by the version."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractors.records import TapeDeal, TapeDiff, Total

UNITS = {"deals": "deals", "amount_usd": "US dollars", "power_mw": "MW", "accelerator_count": "accelerators"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What would change for readers if the tape were kept by version ``ours`` and not by ``kept``."""

    kept: str
    ours: str
    diff: TapeDiff
    documents_left: int = 0  # that ours has not read: a report on a part of the news
    left_out_count: int = 0  # deals of the tape that other news tell of, too, and that cannot be judged by a part

    @property
    def is_whole(self) -> bool:
        """True where the whole archive was read."""
        return self.documents_left == 0

    @property
    def summary(self) -> str:
        """One line."""
        diff = self.diff
        return (
            f"{len(diff.new):,} deals new, {len(diff.gone):,} gone, {len(diff.changed):,} changed, "
            f"{diff.same_count:,} the same"
        )


def write_report(folder: Path, report: Report) -> Path:
    """Writes ``<version>.md`` and ``<version>.json``; gives the path of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    markdown, data = _paths(folder, report.ours)
    for path, text in ((markdown, as_markdown(report)), (data, json.dumps(as_json(report), indent=2) + "\n")):
        aside = path.with_name(f"{path.name}.part")
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    return markdown


def whole_report_exists(folder: Path, version: str) -> bool:
    """Whether a report over the whole archive lies there."""
    try:
        return bool(json.loads(_paths(folder, version)[1].read_text(encoding="utf-8"))["is_whole"])
    except (OSError, ValueError, KeyError):
        return False


def forget_report(folder: Path, version: str) -> None:
    """Removes the report on a version."""
    for path in _paths(folder, version):
        path.unlink(missing_ok=True)


def _paths(folder: Path, version: str) -> tuple[Path, Path]:
    name = re.sub(r"[^\w.+-]", "_", version)
    return folder / f"{name}.md", folder / f"{name}.json"


def as_json(report: Report) -> dict[str, Any]:
    """The report in plain types; numbers that money depends on as text."""
    diff = report.diff
    return {
        "kept": report.kept,
        "ours": report.ours,
        "is_whole": report.is_whole,
        "documents_left": report.documents_left,
        "left_out_count": report.left_out_count,
        "counts": {
            "new": len(diff.new),
            "gone": len(diff.gone),
            "changed": len(diff.changed),
            "same": diff.same_count,
        },
        "totals": [{**asdict(total), "before": str(total.before), "after": str(total.after)} for total in diff.totals],
        "new": [_deal(deal) for deal in diff.new],
        "gone": [_deal(deal) for deal in diff.gone],
        "changed": [
            {
                "deal_id_before": change.before.deal_id,
                "deal_id_after": change.after.deal_id,
                "deal": change.after.label,
                "slots": [asdict(slot) for slot in change.slots],
            }
            for change in diff.changed
        ],
    }


def as_markdown(report: Report) -> str:
    """The report for people."""
    lines = [f"# Reader {report.ours} against {report.kept}", "", f"{report.summary}.", ""]
    if not report.is_whole:
        lines += [
            f"A part of the news only: {report.documents_left:,} documents are not read by {report.ours}. "
            f"{report.left_out_count:,} deals that other news tell of, too, are left out.",
            "",
        ]
    if report.diff.is_empty:
        return "\n".join([*lines, "Readers would see no difference.", ""])
    lines += ["| totals | before | after | difference |", "| --- | ---: | ---: | ---: |"]
    lines += [_total_row(total) for total in report.diff.totals]
    for title, deals in (("New", report.diff.new), ("Gone", report.diff.gone)):
        if deals:
            lines += ["", f"## {title}", ""]
            lines += [f"- `{deal.deal_id}` {_cell(deal.label)}" for deal in deals]
    if report.diff.changed:
        lines += ["", "## Changed", "", "| deal | slot | before | after |", "| --- | --- | --- | --- |"]
        for change in report.diff.changed:
            ids = f"`{change.after.deal_id}`"
            if change.before.deal_id != change.after.deal_id:
                ids = f"`{change.before.deal_id}`, now {ids}"
            lines += [
                f"| {ids} {_cell(change.after.label)} | {s.slot} | {_cell(s.before)} | {_cell(s.after)} |"
                for s in change.slots
            ]
    return "\n".join([*lines, ""])


def _total_row(total: Total) -> str:
    before, after = _figure(total.before), _figure(total.after)
    return f"| {UNITS[total.measure]} | {before} | {after} | {_figure(total.after - total.before, sign=True)} |"


def _figure(number: Decimal, *, sign: bool = False) -> str:
    text = f"{number:+,f}" if sign and number else f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _deal(deal: TapeDeal) -> dict[str, Any]:
    return {"deal_id": deal.deal_id, **dict(deal.slots)}


def _cell(text: str) -> str:
    """Words of the news inside Markdown: no table cell, tag or link of their own."""
    return re.sub(r"([|<>\[\]`*_\\])", r"\\\1", " ".join(text.split()))
