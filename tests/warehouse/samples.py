"""Records as a run would bring them, small and made up; every span points at the words that it names."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from extractors.records import (
    Accelerators,
    Article,
    Assignment,
    CapacityMention,
    CapexMention,
    Claim,
    DealHistory,
    DealMention,
    DealState,
    Document,
    Duration,
    Entry,
    Extraction,
    FeedPoll,
    FeedState,
    Issue,
    Mention,
    Money,
    Party,
    Period,
    Place,
    Power,
    RawDocument,
    ReadDocument,
    Resolution,
    Revision,
    SeenEntry,
    Share,
    StoryMember,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
READER = "reader-1"
TITLE = "Birch Compute signs Alder"
BODY = (
    "Alder agreed to buy up to $300 million of compute from Birch Compute over five years.\n\n"
    "About 1,200 H100 accelerators drawing 120 MW go to Abilene, Texas from 2027. Alder also takes a 12.5% stake."
)


def hash_of(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def days(count: float) -> timedelta:
    return timedelta(days=count)


def state(feed_id: str = "wire", polled_at: datetime = NOW, **changes: object) -> FeedState:
    told = {
        "feed_id": feed_id,
        "url": f"https://example.org/{feed_id}.rss",
        "etag": '"abc"',
        "content_hash": hash_of(feed_id),
        "last_polled_at": polled_at,
        "last_changed_at": polled_at,
        "last_status_code": 200,
    }
    return FeedState(**{**told, **changes})


def seen(number: int, title: str = "") -> SeenEntry:
    entry = Entry(
        entry_id=f"guid-{number}",
        title=title or f"{TITLE} {number}",
        link=f"https://example.org/news/{number}",
        summary="A summary.",
        authors=("A. Writer", "B. Writer"),
        published_at=NOW - days(1) + timedelta(minutes=number),
        publisher="The Wire",
        related_titles=("Another headline", "One more"),
    )
    return SeenEntry(
        entry=entry,
        item_id=f"item-{number}",
        canonical_url=f"https://example.org/news/{number}",
        version_hash=hash_of(number, ascii(entry.title)),
    )


def poll(feed_id: str = "wire", numbers: range = range(3), polled_at: datetime = NOW, **changes: object) -> FeedPoll:
    told = {
        "outcome": "new",
        "state": state(feed_id, polled_at),
        "polled_at": polled_at,
        "byte_count": 1000,
        "body_hash": hash_of(feed_id),
        "content_type": "application/rss+xml",
        "entries": tuple(seen(number) for number in numbers),
    }
    return FeedPoll(**{**told, **changes})


def failed_poll(code: str = "timeout", polled_at: datetime = NOW, status_code: int | None = None) -> FeedPoll:
    told = state(
        polled_at=polled_at,
        last_status_code=status_code,
        consecutive_failures=1,
        error_code=code,
        error_message=f"{code}: try later",
    )
    return poll(
        outcome="failed", state=told, polled_at=polled_at, entries=(), byte_count=0, body_hash="", content_type=""
    )


def document(number: int, kind: str = "entry", retrieved_at: datetime = NOW) -> RawDocument:
    return RawDocument(
        document_id=hash_of("document", kind, number),
        item_id=f"item-{number}",
        kind=kind,
        url=f"https://example.org/news/{number}",
        content_type="application/json",
        byte_count=500,
        retrieved_at=retrieved_at,
        feed_id="wire",
        entry_id=f"guid-{number}",
        title=f"{TITLE} {number}",
        publisher="The Wire",
        published_at=NOW - days(1) + timedelta(minutes=number),
    )


def span(text: str, surface: str) -> dict[str, object]:
    """Where the words stand, as keyword arguments; the test data must hold them."""
    start = text.index(surface)
    return {"start_char": start, "end_char": start + len(surface), "surface": surface}


def place(text: str, name: str) -> Place:
    told = span(text, name)
    return Place(name=name, start_char=told["start_char"], end_char=told["end_char"])


def party(text: str, role: str, name: str, company_id: str = "") -> Party:
    told = span(text, name)
    return Party(
        role=role,
        name=name,
        mention=name,
        company_id=company_id,
        start_char=told["start_char"],
        end_char=told["end_char"],
        confidence=0.875,
    )


def claim(raw: RawDocument, text: str, **changes: object) -> DealMention:
    """A claim with every slot filled."""
    trigger = span(text, "agreed to buy")
    sentence = span(text, BODY.split("\n", maxsplit=1)[0])
    told = {
        "deal_mention_id": hash_of("claim", raw.document_id),
        "type": "compute",
        "status": "announced",
        "focus": "primary",
        "parties": (party(text, "supplier", "Birch Compute", "birch"), party(text, "customer", "Alder")),
        "value": Money(amount=Decimal(300_000_000), currency="USD", bound="up_to", **span(text, "up to $300 million")),
        "valuation": Money(
            amount=Decimal("2400000000"),
            amount_high=Decimal("2500000000.5"),
            currency="EUR",
            is_increment=True,
            **span(text, "12.5% stake"),
        ),
        "power": Power(mw=Decimal("120.5"), basis="facility", mw_high=Decimal(130), **span(text, "120 MW")),
        "accelerators": Accelerators(count=1200, bound="about", model="H100", **span(text, "About 1,200 H100")),
        "term": Duration(months=60, **span(text, "five years")),
        "stake": Share(pct=Decimal("12.5"), **span(text, "12.5%")),
        "start": Period(period="2027", relation="from", **span(text, "from 2027")),
        "end": Period(period="2032-Q1", **span(text, "five years")),
        "locations": (place(text, "Abilene, Texas"),),
        "trigger_start_char": trigger["start_char"],
        "trigger_end_char": trigger["end_char"],
        "sentence_start_char": sentence["start_char"],
        "sentence_end_char": sentence["end_char"],
        "confidence": 0.75,
        "rules": ("compute.buy", "context.none"),
        "slot_confidence": (("power", 0.5),),
        "is_reduction": True,
    }
    return DealMention(**{**told, **changes})


def read(
    number: int,
    kind: str = "entry",
    *,
    reader_version: str = READER,
    body: str = BODY,
    retrieved_at: datetime = NOW,
    **changes: object,
) -> ReadDocument:
    """A document that claims one deal; ``changes`` are those of its claim. An empty body claims none."""
    raw = document(number, kind, retrieved_at)
    article = Article(
        title=f"{TITLE} {number}",
        body=body,
        url=raw.url,
        canonical_url=raw.url,
        published_at=raw.published_at,
        publisher="The Wire",
        language="en",
        issues=(Issue(stage="parse", subject_id=raw.document_id, code="no_date", message="no date in the page"),),
    )
    text = Document(document_id=raw.document_id, title=article.title, body=article.body)
    whole = text.text
    claims = (claim(raw, whole, **changes),) if "agreed to buy" in whole else ()
    extraction = Extraction(
        document=text,
        mentions=(
            Mention(kind="company", name="Birch Compute", registry_id="birch", **span(whole, "Birch Compute")),
            Mention(kind="organisation", name="Alder", **span(whole, "Alder")),
        ),
        deal_mentions=claims,
        capacity=(
            CapacityMention(
                owner="Birch Compute",
                facility=None,
                metric="power_mw",
                amount=Decimal(120),
                bound="exact",
                status="planned",
                by="2027",
                location="Abilene, Texas",
                **span(whole, "Birch"),
            ),
        ),
        capex=(
            CapexMention(
                company="Birch Compute",
                period="FY2026",
                low=Decimal(10),
                high=Decimal(12),
                currency="USD",
                change=None,
                **span(whole, "Birch"),
            ),
        ),
    )
    return ReadDocument(
        raw=raw,
        article_id=hash_of("article", raw.document_id, raw.item_id),
        article=article,
        content_hash=hash_of(article.title, article.body),
        extraction=extraction,
        reader_version=reader_version,
    )


def resolution(*claims: Claim, kind: str = "new", deal_id: str = "", **changes: object) -> Resolution:
    """The decision to make a deal of its own of each claim, or to let them all speak of ``deal_id``."""
    decisions, histories = [], []
    for told in claims:
        mention = told.mention
        own = deal_id or f"deal-{mention.deal_mention_id[:8]}"
        decisions.append(
            Assignment(
                deal_mention_id=mention.deal_mention_id,
                deal_id=own,
                kind=kind,
                first_as_of=told.as_of,
                last_as_of=told.as_of,
            )
        )
        state = DealState(**{**state_of(told, own), **changes})
        revision = Revision(deal_mention_id=mention.deal_mention_id, as_of=told.as_of, state=state)
        histories.append(DealHistory(deal_id=own, revisions=(revision,)))
    return Resolution(decisions=tuple(decisions), histories=tuple(histories))


def state_of(told: Claim, deal_id: str) -> dict[str, object]:
    """The deal that a claim makes alone."""
    mention = told.mention
    return {
        "deal_id": deal_id,
        "type": mention.type,
        "parties": mention.parties,
        "status": mention.status,
        "value": mention.value,
        "valuation": mention.valuation,
        "power": mention.power,
        "accelerators": mention.accelerators,
        "term": mention.term,
        "stake": mention.stake,
        "start": mention.start,
        "end": mention.end,
        "locations": tuple(place.name for place in mention.locations),
        "first_as_of": told.as_of,
        "last_as_of": told.as_of,
        "sources": (("power", mention.deal_mention_id), ("value", mention.deal_mention_id)),
    }


def story(article_id: str, story_id: str = "story-1") -> StoryMember:
    return StoryMember(story_id=story_id, article_id=article_id)
