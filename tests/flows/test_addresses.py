"""The address guard: no form of a private address gets through, and what was checked is what is called."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from flows.retrieve import Fetcher, Limits, RetrieveError
from flows.retrieve.addresses import is_allowed
from flows.settings import Settings


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "0x7f.1", "2130706433", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]", "localhost", "127.0.0.1."],
)
def test_no_spelling_of_this_machine_is_called(settings: Settings, httpserver: HTTPServer, host: str) -> None:
    guarded = settings.model_copy(update={"allow_private_addresses": ("10.99.0.0/16",)})

    async def run() -> None:
        async with Fetcher(guarded) as fetcher:
            await fetcher.get(f"http://{host}:{httpserver.port}/f", Limits.for_feeds(guarded))

    with pytest.raises(RetrieveError) as caught:
        asyncio.run(run())
    assert caught.value.code in {"blocked_address", "unknown_host", "dns_failed"}
    assert httpserver.log == []


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.0.8",
        "168.63.129.16",
        "224.0.0.1",
        "255.255.255.255",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "::",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "::ffff:192.168.0.1",
        "::127.0.0.1",
    ],
)
def test_addresses_that_are_not_public_are_denied(address: str) -> None:
    assert not is_allowed(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_allowed(ipaddress.ip_address(address))


def test_an_allowed_network_lets_through_itself_alone() -> None:
    allowed = [ipaddress.ip_network("10.1.0.0/16")]
    assert is_allowed(ipaddress.ip_address("10.1.2.3"), allowed)
    assert not is_allowed(ipaddress.ip_address("10.2.0.1"), allowed)


@pytest.mark.parametrize(
    "answers",
    [[["93.184.216.34", "127.0.0.1"]], [["127.0.0.1"], ["93.184.216.34"]]],
    ids=["one of two is private", "private at first, public when asked again"],
)
def test_a_name_with_a_private_address_is_blocked_and_resolved_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, answers: list[list[str]]
) -> None:
    asked: list[str] = []

    async def resolve(self: object, host: str, port: int, **options: Any) -> list[Any]:
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    guarded = settings.model_copy(update={"allow_private_addresses": ()})
    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", resolve)

    async def run() -> None:
        async with Fetcher(guarded) as fetcher:
            await fetcher.get("http://rebinding.example/f", Limits.for_feeds(guarded))

    with pytest.raises(RetrieveError) as caught:
        asyncio.run(run())
    assert (caught.value.code, asked) == ("blocked_address", ["rebinding.example"])


def test_only_the_ports_of_the_web_are_called(settings: Settings) -> None:
    guarded = settings.model_copy(update={"allow_private_addresses": ()})

    async def run() -> None:
        async with Fetcher(guarded) as fetcher:
            await fetcher.get("http://93.184.216.34:22/", Limits.for_feeds(guarded))

    with pytest.raises(RetrieveError) as caught:
        asyncio.run(run())
    assert caught.value.code == "blocked_address"
