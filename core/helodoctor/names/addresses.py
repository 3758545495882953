"""IP addresses as people and machines write them, and what sort of address each is."""

from __future__ import annotations

import re
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from msgspec import Struct

from helodoctor.knowledge import load
from helodoctor.names.heloname import Address

_STRICT_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!\Z)|\Z)){4}", re.ASCII)
_NUMBER = r"(?:0x[0-9a-f]{1,8}|[0-9]{1,10})"
_ODD_IPV4 = re.compile(rf"{_NUMBER}(?:\.{_NUMBER}){{0,3}}", re.IGNORECASE)
_SHORTEST_SINGLE_NUMBER = 2**24  # below it, a lone number is more likely a name such as "12345"


class Network(Struct, frozen=True, kw_only=True):
    """One special-purpose block: ``stand_in`` tells that it is kept for examples, not that it is wrong."""

    network: str
    sort: str
    source: str
    stand_in: bool = False


class _Networks(Struct, frozen=True, kw_only=True):
    reviewed: str
    origin: str
    network: tuple[Network, ...]


def read_ipv4(text: str) -> IPv4Address | None:
    """``text`` as an IPv4 address in the one standard writing: four decimal numbers without leading zeros."""
    return IPv4Address(text) if _STRICT_IPV4.fullmatch(text) else None


def read_odd_ipv4(text: str) -> IPv4Address | None:
    """``text`` as an IPv4 address in a writing that some programs accept: ``127.1``, ``0x7f.0.0.1``, ``010.0.0.1``.

    Follows inet_aton(3), except that a leading zero does not mean octal: people pad with zeros, and do not mean octal.
    """
    if not _ODD_IPV4.fullmatch(text):
        return None
    numbers = [int(part, 16) if part[:2].lower() == "0x" else int(part) for part in text.split(".")]
    *head, last = numbers
    if any(number > 255 for number in head) or last >= 256 ** (4 - len(head)):
        return None
    if not head and last < _SHORTEST_SINGLE_NUMBER:
        return None
    value = last
    for place, number in enumerate(head):
        value |= number << (24 - 8 * place)
    return IPv4Address(value)


def read_ipv6(text: str) -> IPv6Address | None:
    """``text`` as an IPv6 address (RFC 4291 2.2), without a zone."""
    if ":" not in text or "%" in text:
        return None
    try:
        return IPv6Address(text)
    except AddressValueError:
        return None


def read_address(text: str | None) -> Address | None:
    """``text`` as an address in a standard writing, brackets and the tag ``IPv6:`` allowed; ``None`` if it is none."""
    if text is None:
        return None
    bare = text.strip().removeprefix("[").removesuffix("]")
    if bare[:5].lower() == "ipv6:":
        bare = bare[5:]
    address = read_ipv4(bare) or read_ipv6(bare)
    return plain(address) if address else None


def plain(address: Address) -> Address:
    """The IPv4 address within an IPv4-mapped IPv6 address, else ``address`` itself."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def literal(address: Address) -> str:
    """``address`` as an address literal (RFC 5321 4.1.3)."""
    return f"[IPv6:{address}]" if isinstance(address, IPv6Address) else f"[{address}]"


def special(address: Address) -> Network | None:
    """The special-purpose block ``address`` lies in, or ``None`` for one that is reachable from everywhere."""
    address = plain(address)
    return next((entry for network, entry in _special() if address in network), None)


@cache
def _special() -> tuple[tuple[IPv4Network | IPv6Network, Network], ...]:
    rows = load("names/addresses.toml", _Networks).network
    return tuple((ip_network(row.network), row) for row in rows)
