"""Connections of our own: every address checked after it was resolved, and held while connecting. Also under httpx."""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence

import httpx

from flows.retrieve.addresses import Network, resolve
from flows.retrieve.connection import Answer, Connection, Headers
from flows.retrieve.errors import RetrieveError

IDLE_SECONDS = 5.0  # a connection is kept for the next request to its server
CONNECT_SECONDS = 10.0
DEFAULT_MAX_BYTES = 10_000_000
Site = tuple[str, str, int]  # scheme, host, port


class _Body(httpx.AsyncByteStream):
    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


class Wire:
    """GETs over checked addresses, connections kept for a while; raises RetrieveError and OSError.

    ``host_map`` names the address where a host is played (tests, the demo).
    """

    def __init__(self, allowed: Sequence[Network], host_map: Mapping[str, str]) -> None:
        self._allowed = tuple(allowed)
        self._host_map = dict(host_map)
        self._idle: dict[Site, list[tuple[float, Connection]]] = defaultdict(list)
        self._ssl: ssl.SSLContext | None = None

    async def get(self, url: httpx.URL, headers: Headers, max_bytes: int) -> Answer:
        """The answer, its body whole and still encoded; a kept connection that was closed meanwhile is made anew."""
        site = (url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80))
        kept = self._kept(site)
        if kept is not None:
            try:
                return await self._over(kept, site, url, headers, max_bytes)
            except RetrieveError as error:
                if error.code != "broken_off":
                    raise
        return await self._over(await self._connect(site), site, url, headers, max_bytes)

    async def _over(
        self, connection: Connection, site: Site, url: httpx.URL, headers: Headers, max_bytes: int
    ) -> Answer:
        answer = await connection.get(url.raw_host, url.raw_path, headers, max_bytes)
        if connection.is_free:
            self._idle[site].append((asyncio.get_running_loop().time() + IDLE_SECONDS, connection))
        return answer

    def _kept(self, site: Site) -> Connection | None:
        waiting = self._idle[site]
        now = asyncio.get_running_loop().time()
        while waiting:
            until, connection = waiting.pop()
            if connection.is_free and now < until:
                return connection
            connection.close()
        return None

    async def _connect(self, site: Site) -> Connection:
        scheme, host, port = site
        context = self._context() if scheme == "https" else None
        failure: OSError | None = None
        for address, mapped_port in await self._addresses(host, port):
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    _, connection = await asyncio.get_running_loop().create_connection(
                        Connection, address, mapped_port, ssl=context, server_hostname=host if context else None
                    )
                return connection
            except TimeoutError:
                failure = TimeoutError(f"no answer within {CONNECT_SECONDS:g} seconds")
            except (OSError, ValueError) as error:  # ValueError: a name that no certificate can be for
                failure = error if isinstance(error, OSError) else OSError(str(error))
        raise RetrieveError("connect_failed", f"{host}: no connection ({failure})") from failure

    async def _addresses(self, host: str, port: int) -> list[tuple[str, int]]:
        if host in self._host_map:
            address, _, mapped_port = self._host_map[host].rpartition(":")
            return [(address, int(mapped_port))]
        return [(address, port) for address in await resolve(host, port, self._allowed)]

    def _context(self) -> ssl.SSLContext:
        """Made at the first https request: it reads all certificates of the system."""
        if self._ssl is None:
            self._ssl = ssl.create_default_context()
            self._ssl.set_alpn_protocols(["http/1.1"])
        return self._ssl

    async def aclose(self) -> None:
        """Closes all connections."""
        for waiting in self._idle.values():
            for _, connection in waiting:
                connection.close()
        self._idle.clear()


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx on that wire. ``max_bytes`` among a request's extensions is how long its encoded body may be."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body whole and still encoded."""
        max_bytes = int(request.extensions.get("max_bytes", DEFAULT_MAX_BYTES))
        answer = await self._wire.get(request.url, request.headers.raw, max_bytes)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer.pieces),
            extensions={"reason_phrase": answer.reason[:100]},
        )

    async def aclose(self) -> None:
        """Closes all connections."""
        await self._wire.aclose()
