"""The fetcher: conditional GET under a deadline, byte caps, redirects by hand, retries for what fails by chance."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx
import stamina
import stamina.instrumentation

from flows.clock import now
from flows.retrieve.decoding import ACCEPTED, BoundedBody
from flows.retrieve.errors import RetrieveError
from flows.retrieve.masking import masked
from flows.retrieve.pace import Pace
from flows.retrieve.sites import check_identity, pace_of, rest_seconds, user_agent_for
from flows.retrieve.transport import GuardedTransport
from flows.retrieve.wishes import retry_after_seconds
from flows.settings import Settings

stamina.instrumentation.set_on_retry_hooks([])  # it would write every retry to stderr

FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
PAGE_TYPES = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}
OPEN_PORTS = {80, 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a body is taken, in bytes, and what is asked for."""

    max_bytes: int
    max_wire_bytes: int
    accept: str

    @classmethod
    def for_feeds(cls, settings: Settings) -> Limits:
        """Feeds may be large."""
        return cls(max_bytes=settings.max_feed_bytes, max_wire_bytes=settings.max_feed_wire_bytes, accept=FEED_TYPES)

    @classmethod
    def for_pages(cls, settings: Settings) -> Limits:
        """Pages are cut short earlier."""
        return cls(max_bytes=settings.max_page_bytes, max_wire_bytes=settings.max_page_wire_bytes, accept=PAGE_TYPES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """An answer: 2xx with its body, or 304 with none."""

    status: int
    body: bytes = b""
    etag: str = ""  # byte-exact, quotes and all; "" where the server gave none
    last_modified: str = ""
    final_url: str
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    permanent_url: str = ""  # where permanent redirects alone lead from the address asked; "" where there are none


class Fetcher:
    """One for a run; an asynchronous context manager. No cookies, no proxy from the environment, no cache."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._allowed = tuple(ipaddress.ip_network(text) for text in settings.allow_private_addresses)
        self._pace = Pace(
            concurrency=settings.concurrency,
            host_concurrency=settings.host_concurrency,
            host_delay_seconds=settings.host_delay_seconds,
            patience_seconds=settings.max_retry_wait_seconds,
        )
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(self._allowed, settings.host_map),
            headers={"user-agent": settings.sent_user_agent, "accept-encoding": ACCEPTED},
            timeout=None,  # there is one deadline for all of a request
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(
        self, url: str, limits: Limits, *, etag: str = "", last_modified: str = "", delay_seconds: float = 0.0
    ) -> Retrieved:
        """The answer to a GET, conditional where a validator is given. Raises RetrieveError and nothing else.

        ``delay_seconds`` is what the site asks for between two requests, where that is longer than our own pace.
        """
        conditions = {"if-none-match": etag, "if-modified-since": last_modified}
        headers = {"accept": limits.accept, **{name: value for name, value in conditions.items() if value}}
        attempts = stamina.retry_context(
            on=self._wait_before_retry,
            attempts=self._settings.attempts,
            timeout=None,
            wait_initial=self._settings.retry_wait_seconds,
            wait_max=self._settings.max_retry_wait_seconds,
            wait_jitter=self._settings.retry_wait_seconds,
        )
        async for attempt in attempts:
            with attempt:
                return await self._follow(url, headers, limits, delay_seconds)
        raise AssertionError("stamina either returns or raises")

    def hold(self, site: str, seconds: float) -> None:
        """Asks a site for nothing for so long."""
        self._pace.hold(site, seconds)

    def _wait_before_retry(self, error: Exception) -> bool | float:
        """Whether to try again; seconds where the server said when."""
        if not isinstance(error, RetrieveError) or not error.is_by_chance:
            return False
        if error.rest_seconds is None:
            return True
        longest = self._settings.max_retry_wait_seconds
        return error.rest_seconds if error.rest_seconds <= longest else False

    async def _follow(self, url: str, headers: dict[str, str], limits: Limits, delay_seconds: float) -> Retrieved:
        target = _checked(url)
        permanent_url, is_permanent = "", True
        for _ in range(self._settings.max_redirects + 1):
            self._check_port(target)
            answer = await self._request(target, headers, limits, delay_seconds)
            if answer.status not in REDIRECTS:
                return replace(answer, permanent_url=permanent_url) if permanent_url else answer
            target = _next_hop(target, answer.headers.get("location", ""))
            is_permanent = is_permanent and answer.status in PERMANENT
            permanent_url = str(target) if is_permanent else permanent_url
        raise RetrieveError("too_many_redirects", f"{masked(url)}: more than {self._settings.max_redirects} redirects")

    def _check_port(self, target: httpx.URL) -> None:
        port = target.port or (443 if target.scheme == "https" else 80)
        if port not in OPEN_PORTS and not self._allowed:
            raise RetrieveError("blocked_address", f"{shown(target)}: port {port} is not called, only 80 and 443")

    async def _request(
        self, target: httpx.URL, headers: dict[str, str], limits: Limits, delay_seconds: float
    ) -> Retrieved:
        check_identity(target.host, self._settings)
        rule = pace_of(target.host)
        async with self._pace.turn(rule.site, delay_seconds=max(delay_seconds, rule.delay_seconds)):
            try:
                async with asyncio.timeout(self._settings.request_seconds):
                    return await self._receive(target, headers, limits)
            except TimeoutError as error:
                seconds = self._settings.request_seconds
                raise RetrieveError("timed_out", f"{shown(target)}: not whole after {seconds:g} seconds") from error
            except (httpx.InvalidURL, UnicodeError) as error:
                raise RetrieveError("bad_url", f"{shown(target)}: cannot be asked for ({error})") from error
            except (httpx.HTTPError, OSError) as error:
                raise RetrieveError("broken_off", f"{shown(target)}: broken off ({_reason(error)})") from error

    async def _receive(self, target: httpx.URL, headers: dict[str, str], limits: Limits) -> Retrieved:
        own = {"user-agent": agent} if (agent := user_agent_for(target.host, self._settings)) else {}
        async with self._client.stream(
            "GET", target, headers={**headers, **own}, extensions={"max_bytes": limits.max_wire_bytes}
        ) as response:
            status = response.status_code
            if status >= 400 or status < 200 or (300 <= status < 400 and status not in REDIRECTS and status != 304):
                site = pace_of(target.host).site
                rest = rest_seconds(target.host, status, retry_after_seconds(response.headers, now()))
                if rest:
                    self._pace.hold(site, rest)
                message = f"{shown(target)}: the server answered {status} {response.reason_phrase}".rstrip()
                raise RetrieveError(f"http_{status}", message, status=status, site=site, rest_seconds=rest)
            body = b"" if status in REDIRECTS or status == 304 else await _read(response, target, limits)
            return Retrieved(
                status=status,
                body=body,
                etag=response.headers.get("etag", ""),
                last_modified=response.headers.get("last-modified", ""),
                final_url=str(target),
                content_type=response.headers.get("content-type", ""),
                headers=dict(response.headers),
            )


async def _read(response: httpx.Response, target: httpx.URL, limits: Limits) -> bytes:
    encoding = response.headers.get("content-encoding", "")
    body = BoundedBody(shown(target), encoding, max_bytes=limits.max_bytes, max_wire_bytes=limits.max_wire_bytes)
    announced = response.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:20]) > limits.max_wire_bytes:
        raise RetrieveError("too_large", f"{shown(target)}: announces {announced[:20]} bytes")
    async for piece in response.aiter_raw():
        body.feed(piece)
    return body.close()


def shown(url: httpx.URL) -> str:
    """The address for a message."""
    return masked(str(url))


def _checked(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise RetrieveError("bad_url", f"{masked(url)!r}: no address that can be called ({error})") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise RetrieveError("bad_url", f"{shown(parsed)!r}: only http and https addresses are called")
    return parsed


def _next_hop(source: httpx.URL, location: str) -> httpx.URL:
    if not location:
        raise RetrieveError("bad_url", f"{shown(source)}: a redirect that leads nowhere")
    try:
        target = source.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise RetrieveError("bad_url", f"{shown(source)}: a redirect to no address ({error})") from error
    if source.scheme == "https" and target.scheme == "http":
        raise RetrieveError("insecure_redirect", f"{shown(source)}: redirects from https to http")
    return _checked(str(target))


def _reason(error: BaseException) -> str:
    return str(error) or type(error).__name__
