"""What each step did, for the line on the terminal, the run's artifacts and the exit code."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCount:
    """One feed in one run: exactly one of new, unchanged, failed, skipped."""

    feed_id: str
    outcome: str
    entries: int = 0  # in the bodies that it sent
    quarantined: int = 0  # entries that could not be taken
    byte_count: int = 0
    error_code: str = ""
    error_message: str = ""
    alarms: tuple[str, ...] = ()  # raised by this run, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What ``collect`` brought."""

    feeds: tuple[FeedCount, ...] = ()
    new_entries: int = 0
    pages: int = 0
    failed_pages: int = 0
    pages_left: int = 0  # for the next run, because of the limit
    network_error: str = ""  # where nothing at all could be reached

    def count(self, outcome: str) -> int:
        """How many feeds ended so."""
        return sum(feed.outcome == outcome for feed in self.feeds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What ``read`` made of the documents."""

    documents: int = 0
    articles: int = 0
    unreadable: int = 0
    deal_mentions: int = 0
    new_deals: int = 0
    revised_deals: int = 0
    issues: int = 0

    def plus(self, other: Read) -> Read:
        """Both together."""
        return Read(**{field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(Read)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What ``publish`` put in place."""

    release_id: str
    is_new: bool
    rows: tuple[tuple[str, int], ...] = ()  # by table
    report_error: str = ""  # "" where the report stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerted:
    """What ``alert`` decided and sent."""

    decided: int = 0
    delivered: int = 0  # messages
    failed: int = 0  # messages; they are tried again
    errors: tuple[str, ...] = ()

    def plus(self, other: Alerted) -> Alerted:
        """Both together."""
        return Alerted(
            decided=self.decided + other.decided,
            delivered=self.delivered + other.delivered,
            failed=self.failed + other.failed,
            errors=self.errors + other.errors,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCounts:
    """A whole run."""

    collected: Collected
    read: Read
    published: Published
    alerted: Alerted = Alerted()

    @property
    def exit_code(self) -> int:
        """0 all well, 3 some feeds failed, 4 all feeds failed (docs/commands.md)."""
        failed = self.collected.count("failed")
        polled = failed + self.collected.count("new") + self.collected.count("unchanged")
        if failed == 0:
            return 3 if self.published.report_error else 0
        return 4 if failed == polled else 3
