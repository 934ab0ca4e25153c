"""The brief as Markdown or as one HTML page."""

from __future__ import annotations

from dashboards import figures
from dashboards.brief import Brief
from dashboards.guard import markdown, markdown_link, plain, web_link
from dashboards.palette import STATUS_WORDS, TYPE_WORDS
from dashboards.release import Release
from dashboards.rows import Row
from dashboards.words import COUNTED
from dashboards.writing import page_style, templates

FORMATS = {"md": "brief.md.jinja", "html": "brief.html.jinja"}
NAMES = {"daily": "Daily brief", "weekly": "Weekly brief"}


def render(brief: Brief, release: Release, form: str) -> str:
    """The whole text in one of ``FORMATS``; nothing that an article says is read as markup."""
    environment = templates(escaped=form == "html")
    environment.filters.update(
        plain=plain, web_link=web_link, day=figures.day, md=markdown, told_change=told_change, told_terms=told_terms
    )
    environment.globals.update(
        figures=figures, markdown_link=markdown_link, TYPE_WORDS=TYPE_WORDS, STATUS_WORDS=STATUS_WORDS
    )
    return environment.get_template(FORMATS[form]).render(
        brief=brief, release=release, name=NAMES[brief.kind], counted=COUNTED, **page_style()
    )


def told_terms(deal: Row) -> str:
    """A deal's terms in a line; "" where none is known."""
    words = (
        figures.deal_value(deal),
        figures.deal_power(deal),
        plain(figures.deal_accelerators(deal)),
        figures.term(deal["term_months"]),
        plain(deal["locations"]),
    )
    return " · ".join(word for word in words if word not in ("", figures.NONE))


def told_change(row: Row) -> str:
    """What a revision changed: ``announced → amended; $2.4bn → $3.9bn``."""
    old = {name.removeprefix("old_"): value for name, value in row.items() if name.startswith("old_")}
    pairs = [
        (STATUS_WORDS.get(old["status"], ""), STATUS_WORDS[row["status"]]),
        (figures.deal_value(old), figures.deal_value(row)),
        (figures.deal_power(old), figures.deal_power(row)),
    ]
    changed = [(before, after) for before, after in pairs if before != after and after != figures.NONE]
    return "; ".join(f"{before} → {after}" if before not in ("", figures.NONE) else after for before, after in changed)
