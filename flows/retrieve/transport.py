"""httpx on top of a connection pool whose every connection is guarded."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import httpcore
import httpx

from flows.retrieve.addresses import GuardedBackend, Network


class _Body(httpx.AsyncByteStream):
    def __init__(self, stream: Any) -> None:  # httpcore does not name the type of its streams
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends requests over checked addresses; its errors are those of httpcore and RetrieveError."""

    def __init__(self, allowed: Sequence[Network], host_map: Mapping[str, str], *, connections: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=5.0,
            network_backend=GuardedBackend(allowed, host_map),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body not yet read."""
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response.stream),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Closes all connections."""
        await self._pool.aclose()
