"""How much two articles say the same, whatever they are about: telling words of headline and lead, fading with time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from extractors.stories.telling import COMPANY_MARK, Terms, length, shared, terms_of

LEAD_SHARE = 0.6  # what a word of the lead weighs beside one of the headline
FRESH, SPAN = timedelta(hours=30), timedelta(days=5)  # full weight to here; none from there
FADED = 0.5  # what is left of the likeness just before the span ends
TOLD = 0.15  # the product of shared words, companies apart, from which the likeness counts in full
OTHER_COMPANIES = 0.5
UNDATED = 0.75  # of the likeness, where one of the two has no date


@dataclass(frozen=True, slots=True)
class Wording:
    """The telling words of an article, the companies apart from the rest."""

    title: Terms
    text: Terms  # of headline and lead
    companies: Terms  # of headline and lead
    title_length: float
    text_length: float


def wording_of(title: str, lead: str) -> Wording:
    """The words that tell of the event; ``lead`` is the front of the body without boilerplate."""
    in_title = terms_of(title)
    text = {term: LEAD_SHARE * weight for term, weight in terms_of(lead).items()}
    for term, weight in in_title.items():
        text[term] = max(weight, text.get(term, 0.0))
    companies = {term: weight for term, weight in text.items() if term.startswith(COMPANY_MARK)}
    return Wording(in_title, text, companies, length(in_title), length(text))


def likeness(first: Wording, second: Wording, gap: timedelta | None) -> float:
    """0 (nothing in common, or too far apart) to 1 (the same words at the same time).

    A company has many stories at a time, so its name is not enough; and where both name companies, but none in common,
    the words are those of a common kind of news.
    """
    texts = shared(first.text, second.text)
    companies = shared(first.companies, second.companies)
    of_texts, of_titles = first.text_length * second.text_length, first.title_length * second.title_length
    alike = max(
        texts / of_texts if of_texts else 0.0,
        shared(first.title, second.title) / of_titles if of_titles else 0.0,
    )
    if first.companies and second.companies and not companies:
        alike *= OTHER_COMPANIES
    return min(1.0, alike) * min(1.0, (texts - companies) / TOLD) * _freshness(gap)


def _freshness(gap: timedelta | None) -> float:
    if gap is None:
        return UNDATED
    if gap >= SPAN:
        return 0.0
    return 1 - (1 - FADED) * max(0.0, (gap - FRESH) / (SPAN - FRESH))
