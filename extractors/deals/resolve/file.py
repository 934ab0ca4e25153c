"""What of an article is kept for resolving later, when its text is no longer at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors.deals.resolve.keys import keys_named_in, keys_of
from extractors.parties.affiliations import find_affiliations
from extractors.records import Claim, FiledArticle, StoryArticle


def file_article(
    article: StoryArticle, claims: Iterable[Claim], *, is_counting: bool, is_own_word: bool
) -> FiledArticle:
    """What is kept of the article; of one that does not count, its news item having a better one, only its id."""
    if not is_counting:
        return FiledArticle(article_id=article.article_id, as_of=article.as_of, names=frozenset(), is_own_word=False)
    return FiledArticle(
        article_id=article.article_id,
        as_of=article.as_of,
        names=keys_named_in(article),
        is_own_word=is_own_word,
        affiliations=tuple(sorted(set(find_affiliations(article.body)))),
        claim_keys=tuple((claim.mention.deal_mention_id, keys_of(claim, article)) for claim in claims),
    )


def known_under(claims: Iterable[Claim]) -> Iterator[FiledArticle]:
    """The keys of claims that are filed already and whose companies are known by other names now; a round keeps its."""
    for claim in claims:
        yield FiledArticle(
            article_id=claim.article_id,
            as_of=claim.as_of,
            names=frozenset(),
            is_own_word=False,
            claim_keys=((claim.mention.deal_mention_id, keys_of(claim)),),
        )
