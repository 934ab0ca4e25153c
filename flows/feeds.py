"""Which feeds there are: the built-in list, the user's own, or the file named by ``--feeds``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import extractors.registry
from flows.settings import Settings, did_you_mean

BUILT_IN = Path(extractors.registry.__file__).parent / "feeds.csv"
FEED_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,79}")
KINDS = ("rss", "atom", "rdf", "json", "google_news", "sec", "rates")


class FeedListError(Exception):
    """A list of feeds breaks its rules; the message names file, line and rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSource:
    """A feed to poll. Only id and address are needed in a list of one's own."""

    feed_id: str
    url: str
    publisher: str = ""  # "" where entries name theirs (searches, aggregators)
    kind: str = "rss"  # KINDS; sec: not polled without a contact in the settings
    group: str = "own"
    language: str = "en"
    tier: int = 2  # 1 the party itself or its filing, 2 wires and press, 3 aggregators
    cadence_minutes: int = 60  # polled at most so often
    expected_per_day: float = 0.0  # entries; 0: not known
    terms: str = ""  # what the publisher lets readers do, in a few words


def load_feeds(settings: Settings) -> list[FeedSource]:
    """The feeds of a run, sorted by id; a feed of the user goes before a built-in one of the same id."""
    if settings.feeds is not None:
        chosen = read_feeds(settings.feeds)
    else:
        own = read_feeds(settings.user_feeds) if settings.user_feeds.is_file() else []
        chosen = list({feed.feed_id: feed for feed in [*read_feeds(BUILT_IN), *own]}.values())
    groups = {feed.group for feed in chosen}
    for group in settings.groups:
        if group not in groups:
            raise FeedListError(f"no feed is in the group {group!r}{did_you_mean(group, groups)}")
    wanted = [
        feed
        for feed in chosen
        if (not settings.groups or feed.group in settings.groups) and feed.group not in settings.without_groups
    ]
    return sorted(wanted, key=lambda feed: feed.feed_id)


def read_feeds(path: Path) -> list[FeedSource]:
    """The feeds of a CSV file in its order. Raises FeedListError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            known = [field.name for field in fields(FeedSource)]
            for column in rows.fieldnames or []:
                if column not in known:
                    raise FeedListError(f"{path}:1: unknown column {column!r}{did_you_mean(column, known)}")
            feeds = [_feed_of_row(row, f"{path}:{rows.line_num}") for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FeedListError(f"{path}: cannot be read as a list of feeds: {error}") from error
    if not feeds:
        raise FeedListError(f"{path}: no feeds in it; the first line names columns, feed_id and url at least")
    _reject_doubles(feeds, path)
    return feeds


def write_feeds(path: Path, feeds: Iterable[FeedSource]) -> None:
    """Writes a list that ``read_feeds`` reads."""
    names = [field.name for field in fields(FeedSource)]
    aside = path.with_name(path.name + ".new")
    with aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([getattr(feed, name) for name in names] for feed in feeds)
    aside.replace(path)


def save_user_feeds(settings: Settings, added: Sequence[FeedSource]) -> None:
    """Adds feeds to those of the user; one of the same id is replaced. Raises FeedListError."""
    for feed in added:
        if not FEED_ID.fullmatch(feed.feed_id):
            raise FeedListError(f"feed_id {feed.feed_id!r} must be small letters, digits, '_', '-' and '.'")
    own = read_feeds(settings.user_feeds) if settings.user_feeds.is_file() else []
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    merged = {feed.feed_id: feed for feed in [*own, *added]}
    write_feeds(settings.user_feeds, merged.values())


def _feed_of_row(row: Mapping[str, str | None], where: str) -> FeedSource:
    told = {key: value for key, written in row.items() if key and written and (value := written.strip())}
    feed_id, url = told.get("feed_id", ""), told.get("url", "")
    if not FEED_ID.fullmatch(feed_id):
        raise FeedListError(f"{where}: feed_id {feed_id!r} must be small letters, digits, '_', '-' and '.'")
    if not url.startswith(("http://", "https://")):
        raise FeedListError(f"{where}: url {url!r} of {feed_id} must begin with http:// or https://")
    if told.get("kind", "rss") not in KINDS:
        raise FeedListError(f"{where}: kind {told['kind']!r} of {feed_id} is none of {', '.join(KINDS)}")
    try:
        return FeedSource(
            feed_id=feed_id,
            url=url,
            tier=int(told.get("tier", "2")),
            cadence_minutes=int(told.get("cadence_minutes", "60")),
            expected_per_day=float(told.get("expected_per_day", "0")),
            **{key: told[key] for key in ("publisher", "kind", "group", "language", "terms") if key in told},
        )
    except ValueError as error:
        raise FeedListError(f"{where}: {feed_id}: {error}") from error


def _reject_doubles(feeds: list[FeedSource], path: Path) -> None:
    seen: set[str] = set()
    for feed in feeds:
        if feed.feed_id in seen:
            raise FeedListError(f"{path}: feed_id {feed.feed_id!r} stands there twice")
        seen.add(feed.feed_id)
