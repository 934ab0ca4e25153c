"""data/overrides.yaml: what people decided, for people to read and edit. A list of entries, each a decision.

A wrong entry is left out with a complaint that names its line and the way out; the others count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from extractors.records import DealDescription, Decision

HEADER = """\
# Decisions about deals and names: they go before what the machine reads, at every run and with every reader.
# Written by `gigawire review`, and free to be edited by hand; docs/review.md says what may stand here.
# A decision is taken back by removing its entry; what it did stays on record in core.decisions.
"""
KINDS = ("same", "different", "alias", "reject", "fix")


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DealEntry(_Strict):
    """A deal: its id, and what will still be true of it when its id is another."""

    id: str = Field(min_length=1)
    type: str = ""
    parties: tuple[str, ...] = ()
    first_told: date | None = None
    articles: tuple[str, ...] = ()


class _Decided(_Strict):
    who: str = Field(min_length=1)
    when: Annotated[datetime, AfterValidator(_utc)]
    why: str = Field(min_length=1)


class PairEntry(_Decided):
    """Two deals that are one, or are not."""

    decision: Literal["same", "different"]
    deals: tuple[DealEntry, DealEntry]


class AliasEntry(_Decided):
    """A name that stands for a company of the registry."""

    decision: Literal["alias"]
    name: str = Field(min_length=1)
    company: str = Field(min_length=1)


class RejectEntry(_Decided):
    """A deal that is none."""

    decision: Literal["reject"]
    deal: DealEntry


class FixEntry(_Decided):
    """A slot of a deal as it really is."""

    decision: Literal["fix"]
    deal: DealEntry
    slot: str
    value: str


Entry = Annotated[PairEntry | AliasEntry | RejectEntry | FixEntry, Field(discriminator="decision")]
ENTRY: TypeAdapter[PairEntry | AliasEntry | RejectEntry | FixEntry] = TypeAdapter(Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """The decisions of a file, and what is wrong with the entries that were left out."""

    decisions: tuple[Decision, ...] = ()
    lines: Mapping[str, int]  # decision_id -> line
    complaints: tuple[str, ...] = ()


def read_overrides(path: Path) -> Overrides:
    """The decisions in the file; none where there is no file. Never raises on what stands in it."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Overrides(lines={})
    except (OSError, UnicodeDecodeError) as error:
        return Overrides(lines={}, complaints=(f"{path}: cannot be read ({error}): no decision counts until it can",))
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        entries = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        what = getattr(error, "problem", None) or error
        return Overrides(lines={}, complaints=(f"{place}: no YAML ({what}): no decision counts until it is mended",))
    if entries is None:
        return Overrides(lines={})
    if not isinstance(entries, list):
        complaint = f"{path}: must be a list of decisions, each beginning with `- decision:`"
        return Overrides(lines={}, complaints=(complaint,))
    decisions: dict[str, Decision] = {}
    lines: dict[str, int] = {}
    complaints = []
    nodes = tree.value if tree else []
    for line, entry in zip((node.start_mark.line + 1 for node in nodes), entries, strict=True):
        try:
            decision = _decision(ENTRY.validate_python(entry))
            decisions[decision.decision_id] = decision
            lines[decision.decision_id] = line
        except ValidationError as error:
            complaints.append(f"{path}:{line}: {_explain(error, entry)}; the entry is left out")
    return Overrides(decisions=tuple(decisions.values()), lines=lines, complaints=tuple(complaints))


def _decision(entry: PairEntry | AliasEntry | RejectEntry | FixEntry) -> Decision:
    deals: tuple[DealEntry, ...] = ()
    if isinstance(entry, PairEntry):
        deals = entry.deals
    elif not isinstance(entry, AliasEntry):
        deals = (entry.deal,)
    said = json.dumps(entry.model_dump(mode="json"), sort_keys=True)
    return Decision(
        decision_id=hashlib.sha256(said.encode()).hexdigest()[:16],
        kind=entry.decision,
        deals=tuple(map(_description, deals)),
        slot=entry.slot if isinstance(entry, FixEntry) else "",
        value=entry.value if isinstance(entry, FixEntry) else "",
        name=entry.name if isinstance(entry, AliasEntry) else "",
        company_id=entry.company if isinstance(entry, AliasEntry) else "",
        decided_by=entry.who,
        decided_at=entry.when,
        reason=entry.why,
    )


def _description(deal: DealEntry) -> DealDescription:
    return DealDescription(
        deal_id=deal.id,
        type=deal.type,
        parties=deal.parties,
        first_told=deal.first_told.isoformat() if deal.first_told else "",
        articles=deal.articles,
    )


def _explain(error: ValidationError, entry: Any) -> str:
    """What is wrong with an entry first, and what would be right."""
    from flows.settings import did_you_mean

    if not isinstance(entry, dict):
        return "an entry is a list of keys, the first of them `decision`"
    first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")  # a misspelt key is missing, too
    place = [str(part) for part in first["loc"] if part not in KINDS]
    key = ".".join(place) or "decision"
    if first["type"] == "extra_forbidden":
        return f"unknown key {key!r}{did_you_mean(place[-1], _keys(entry, len(place)))}"
    if first["type"] == "missing":
        return f"{key!r} is missing"
    if first["type"].startswith("union_tag"):
        return f"`decision` must be one of {', '.join(KINDS)} (given: {entry.get('decision')!r})"
    return f"{key!r}: {first['msg']} (given: {first.get('input')!r})"


def _keys(entry: Mapping[str, Any], depth: int) -> Sequence[str]:
    models: dict[str, type[BaseModel]] = {
        "same": PairEntry,
        "different": PairEntry,
        "alias": AliasEntry,
        "reject": RejectEntry,
        "fix": FixEntry,
    }
    model = DealEntry if depth > 1 else models[entry["decision"]]
    return list(model.model_fields)


def add_override(path: Path, entry: Mapping[str, Any]) -> None:
    """Adds an entry at the end of the file, whose comments and entries stay as they are. Raises ValidationError."""
    ENTRY.validate_python(dict(entry))
    before = path.read_text(encoding="utf-8") if path.is_file() else HEADER
    if before and not before.endswith("\n"):
        before += "\n"
    written = yaml.safe_dump([dict(entry)], sort_keys=False, allow_unicode=True, width=110)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.part")
    aside.write_text(f"{before}\n{written}", encoding="utf-8")
    aside.replace(path)
