"""The address guard: which addresses may be called, checked after resolving and held while connecting.

A host name is resolved once; every address that it has must be public, and the connection goes to one of the addresses
checked, so that a second answer of the name server (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence

from flows.retrieve.errors import RetrieveError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Addresses that `is_global` lets through though nothing public answers there, or something that must not be asked does.
# Sources: IANA special-purpose registries; 168.63.129.16 is the host agent of a large cloud.
ALSO_DENIED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",
        "224.0.0.0/4",
        "fec0::/10",
        "ff00::/8",
        "2001::/32",
        "100::/64",
    )
)
NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


def inner_address(address: Address) -> Address:
    """The IPv4 address that an IPv6 one carries (v4-mapped, v4-compatible, NAT64, 6to4), else the address itself.

    >>> inner_address(ipaddress.ip_address("::ffff:127.0.0.1"))
    IPv4Address('127.0.0.1')
    >>> inner_address(ipaddress.ip_address("64:ff9b::a9fe:a9fe"))
    IPv4Address('169.254.169.254')
    """
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    carries_v4 = any(address in network for network in NAT64) or (int(address) >> 32 == 0 and int(address) > 1)
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if carries_v4 else address


def is_allowed(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """Whether the address is public, or in one of the networks that the settings allow.

    >>> is_allowed(ipaddress.ip_address("93.184.216.34")), is_allowed(ipaddress.ip_address("2002:7f00:1::"))
    (True, False)
    """
    inner = inner_address(address)
    if any(inner.version == network.version and inner in network for network in allowed):
        return True
    denied = any(inner.version == network.version and inner in network for network in ALSO_DENIED)
    return inner.is_global and not inner.is_multicast and not denied


async def resolve(host: str, port: int, allowed: Sequence[Network]) -> list[str]:
    """The checked addresses of a host, in the resolver's order.

    Raises RetrieveError (unknown_host, dns_failed, blocked_address).
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME:  # the resolver is sure
            raise RetrieveError("unknown_host", f"{host}: there is no such host ({error})") from error
        raise RetrieveError("dns_failed", f"{host}: no address found for this name ({error})") from error
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    for text in addresses:
        if not is_allowed(ipaddress.ip_address(text), allowed):
            raise RetrieveError(
                "blocked_address",
                f"{host}: {text} is no public address; allow_private_addresses in the settings lets a network through",
            )
    return addresses
