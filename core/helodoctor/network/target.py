"""The server a user names: ``HOST[:PORT]``, an address in brackets where it holds colons."""

from __future__ import annotations

import ipaddress
import re

from helodoctor.model import InputProblem, Target

_WITH_PORT = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^:\[\]]+))(?::(\d{1,5}))?")
_HOST = re.compile(r"[\w.-]{1,253}")


def parse(text: str, port: int = 25) -> Target:
    """``mx.example.net``, ``mx.example.net:587``, ``192.0.2.1``, ``[2001:db8::1]:25`` or ``2001:db8::1`` as a target.

    Raises:
        InputProblem: it is none of these.
    """
    text = text.strip()
    if text.count(":") > 1 and not text.startswith("["):
        text = f"[{text}]"
    found = _WITH_PORT.fullmatch(text)
    if found is None or not 0 < int(found[3] or port) < 65536:
        raise _unusable(text)
    return Target(host=_address(found[1]) if found[1] else _name(found[2]), port=int(found[3] or port))


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as fault:
        raise _unusable(text) from fault


def _name(text: str) -> str:
    """A host name in the form the DNS knows, an international one converted (IDNA 2008)."""
    if not text.isascii():
        import idna

        try:
            text = idna.encode(text, uts46=True).decode("ascii")
        except idna.IDNAError as fault:
            raise _unusable(text) from fault
    if not _HOST.fullmatch(text):
        raise _unusable(text)
    return text.rstrip(".").lower()


def _unusable(text: str) -> InputProblem:
    return InputProblem("target-unusable", target=ascii(text)[1:-1][:80])
