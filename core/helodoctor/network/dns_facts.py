"""Everything that is asked about one name and one address, all at once: only what needs an answer waits for it."""

from __future__ import annotations

import asyncio
import secrets

import dns.reversename
from msgspec import Struct

from helodoctor.names.addresses import read_address
from helodoctor.names.heloname import Address
from helodoctor.names.suffixes import organizational_domain
from helodoctor.network import spf
from helodoctor.network.dns_questions import Inquiry, Reply

_REVERSE_NAMES = 10  # of one address are followed up


class Addresses(Struct, frozen=True, kw_only=True):
    """The replies about a name's IPv4 and IPv6 addresses."""

    a: Reply
    aaaa: Reply

    @property
    def found(self) -> tuple[Address, ...]:
        """Every address of the name."""
        read = (read_address(record) for record in (*self.a.records, *self.aaaa.records))
        return tuple(address for address in read if address is not None)

    @property
    def both(self) -> tuple[Reply, Reply]:
        """The replies themselves."""
        return self.a, self.aaaa

    @property
    def trouble(self) -> Reply | None:
        """The reply that is missing, where no address was found and one might be there."""
        return None if self.found else next((reply for reply in self.both if reply.trouble), None)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names that were passed through."""
        return self.a.aliases or self.aaaa.aliases

    @property
    def ttl(self) -> int | None:
        """How many seconds the answer stays true; where there is no address, for how long the "no" does."""
        ttls = [reply.ttl for reply in self.both if reply.ttl is not None and bool(reply.records) == bool(self.found)]
        return min(ttls, default=None)


class AboutName(Struct, frozen=True, kw_only=True):
    """What the name service says of the announced name."""

    name: str
    addresses: Addresses
    mx: Reply
    neighbour: Addresses  # of a name beside it that nobody can have made
    servers: Reply | None  # NS of the registered domain
    elsewhere: Addresses | None  # as the system's own name servers see it, where others were chosen


class AboutAddress(Struct, frozen=True, kw_only=True):
    """What the name service says of the sending address: its reverse names, and where each leads."""

    ip: Address
    ptr: Reply
    names: dict[str, Addresses]


class Facts(Struct, frozen=True, kw_only=True):
    """Both, and SPF where both are known."""

    name: AboutName | None
    address: AboutAddress | None
    spf: spf.SpfResult | None


async def gather(
    inquiry: Inquiry, name: str | None, ip: Address | None, system: Inquiry | None, *, seconds: float
) -> Facts:
    """Ask everything; ``name`` is normalized, ``seconds`` bounds the SPF evaluation as a whole."""
    about_name, about_address, result = await asyncio.gather(
        _about_name(inquiry, name, system) if name else _nothing(),
        _about_address(inquiry, ip) if ip else _nothing(),
        spf.evaluate(inquiry.ask, name, str(ip), seconds=seconds) if name and ip else _nothing(),
    )
    return Facts(name=about_name, address=about_address, spf=result)


async def _nothing() -> None:
    return None


async def _addresses(inquiry: Inquiry, name: str) -> Addresses:
    a, aaaa = await asyncio.gather(inquiry.ask(name, "A"), inquiry.ask(name, "AAAA"))
    return Addresses(a=a, aaaa=aaaa)


async def _about_name(inquiry: Inquiry, name: str, system: Inquiry | None) -> AboutName:
    domain = organizational_domain(name)
    parent = name.partition(".")[2] if domain and domain != name else name
    addresses, mx, neighbour, servers, elsewhere = await asyncio.gather(
        _addresses(inquiry, name),
        inquiry.ask(name, "MX"),
        _addresses(inquiry, f"helodoctor-{secrets.token_hex(6)}.{parent}"),
        inquiry.ask(domain, "NS") if domain else _nothing(),
        _addresses(system, name) if system else _nothing(),
    )
    return AboutName(name=name, addresses=addresses, mx=mx, neighbour=neighbour, servers=servers, elsewhere=elsewhere)


async def _about_address(inquiry: Inquiry, ip: Address) -> AboutAddress:
    reverse = dns.reversename.from_address(str(ip)).to_text(omit_final_dot=True)
    ptr = await inquiry.ask(reverse, "PTR")
    names = [record.lower() for record in ptr.records[:_REVERSE_NAMES] if record]  # the root is nobody's name
    found = await asyncio.gather(*(_addresses(inquiry, name) for name in names))
    return AboutAddress(ip=ip, ptr=ptr, names=dict(zip(names, found, strict=True)))
