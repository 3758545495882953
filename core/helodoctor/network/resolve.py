"""Addresses and mail hosts of a name, for the trial; nothing here is asked unless the user starts one."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import TYPE_CHECKING

from helodoctor.network.replies import Obstacle

if TYPE_CHECKING:
    import dns.asyncresolver

_SECONDS = 10.0
_HOSTS = 10
_ADDRESSES = 4


def literal(host: str) -> str | None:
    """``host`` as an IP address if it is one, else ``None``."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


async def addresses(host: str) -> list[str]:
    """At most four addresses of ``host`` in the order to try them, IPv4 first since fewer lines lack it.

    Raises:
        Obstacle: ``host-not-found`` or ``dns-unanswered``.
    """
    if (address := literal(host)) is not None:
        return [address]
    if "." not in host:
        return await _system(host)
    answers = await asyncio.gather(_ask(host, "A"), _ask(host, "AAAA"), return_exceptions=True)
    found = [record for answer in answers if not isinstance(answer, BaseException) for record in answer]
    if found:
        return found[:_ADDRESSES]
    unanswered = next((answer for answer in answers if isinstance(answer, Obstacle)), None)
    # The hosts file may know what the name service does not.
    try:
        return await _system(host)
    except Obstacle as fault:
        raise unanswered or fault from fault


async def mail_hosts(domain: str) -> list[str]:
    """The servers that take mail for ``domain``, the preferred first; the domain itself where it names none.

    Raises:
        Obstacle: ``null-mx`` (RFC 7505), ``host-not-found`` or ``dns-unanswered``.
    """
    # An MX record reads "10 mx.example.net."; the null MX is "0 .".
    records = sorted((int(preference), host) for preference, host in map(str.split, await _ask(domain, "MX")))
    hosts = [host.rstrip(".") for _, host in records]
    if hosts == [""]:
        raise Obstacle("null-mx")
    return hosts[:_HOSTS] or [domain]


async def _system(host: str) -> list[str]:
    """What this system says of ``host``, its hosts file included; the only way for a name without a dot."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise Obstacle("host-not-found") from fault
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))[:_ADDRESSES]


def resolver() -> dns.asyncresolver.Resolver:
    """The system's name servers; loading dnspython takes longer than a trial against a local address."""
    import dns.asyncresolver

    return dns.asyncresolver.Resolver()


async def _ask(name: str, kind: str) -> list[str]:
    """The records of one question as text, none where the name has none of this kind.

    Raises:
        Obstacle: ``host-not-found`` where the name does not exist, ``dns-unanswered`` where nobody says.
    """
    import dns.exception
    import dns.resolver

    try:
        answer = await resolver().resolve(name, kind, lifetime=_SECONDS, raise_on_no_answer=False)
    except dns.resolver.NXDOMAIN as fault:
        raise Obstacle("host-not-found") from fault
    except dns.exception.DNSException as fault:
        raise Obstacle("dns-unanswered") from fault
    return [record.to_text() for record in answer.rrset or ()]
