"""The part of the tape that new claims can touch, loaded as it turns out to be needed; never all deals or texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from extractors.deals.resolve.keys import (
    TICKERED,
    is_mark,
    keys_of_party,
    round_of,
    seekers_of,
    sought_by,
    sought_with,
)
from extractors.deals.resolve.recognise import FORESEEN, RECALLED, is_recognised
from extractors.deals.resolve.replay import Replayed, carry_on, replay
from extractors.deals.resolve.tape import LAST, NEAREST, Tape, Unit, unit_of
from extractors.records import Claim, StoryArticle, in_order
from flows.steps.heard import Heard
from warehouse import resolving
from warehouse.load import Connection

# More than are looked at: what is stored may lose some of its nearest deals while it is decided again.
LOADED = NEAREST + 8
BESIDE = timedelta(days=10)  # deals told last so long before a change are not judged anew for it


class Neighbourhood:
    """Claims, articles and keys at hand, and the tape made of them."""

    def __init__(
        self,
        con: Connection,
        version: str,
        heard: Heard,
        *,
        articles: Iterable[StoryArticle] = (),
        claims: Iterable[Claim] = (),
    ) -> None:
        """``articles``: those that count of which the texts are at hand; ``claims``: those at hand, as stored."""
        self._con, self._version, self._heard = con, version, heard
        self.claims: dict[str, Claim] = {}  # those that were read
        self.recognised: dict[str, Claim] = {}  # those that an earlier run recognised
        self.deal_of: dict[str, str] = {}  # as stored
        self.articles = {article.article_id: article for article in articles}
        self.keys: dict[str, frozenset[str]] = {}
        self._named: dict[str, frozenset[str]] = {}  # article_id -> keys of what it names
        self._at_hand = {claim.mention.deal_mention_id: claim for claim in claims}
        self._asked_before: set[tuple[str, datetime, str]] = set()
        self._asked_after: set[tuple[str, Unit]] = set()
        self._deals: set[str] = set()  # loaded whole
        self.tape = Tape([], ready=set(), apart=heard.apart)

    def replay(self, fresh: Collection[str], gone: Collection[str]) -> Replayed:
        """Decide the fresh articles and all that they reach; loads what that takes, as it turns out."""
        self._prepare({*fresh, *gone}, gone)
        fresh_units = {unit for unit in self._units(fresh) if unit[1] not in gone}
        done = replay(self.tape, fresh_units, gone=[c for c in self.claims.values() if c.article_id in gone])
        while self._look_after(done) or done.missing:
            self._prepare({article_id for _, article_id in done.missing}, gone)
            carry_on(self.tape, done)
        return done

    def _prepare(self, articles: Collection[str], gone: Collection[str]) -> None:
        """Load what deciding these articles takes, into the tape: their claims and the deals that they are held to."""
        self._load_texts(articles)
        told = resolving.decided(self._con, self._version, articles=articles)
        filed = resolving.filed(self._con, self._version, told)
        wanted = {
            (key, claim.as_of, claim.article_id)
            for claim in filed.values()
            if claim.article_id not in gone
            for key in sought_by(claim.keys)
        } - self._asked_before
        self._asked_before |= wanted
        deals = resolving.deals_before(self._con, self._version, wanted, LOADED) if wanted else set()
        self._load(told | self._told_of(deals))
        self.tape.articles.update(self.articles)
        self.tape.get_ready(self._units(articles))

    def _units(self, articles: Collection[str]) -> set[Unit]:
        return {unit_of(claim) for claim in self.claims.values() if claim.article_id in articles}

    def _look_after(self, done: Replayed) -> bool:
        """Look for later claims that the changed deals could be compared with; gives whether there are some unknown."""
        wanted = {
            (key, since)
            for strand, since in done.touched.values()
            for own in done.lost[id(strand)].union(*(self.keys[c.mention.deal_mention_id] for c in strand.claims))
            for key in (own, seekers_of(own))
        } - self._asked_after
        if not wanted:
            return False
        self._asked_after |= wanted
        is_more = False
        for entry in resolving.claims_after(self._con, self._version, {(key, unit[0]) for key, unit in wanted}):
            if entry.deal_mention_id not in self.claims:
                is_more = True
                self.tape.hint(entry.key, (entry.as_of, entry.article_id), entry.deal_mention_id, entry.deal_id)
        return is_more

    def counting(self, articles: Collection[str]) -> list[StoryArticle]:
        """These articles as far as they count, with their texts."""
        self._load_texts(articles)
        return [self.articles[article_id] for article_id in sorted(articles) if article_id in self.articles]

    def _load_texts(self, articles: Collection[str]) -> None:
        if missing := set(articles) - self.articles.keys():
            found = resolving.texts(self._con, self._version, missing)
            self.articles |= {article.article_id: article for article in found}

    def named(self, article: StoryArticle) -> frozenset[str]:
        """The keys of what the article names, once it was loaded near."""
        return self._named.get(article.article_id, frozenset())

    def articles_speaking_of(self, done: Replayed) -> set[str]:
        """article_id of those that may speak of the deals that changed, as far as they can see the change."""
        wanted = set()
        for k, (strand, (since, _)) in enumerate(done.touched.values()):
            if not strand.claims:
                continue
            until = max(claim.as_of for claim in strand.claims) + RECALLED
            sides: dict[frozenset[str], int] = {}
            for claim in strand.claims:
                for party in claim.mention.parties:
                    names = keys_of_party(party, claim.as_of.date())
                    side = next((n for known, n in sides.items() if known & names), len(sides))
                    sides[names] = side
            if len(sides) > 1:  # a round stands for its investors
                keys = {key for claim in strand.claims for key in self.keys[claim.mention.deal_mention_id]}
                sides |= {frozenset({mark}): len(sides) for mark in map(round_of, keys) if mark}
            for names, side in sides.items():
                wanted |= {(str(k), side, name, since - FORESEEN, until) for name in names if " " not in name}
        return resolving.articles_naming(self._con, self._version, wanted, TICKERED)

    def load_near(self, articles: Iterable[StoryArticle]) -> None:
        """The deals of which these articles could speak, into the tape."""
        articles = list(articles)
        ids = [article.article_id for article in articles]
        self._named |= resolving.names(self._con, self._version, ids)
        known = resolving.known_keys(self._con, self._version, set().union(*map(self.named, articles)))
        wanted = {
            (key, article.as_of + FORESEEN, LAST)
            for article in articles
            for key in sought_with(k for k in self.named(article) if k in known or is_mark(k))
        }
        told = resolving.decided(self._con, self._version, articles=ids)
        deals = resolving.deals_before(self._con, self._version, wanted, LOADED)
        self._load(told | self._told_of(deals | set(filter(None, told.values()))))

    def load_deals(self, deals: Collection[str]) -> None:
        """These deals, into the tape."""
        self._load(self._told_of(deals))

    def _told_of(self, deals: Collection[str]) -> dict[str, str]:
        """deal_mention_id -> deal_id of the claims of these deals, as far as they are not loaded."""
        missing = set(deals) - self._deals
        self._deals |= missing
        return resolving.decided(self._con, self._version, deals=missing) if missing else {}

    def _load(self, told: Mapping[str, str]) -> None:
        """These claims (deal_mention_id -> deal_id, "" for none) into the tape."""
        self.deal_of |= {mention_id: deal_id for mention_id, deal_id in told.items() if deal_id}
        missing = told.keys() - self.claims.keys() - self.recognised.keys()
        if not missing:
            return
        claims = [self._at_hand[mention_id] for mention_id in missing & self._at_hand.keys()]
        claims += resolving.claims(self._con, self._version, sorted(missing - self._at_hand.keys()))
        for claim in self._heard.as_known(self._con, self._version, list(in_order(claims))):
            kept = self.recognised if is_recognised(claim) else self.claims
            kept[claim.mention.deal_mention_id] = claim
        filed = resolving.filed(self._con, self._version, missing - self.keys.keys())
        self.keys |= {mention_id: frozenset(claim.keys) for mention_id, claim in filed.items()}
        self.tape.keys.update(self.keys)
        self.tape.add(self.claims.values(), self.deal_of)
