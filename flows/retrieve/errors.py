"""What can go wrong with one request."""

from __future__ import annotations


class RetrieveError(Exception):
    """A request that brought nothing we can use.

    ``code`` is one of: bad_url, blocked_address, unknown_host, dns_failed, connect_failed, broken_off, timed_out,
    too_large, unknown_encoding, too_many_redirects, insecure_redirect, disallowed_by_robots, http_<status>.
    """

    def __init__(
        self, code: str, message: str, *, status: int | None = None, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.retry_after_seconds = retry_after_seconds  # as the server asked, None where it did not

    @property
    def is_by_chance(self) -> bool:
        """Whether the same request may well succeed a moment later."""
        if self.status is not None:
            return self.status == 429 or self.status >= 500
        return self.code in {"dns_failed", "connect_failed", "broken_off"}
