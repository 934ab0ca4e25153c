"""The written analysis of a deal or a story, composed from the tape: every sentence names the rows that it stands on.

The same release gives the same text. Nothing is said that no row holds; what the tape does not know is said to be so.
"""

from __future__ import annotations

from datetime import date

import duckdb

from dashboards import queries
from dashboards.analysis import agreed, compared, questions, relations, unsettled
from dashboards.analysis.sentence import Analysis, Paragraph, Sentence, cite, listed
from dashboards.rows import Row

__all__ = ["Analysis", "Paragraph", "Sentence", "analyse_deal", "analyse_story"]

DEALS_TOLD = 3  # of a story in full, the others in a line


def analyse_deal(con: duckdb.DuckDBPyConnection, deal_id: str, *, data_on: date | None) -> Analysis | None:
    """What was agreed, who the parties are to each other, how it compares and what is open; None: no such deal.

    ``data_on``: the date up to which the release reaches; what lies after it is told as still to come.
    """
    deal = queries.deal(con, deal_id)
    if deal is None:
        return None
    parties = queries.parties(con, deal_id)
    evidence = queries.evidence(con, deal_id)
    return Analysis(
        tuple(
            paragraph
            for paragraph in (
                Paragraph(
                    "What was agreed", agreed.sentences(deal, parties, evidence, queries.revisions(con, deal_id))
                ),
                Paragraph("Who the parties are to each other", relations.sentences(con, deal, parties)),
                Paragraph("How it compares", compared.sentences(con, deal)),
                Paragraph("What remains open", unsettled.sentences(deal, data_on)),
            )
            if paragraph.sentences
        )
    )


def analyse_story(con: duckdb.DuckDBPyConnection, story_id: str, *, data_on: date | None) -> Analysis | None:
    """Who tells the story, then the analysis of each deal that it reports, largest first; None: no such story."""
    articles = questions.articles_of_story(con, story_id)
    if not articles:
        return None
    deals = questions.deals_of_story(con, story_id)
    paragraphs = [Paragraph("Who tells it", (_told_by(articles), *_deals_in_short(deals)))]
    for deal in deals[:DEALS_TOLD]:
        told = analyse_deal(con, deal["deal_id"], data_on=data_on)
        paragraphs += told.paragraphs if told else ()
    return Analysis(tuple(paragraphs))


def _told_by(articles: list[Row]) -> Sentence:
    publishers = sorted({article["publisher"] for article in articles if article["publisher"]})
    count = len(articles)
    words = f"{count:,} article{'s' if count != 1 else ''} tell{'s' if count == 1 else ''} of this event"
    by = f", by {listed(publishers, most=5)}" if publishers else ""
    return Sentence(words + by + ".", tuple(cite("articles", article_id=a["article_id"]) for a in articles))


def _deals_in_short(deals: list[Row]) -> tuple[Sentence, ...]:
    if not deals:
        return (Sentence("No deal was read in them.", ()),)
    if len(deals) == 1:
        return ()
    cites = tuple(cite("deals", deal_id=deal["deal_id"]) for deal in deals)
    more = f"; the first {DEALS_TOLD} follow" if len(deals) > DEALS_TOLD else ""
    return (Sentence(f"They report {len(deals)} deals{more}.", cites),)
