"""What can go wrong with one request."""

from __future__ import annotations


class RetrieveError(Exception):
    """A request that brought nothing we can use.

    ``code`` is one of: bad_url, blocked_address, unknown_host, dns_failed, connect_failed, broken_off, timed_out,
    too_large, unknown_encoding, too_many_redirects, insecure_redirect, disallowed_by_robots, no_contact, host_held,
    http_<status>. Where the site is to be left alone, ``site`` names it and ``rest_seconds`` says how long.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int | None = None,
        site: str = "",
        rest_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.site = site
        self.rest_seconds = rest_seconds  # None where the server did not ask for any

    @property
    def is_by_chance(self) -> bool:
        """Whether the same request may well succeed a moment later."""
        if self.status is not None:
            return self.status == 429 or self.status >= 500
        return self.code in {"dns_failed", "connect_failed", "broken_off"}
