"""Politeness: how many requests may be under way to one host, and how long between their starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class _Host:
    def __init__(self, concurrency: int) -> None:
        self.slots = asyncio.Semaphore(concurrency)
        self.next_start = 0.0  # loop time


class Pace:
    """Lets requests through, at most ``concurrency`` at once and ``host_concurrency`` to one host."""

    def __init__(self, *, concurrency: int, host_concurrency: int, host_delay_seconds: float) -> None:
        self._slots = asyncio.Semaphore(concurrency)
        self._host_concurrency = host_concurrency
        self._host_delay_seconds = host_delay_seconds
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, delay_seconds: float | None = None) -> AsyncIterator[None]:
        """Waits for its turn at the host, then for a free slot; holds both while the block runs.

        ``delay_seconds`` goes before the usual delay where the host asks for a longer one (robots.txt, SEC).
        """
        slot = self._hosts.setdefault(host, _Host(self._host_concurrency))
        async with slot.slots:
            loop = asyncio.get_running_loop()
            start = max(loop.time(), slot.next_start)
            slot.next_start = start + max(self._host_delay_seconds, delay_seconds or 0.0)
            await asyncio.sleep(start - loop.time())
            async with self._slots:
                yield

    def hold(self, host: str, seconds: float) -> None:
        """Starts no request to the host for so long (Retry-After is a word of the host, not of one address)."""
        slot = self._hosts.setdefault(host, _Host(self._host_concurrency))
        slot.next_start = max(slot.next_start, asyncio.get_running_loop().time() + seconds)
