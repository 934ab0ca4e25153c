"""Whether two articles report one event: the same step of the same deal, or else the same news in like words.

Different steps of one deal (talks, denial, agreement, expansion, completion) are different events, and so are like
steps of look-alike deals: another party or another place parts them however alike the texts are.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from extractors.parties.identity import DIFFERENT, Identity
from extractors.parties.identity import likeness as name_likeness
from extractors.parties.places import Places, compare_places
from extractors.records import StoryArticle, StoryClaim
from extractors.stories.features import SIDE, Features, identity_of
from extractors.stories.groups import TOGETHER
from extractors.stories.likeness import likeness
from extractors.stories.wording import COPY_SHARE, share_of_shorter

COPY, SAME_EVENT, TOLD_BESIDE, LIKE_WORDS, PARTED = 1.0, 0.9, 0.8, 0.6, -1.0
LIKE = 0.18  # the likeness of wording from which two articles are one story
LIKE_MOST = 0.77
BY_WORDS = 0.08  # what the likeness of wording adds where the deal is the same: it tells look-alikes apart
OTHER_COMPANIES = 0.2  # of the likeness of two that name companies, but none in common
EVENT_SPAN = timedelta(days=3.5)  # reports of one event; local papers come last
SAME_DAY = timedelta(hours=30)
CORRECTION_SPAN = timedelta(days=14)
LIKE_WORDS_SPAN = timedelta(days=2)
HALF, THIRD = 0.5, 0.3  # of the title's telling words
ROUNDING = Decimal("0.12")
SUPPLY = frozenset({"compute", "lease", "chips", "partnership"})


def link(new: Features, old: Features) -> float:
    """How surely the two report one event: 1 (the one is a copy of the other) to 0 (nothing says so), PARTED (not)."""
    if is_copy(new, old):
        return COPY
    gap = _gap(new.article, old.article)
    if gap is not None and gap > CORRECTION_SPAN:
        return 0.0
    if new.is_recap or old.is_recap or new.is_filing != old.is_filing:
        return PARTED
    if new.is_correction or old.is_correction:
        return SAME_EVENT if gap is not None and _corrects(new, old) else 0.0
    if gap is not None and gap > EVENT_SPAN:
        return min(LIKE_WORDS, _said_alike(new, old, gap))
    if new.primary and old.primary:
        if _are_parted(new, old, gap):
            return PARTED
        if _same_main(new, old):
            return SAME_EVENT + BY_WORDS * _likeness(new, old, gap)
        if gap is not None and gap <= SAME_DAY and (_tells_beside(new, old) or _tells_beside(old, new)):
            return TOLD_BESIDE
    elif (new.primary or old.primary) and "off" in (new.step, old.step) and new.step != old.step:
        return PARTED
    if _in_like_words(new, old, gap):
        return max(LIKE_WORDS, _said_alike(new, old, gap))
    return _said_alike(new, old, gap)


def _said_alike(new: Features, old: Features, gap: timedelta | None) -> float:
    """The likeness of what they say, so that LIKE is as strong as the weakest link that holds a story together."""
    return min(LIKE_MOST, TOGETHER * _likeness(new, old, gap) / LIKE)


def _likeness(new: Features, old: Features, gap: timedelta | None) -> float:
    alike = likeness(new.wording, old.wording, gap)
    if new.companies and old.companies and not any(_is_among(company, old.companies) for company in new.companies):
        alike *= OTHER_COMPANIES
    return alike


def is_copy(new: Features, old: Features) -> bool:
    """Whether the one text is (nearly) the other, or a part of it."""
    return share_of_shorter(new.shingles, old.shingles) >= COPY_SHARE


def _gap(new: StoryArticle, old: StoryArticle) -> timedelta | None:
    """Time between the two publications; None where one has no date."""
    if new.published_at is None or old.published_at is None:
        return None
    return abs(new.published_at - old.published_at)


def _are_parted(new: Features, old: Features, gap: timedelta | None) -> bool:
    """Whether something that both say rules out one event: another step, company or place."""
    if new.step != old.step:
        is_one_day = gap is not None and gap <= SAME_DAY
        if not is_one_day or {new.step, old.step} != {"firm", "closed"}:
            return True
    if compare_places(new.title_places, old.title_places) is Places.CONFLICT:
        return True
    if _names_another(new, old) and _names_another(old, new):
        return True
    return bool(new.primary and old.primary) and _are_rivals(new.primary[0], old.primary[0])


def _names_another(one: Features, other: Features) -> bool:
    """Whether the one's headline names a company of which the other says nothing."""
    return any(not _is_among(company, other.companies) for company in one.title_companies)


