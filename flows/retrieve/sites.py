"""Sites with rules of their own, and how long a site that said "not now" is left alone.

The SEC wants to know who calls (a user agent with an e-mail address), allows ten requests a second over all its hosts
and all machines of a caller, and blocks for ten minutes who asks more (sec.gov, "Accessing EDGAR Data").
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.formats.urls import host_of
from flows.retrieve.errors import RetrieveError
from flows.settings import Settings

SEC = "sec.gov"
SEC_DELAY_SECONDS = 0.2  # five a second: half of what is allowed, as other programs of the caller may ask too
SEC_BLOCK_SECONDS = 660.0
BUSY_SECONDS = 900.0  # after a 429 that does not say how long
LONGEST_REST_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class SitePace:
    """What is paced together, and the seconds between two requests to it."""

    site: str
    delay_seconds: float = 0.0


def is_sec(host: str) -> bool:
    """Whether a host is one of the SEC's.

    >>> is_sec("www.sec.gov"), is_sec("notsec.gov")
    (True, False)
    """
    return host == SEC or host.endswith("." + SEC)


def is_sec_url(url: str) -> bool:
    """Whether an address is one of the SEC's.

    >>> is_sec_url("https://Data.SEC.gov/rss"), is_sec_url("https://wire.example/?about=sec.gov")
    (True, False)
    """
    return SEC in url.lower() and is_sec(host_of(url))


def pace_of(host: str) -> SitePace:
    """All hosts of the SEC count as one; every other host stands alone."""
    return SitePace(SEC, SEC_DELAY_SECONDS) if is_sec(host) else SitePace(host)


def check_identity(host: str, settings: Settings) -> None:
    """Raises RetrieveError ``no_contact`` where a site wants to know who calls and the settings do not say."""
    if is_sec(host) and not settings.contact:
        raise RetrieveError(
            "no_contact", f"{host}: the SEC wants to know who calls: set GIGAWIRE_CONTACT to your e-mail address"
        )


def user_agent_for(host: str, settings: Settings) -> str:
    """Who we say that we are, in the form that a site asks for."""
    return f"{settings.user_agent} {settings.contact}" if is_sec(host) else settings.sent_user_agent


def rest_seconds(host: str, status: int, asked_seconds: float | None) -> float | None:
    """How long to leave a site alone after an error; None where it may be asked again at once.

    >>> rest_seconds("a.example", 429, None), rest_seconds("a.example", 503, 1e10), rest_seconds("a.example", 500, None)
    (900.0, 86400.0, None)
    """
    if is_sec(host) and status in {403, 429}:
        return max(SEC_BLOCK_SECONDS, min(asked_seconds or 0.0, LONGEST_REST_SECONDS))
    if status == 429 and asked_seconds is None:
        return BUSY_SECONDS
    return None if asked_seconds is None else min(asked_seconds, LONGEST_REST_SECONDS)
