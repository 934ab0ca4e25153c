"""What a site asks of robots: which pages it lets us have, and how slowly (RFC 9309).

Asked once a site and run. Feeds are published for readers and are not checked; pages are.
"""

from __future__ import annotations

import asyncio

import httpx
from protego import Protego

from flows.retrieve.errors import RetrieveError
from flows.retrieve.fetcher import Fetcher, Limits
from flows.retrieve.masking import masked
from flows.settings import Settings

MAX_ROBOTS_BYTES = 512_000  # RFC 9309 2.5 asks for at least 500 KiB
MAX_DELAY_SECONDS = 30.0  # a site that asks for more is asked less often than a run lasts


class Robots:
    """The rules of the sites of one run."""

    def __init__(self, fetcher: Fetcher, settings: Settings) -> None:
        self._fetcher = fetcher
        self._agent = settings.user_agent.partition("/")[0]
        self._limits = Limits(
            max_bytes=MAX_ROBOTS_BYTES, max_wire_bytes=MAX_ROBOTS_BYTES, accept="text/plain, */*;q=0.1"
        )
        self._rules: dict[str, asyncio.Task[Protego]] = {}

    async def delay_for(self, url: str) -> float:
        """Seconds that the site wants between two requests, 0 where it names none.

        Raises RetrieveError ``disallowed_by_robots`` where it does not let us have the page, or where its rules could
        not be had: a site in trouble is left alone.
        """
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, ValueError):
            return 0.0  # the fetcher says what is wrong with it
        origin = f"{target.scheme}://{target.netloc.decode('ascii')}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._ask(origin))
        rules = await asyncio.shield(self._rules[origin])
        if not rules.can_fetch(url, self._agent):
            raise RetrieveError(
                "disallowed_by_robots", f"{masked(url)}: the site's robots.txt keeps this page from robots"
            )
        return min(float(rules.crawl_delay(self._agent) or 0.0), MAX_DELAY_SECONDS)

    async def _ask(self, origin: str) -> Protego:
        try:
            answer = await self._fetcher.get(f"{origin}/robots.txt", self._limits)
        except RetrieveError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return Protego.parse("")  # no rules, so all may be had
            return Protego.parse("User-agent: *\nDisallow: /")
        return Protego.parse(answer.body.decode("utf-8", errors="replace"))