def _are_rivals(p: StoryClaim, q: StoryClaim) -> bool:
    """Like deals of which one side is another company, or the place another place."""
    if p.type != q.type or (p.deal_id and p.deal_id == q.deal_id):
        return False
    if compare_places(p.locations, q.locations) is Places.CONFLICT:
        return True
    return any(
        theirs and not any(_alike(name, other) for name in ours for other in theirs)
        for role, ours in _by_role(p).items()
        if (theirs := _by_role(q).get(role))
    )


def _corrects(new: Features, old: Features) -> bool:
    claims = ((p, q) for p in new.primary for q in old.primary)
    return any(_same_deal(p, q) for p, q in claims) or _in_like_words(new, old, timedelta(0))


def _same_main(new: Features, old: Features) -> bool:
    """Whether the articles' main claims are of one event, or each main claim is among what the other reports."""
    if not new.primary or not old.primary:
        return False
    if _same_event(new.primary[0], old.primary[0]):
        return True
    return any(_same_event(new.primary[0], q) for q in old.primary) and any(
        _same_event(p, old.primary[0]) for p in new.primary
    )


def _same_event(p: StoryClaim, q: StoryClaim) -> bool:
    return _same_deal(p, q) and ("amended" in (p.status, q.status) or p.status != q.status or _figures_agree(p, q))


def _same_deal(p: StoryClaim, q: StoryClaim) -> bool:
    if p.deal_id and p.deal_id == q.deal_id:
        return True
    if p.type != q.type and not {p.type, q.type} <= SUPPLY:
        return False
    return _parties_agree(p, q) and not _are_rivals(p, q)


def _parties_agree(p: StoryClaim, q: StoryClaim) -> bool:
    """Both companies in common, or the one where one claim names no more."""
    ours, theirs = ([name for role, name in claim.parties if role in SIDE] for claim in (p, q))
    shared = sum(any(_alike(name, other) for other in theirs) for name in ours)
    return shared > 0 and shared >= min(2, len(ours), len(theirs))


def _figures_agree(p: StoryClaim, q: StoryClaim) -> bool:
    if not p.amount or not q.amount or p.currency != q.currency:
        return True
    return abs(p.amount - q.amount) <= ROUNDING * max(p.amount, q.amount) or (
        p.deal_id != "" and p.deal_id == q.deal_id
    )


def _tells_beside(one: Features, other: Features) -> bool:
    """Whether the one's side remark is the other's main news, and their news share a company."""
    if not one.primary or not other.primary:
        return False
    recalled = [claim for claim in one.article.claims if claim.focus != "primary" and claim.amount]
    if not any(_same_deal(p, other.primary[0]) and _figures_agree(p, other.primary[0]) for p in recalled):
        return False
    return any(_alike(a, b) for _, a in one.primary[0].parties for _, b in other.primary[0].parties)


def _in_like_words(new: Features, old: Features, gap: timedelta | None) -> bool:
    """Whether what the one's headline says stands in the other text, with companies of the headlines in common."""
    if gap is not None and gap > LIKE_WORDS_SPAN:
        return False
    shared = [company for company in new.title_companies if _is_among(company, old.companies)]
    shared += [
        company
        for company in old.title_companies
        if _is_among(company, new.companies) and not _is_among(company, shared)
    ]
    overlap = max(_overlap(new.title_words, old.words), _overlap(old.title_words, new.words))
    figures = {word for word in new.words & old.words if word[0].isdigit() and not _is_year(word)}
    if gap is None:  # without a date only the whole picture will do
        return len(shared) >= 2 and overlap >= HALF
    in_both = [company for company in new.title_companies if _is_among(company, old.title_companies)]
    if len(in_both) >= 2 and gap <= SAME_DAY:
        return True
    if _names_another(new, old) or _names_another(old, new):
        return bool(shared) and overlap >= HALF
    if len(shared) >= 2:
        return overlap >= THIRD or bool(figures)
    return bool(shared) and (overlap >= HALF or (overlap >= THIRD and bool(figures)))


def _overlap(title: frozenset[str], text: frozenset[str]) -> float:
    return len(title & text) / len(title) if len(title) >= 2 else 0.0


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.startswith("20")


def _by_role(claim: StoryClaim) -> dict[str, list[str]]:
    by_role: dict[str, list[str]] = {}
    for role, name in claim.parties:
        if role in SIDE:
            by_role.setdefault(role, []).append(name)
    return by_role


def _alike(one: str, other: str) -> bool:
    return name_likeness(identity_of(one), identity_of(other)) != DIFFERENT


def _is_among(company: Identity, others: tuple[Identity, ...] | list[Identity]) -> bool:
    return any(name_likeness(company, other) != DIFFERENT for other in others)
