"""Politeness: how many requests may be under way to one site, how long between their starts, and sites at rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from flows.retrieve.errors import RetrieveError


class _Site:
    __slots__ = ("held_until", "next_start", "slots")

    def __init__(self, concurrency: int) -> None:
        self.slots = asyncio.Semaphore(concurrency)
        self.next_start = 0.0  # loop time
        self.held_until = 0.0  # loop time


class Pace:
    """Lets requests through, at most ``concurrency`` at once and ``host_concurrency`` to one site.

    One that is at rest for longer than ``patience_seconds`` is refused, not waited for.
    """

    def __init__(
        self, *, concurrency: int, host_concurrency: int, host_delay_seconds: float, patience_seconds: float
    ) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._host_concurrency = host_concurrency
        self._host_delay_seconds = host_delay_seconds
        self._patience_seconds = patience_seconds
        self._sites: dict[str, _Site] = {}

    @asynccontextmanager
    async def turn(self, site: str, *, delay_seconds: float = 0.0) -> AsyncIterator[None]:
        """Waits for its turn at the site, then for a free slot; holds both while the block runs.

        ``delay_seconds`` goes before the usual delay where the site asks for a longer one (robots.txt, SEC).
        Raises RetrieveError (host_held).
        """
        known = self._site(site)
        async with known.slots:
            loop = asyncio.get_running_loop()
            now = loop.time()
            self._refuse_held(site, known, now)
            start = max(now, known.next_start, known.held_until)
            known.next_start = start + max(self._host_delay_seconds, delay_seconds)
            if start > now:
                await asyncio.sleep(start - now)
            async with self._slots:
                self._refuse_held(site, known, loop.time())  # it may have asked for rest while we waited
                yield

    def hold(self, site: str, seconds: float) -> None:
        """Starts no request to the site for so long (Retry-After is a word of the host, not of one address)."""
        known = self._site(site)
        known.held_until = max(known.held_until, asyncio.get_running_loop().time() + seconds)

    def _refuse_held(self, site: str, known: _Site, now: float) -> None:
        seconds = known.held_until - now
        if seconds > self._patience_seconds:
            raise RetrieveError("host_held", f"{site}: asked to be left alone for {seconds:.0f} s yet")

    def _site(self, site: str) -> _Site:
        if site not in self._sites:
            self._sites[site] = _Site(self._host_concurrency)
        return self._sites[site]
