"""The fetcher: conditional GET under a deadline, byte caps, redirects by hand, retries for what fails by chance."""

from __future__ import annotations

import asyncio
import ipaddress
import random
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self
from urllib.parse import unquote_to_bytes

import httpx

from flows.clock import now
from flows.retrieve.decoding import ACCEPTED, BoundedBody
from flows.retrieve.errors import RetrieveError
from flows.retrieve.masking import masked
from flows.retrieve.pace import Pace
from flows.retrieve.sites import check_identity, pace_of, rest_seconds, user_agent_for
from flows.retrieve.transport import GuardedTransport, Wire
from flows.retrieve.wishes import retry_after_seconds
from flows.settings import Settings

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
    is_poll: bool = False  # mostly a 304: asked straight over the wire, past httpx (docs/decisions/0006-polling.md)

    @classmethod
    def for_feeds(cls, settings: Settings) -> Limits:
        """Feeds may be large."""
        return cls(
            max_bytes=settings.max_feed_bytes,
            max_wire_bytes=settings.max_feed_wire_bytes,
            accept=FEED_TYPES,
            is_poll=True,
        )

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


_Raw = tuple[int, str, dict[str, str], Sequence[bytes]]  # status, reason, headers, encoded body


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
        self._wire = Wire(self._allowed, settings.host_map)
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(self._wire),
            headers={"accept-encoding": ACCEPTED},
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
        for attempt in range(1, self._settings.attempts + 1):
            try:
                return await self._follow(url, headers, limits, delay_seconds)
            except RetrieveError as error:
                wait = self._wait_before_retry(error, attempt)
                if wait is None:
                    raise
            await asyncio.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def hold(self, site: str, seconds: float) -> None:
        """Asks a site for nothing for so long."""
        self._pace.hold(site, seconds)

    def _wait_before_retry(self, error: RetrieveError, attempt: int) -> float | None:
        """Seconds until the next attempt, as the server said or doubled each time; None where there is to be none."""
        if not error.is_by_chance or attempt == self._settings.attempts:
            return None
        longest = self._settings.max_retry_wait_seconds
        if error.rest_seconds is not None:
            return error.rest_seconds if error.rest_seconds <= longest else None
        wait = self._settings.retry_wait_seconds * (2 ** (attempt - 1) + random.random())
        return min(wait, longest)

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
                    return await self._receive(target, headers, limits, rule.site)
            except TimeoutError as error:
                seconds = self._settings.request_seconds
                raise RetrieveError("timed_out", f"{shown(target)}: not whole after {seconds:g} seconds") from error
            except (httpx.InvalidURL, UnicodeError) as error:
                raise RetrieveError("bad_url", f"{shown(target)}: cannot be asked for ({error})") from error
            except (httpx.HTTPError, OSError) as error:
                raise RetrieveError("broken_off", f"{shown(target)}: broken off ({_reason(error)})") from error

    async def _receive(self, target: httpx.URL, headers: dict[str, str], limits: Limits, site: str) -> Retrieved:
        sent = {**headers, "user-agent": user_agent_for(target.host, self._settings)}
        ask = self._poll if limits.is_poll else self._get
        status, reason, told, pieces = await ask(target, sent, limits)
        if status >= 400 or status < 200 or (300 <= status < 400 and status not in REDIRECTS and status != 304):
            rest = rest_seconds(target.host, status, retry_after_seconds(told, now()))
            if rest:
                self._pace.hold(site, rest)
            message = f"{shown(target)}: the server answered {status} {reason}".rstrip()
            raise RetrieveError(f"http_{status}", message, status=status, site=site, rest_seconds=rest)
        return Retrieved(
            status=status,
            body=b"" if status in REDIRECTS or status == 304 else _decoded(pieces, target, told, limits),
            etag=told.get("etag", ""),
            last_modified=told.get("last-modified", ""),
            final_url=str(target),
            content_type=told.get("content-type", ""),
            headers=told,
        )

    async def _poll(self, target: httpx.URL, headers: dict[str, str], limits: Limits) -> _Raw:
        sent = [(b"host", target.netloc), (b"accept-encoding", ACCEPTED.encode())]
        if target.userinfo:
            sent.append((b"authorization", b"Basic " + b64encode(unquote_to_bytes(target.userinfo))))
        sent += [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
        answer = await self._wire.get(target, sent, limits.max_wire_bytes)
        told: dict[str, str] = {}
        for name, value in answer.headers:
            key, text = name.decode("latin-1"), value.decode("latin-1")  # byte for byte, whatever it is
            told[key] = f"{told[key]}, {text}" if key in told else text
        return answer.status, answer.reason[:100].decode("ascii", "replace"), told, answer.pieces

    async def _get(self, target: httpx.URL, headers: dict[str, str], limits: Limits) -> _Raw:
        extensions = {"max_bytes": limits.max_wire_bytes}
        async with self._client.stream("GET", target, headers=headers, extensions=extensions) as response:
            pieces = [piece async for piece in response.aiter_raw()]
            return response.status_code, response.reason_phrase, dict(response.headers), pieces


def _decoded(pieces: Sequence[bytes], target: httpx.URL, told: Mapping[str, str], limits: Limits) -> bytes:
    encoding = told.get("content-encoding", "")
    body = BoundedBody(shown(target), encoding, max_bytes=limits.max_bytes, max_wire_bytes=limits.max_wire_bytes)
    for piece in pieces:
        body.feed(piece)
    return body.close()


def shown(url: httpx.URL) -> str:
    """The address for a message."""
    return masked(str(url))


# Feeds are asked again by the runs of one process, and reading an address costs as much as a 304.
@lru_cache(maxsize=4096)
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
