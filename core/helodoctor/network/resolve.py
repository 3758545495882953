"""Addresses and mail hosts of a name, for the trial; nothing here is asked unless the user starts one."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Awaitable
from contextlib import suppress
from typing import TYPE_CHECKING

from helodoctor.network.replies import Obstacle

if TYPE_CHECKING:
    from helodoctor.network.dns_questions import Inquiry

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
    answers = await asyncio.gather(*_asked(host, "A", "AAAA"), return_exceptions=True)
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
    (question,) = _asked(domain, "MX")
    records = (record.partition(" ") for record in await question)  # "10 mx.example.net"; the null MX names no host
    hosts = [host for _, host in sorted((int(preference), host) for preference, _, host in records)]
    if hosts == [""]:
        raise Obstacle("null-mx")
    return hosts[:_HOSTS] or [domain]


def _asked(name: str, *kinds: str) -> list[Awaitable[list[str]]]:
    """One question to the system's name servers for each of ``kinds``, ready to be waited for."""
    from helodoctor.network import dns_questions  # dnspython takes longer to load than a trial of an address takes

    inquiry = dns_questions.Inquiry(dns_questions.system_resolver(), _SECONDS)
    return [_records(inquiry, name, kind) for kind in kinds]


async def _records(inquiry: Inquiry, name: str, kind: str) -> list[str]:
    """The records, none where the name has none of this kind.

    Raises:
        Obstacle: ``host-not-found`` where the name does not exist, ``dns-unanswered`` where nobody says.
    """
    reply = await inquiry.ask(name, kind)
    if reply.trouble is not None:
        raise Obstacle("dns-unanswered")
    if not reply.exists:
        raise Obstacle("host-not-found")
    return list(reply.records)


async def _system(host: str) -> list[str]:
    """What this system says of ``host``, its hosts file included; the only way for a name without a dot.

    The system's call cannot be stopped, so it has a thread that neither Stop nor the end of the program waits for.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def tell(found: list[str]) -> None:
        if not answer.done():
            answer.set_result(found)

    def look_up() -> None:
        found = _by_the_system(host)
        with suppress(RuntimeError):  # nobody waits any more, and the loop is closed
            loop.call_soon_threadsafe(tell, found)

    threading.Thread(target=look_up, daemon=True).start()
    if found := await answer:
        return found[:_ADDRESSES]
    raise Obstacle("host-not-found")


def _by_the_system(host: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
