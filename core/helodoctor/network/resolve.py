"""Addresses and mail hosts of a name, for the trial; nothing here is asked unless the user starts one."""

from __future__ import annotations

import asyncio
import ipaddress
import socket

from helodoctor.network.replies import Obstacle


def literal(host: str) -> str | None:
    """``host`` as an IP address if it is one, brackets taken off."""
    try:
        return str(ipaddress.ip_address(host.strip("[]").removeprefix("IPv6:")))
    except ValueError:
        return None


async def _system(host: str) -> list[str]:
    """What this system says of ``host``, its hosts file included; the only way for a name without a dot."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise Obstacle("host-not-found") from fault
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def addresses(host: str) -> list[str]:
    """The addresses of ``host`` in the order to try them.

    Raises:
        Obstacle: ``host-not-found`` or ``dns-unanswered``.
    """
    if (address := literal(host)) is not None:
        return [address]
    return await _system(host)
