"""The address other machines reach this one at."""

from __future__ import annotations

import socket

_ELSEWHERE = ("192.0.2.1", 9)  # RFC 5737: leads nowhere, and nothing is sent to it


def own_address() -> str:
    """This machine's IPv4 address on the way out; ``127.0.0.1`` where it has none.

    Connecting a datagram socket only asks the routing table (connect(2)); no packet leaves.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as question:
        try:
            question.connect(_ELSEWHERE)
        except OSError:
            return "127.0.0.1"
        address: str = question.getsockname()[0]
        return address
