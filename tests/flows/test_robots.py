"""Pages are retrieved as their site's robots.txt allows."""

from __future__ import annotations

import asyncio

import pytest
from pytest_httpserver import HTTPServer

from flows.retrieve import Fetcher, RetrieveError, Robots
from flows.settings import Settings


def delay_for(settings: Settings, *urls: str) -> list[float]:
    async def ask() -> list[float]:
        async with Fetcher(settings) as fetcher:
            robots = Robots(fetcher, settings)
            return [await robots.delay_for(url) for url in urls]

    return asyncio.run(ask())


def test_rules_for_us_go_before_rules_for_all(settings: Settings, httpserver: HTTPServer) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: gigawire\nDisallow: /private/\nCrawl-delay: 2\n"
    httpserver.expect_request("/robots.txt").respond_with_data(rules)
    assert delay_for(settings, httpserver.url_for("/news/1")) == [2.0]
    with pytest.raises(RetrieveError) as caught:
        delay_for(settings, httpserver.url_for("/private/1"))
    assert caught.value.code == "disallowed_by_robots"


def test_a_longer_allow_opens_what_a_disallow_shut(settings: Settings, httpserver: HTTPServer) -> None:
    rules = "User-agent: *\nDisallow: /news/\nAllow: /news/open/\n"
    httpserver.expect_request("/robots.txt").respond_with_data(rules)
    assert delay_for(settings, httpserver.url_for("/news/open/1")) == [0.0]


def test_a_site_without_rules_lets_all_be_had(settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("none", status=404)
    assert delay_for(settings, httpserver.url_for("/news/1")) == [0.0]


def test_a_site_whose_rules_cannot_be_had_is_left_alone(settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("down", status=503)
    with pytest.raises(RetrieveError, match=r"robots\.txt"):
        delay_for(settings, httpserver.url_for("/news/1"))


def test_a_site_is_asked_for_its_rules_once_a_run(settings: Settings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow:\n")
    delay_for(settings, *(httpserver.url_for(f"/news/{n}") for n in range(5)))
    assert len(httpserver.log) == 1
