"""One parser from text to a typed HELO name."""

from __future__ import annotations

import re
from ipaddress import ip_address

from helodoctor.model import NameKind
from helodoctor.names.heloname import AddressLiteral, BareAddress, Deviation, DomainName, HeloName, NoName

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_LITERAL = re.compile(r"\[(IPv6:)?([^\]]*)\]", re.IGNORECASE)


def parse(text: str) -> HeloName:
    """Read ``text`` as a HELO name; anything goes in, nothing raises."""
    name = text.strip()
    if not name:
        return NoName(given=text, normalized="", kind=NameKind.EMPTY)
    if literal := _LITERAL.fullmatch(name):
        return _literal(text, literal)
    try:
        address = ip_address(name)
    except ValueError:
        return _domain(text, name)
    return BareAddress(given=text, normalized=str(address), kind=NameKind.BARE_IP, address=address)


def _literal(text: str, match: re.Match[str]) -> HeloName:
    try:
        address = ip_address(match[2])
    except ValueError:
        address = None
    good = address is not None and (address.version == 6) == bool(match[1])
    kind = NameKind.ADDRESS_LITERAL if good else NameKind.INVALID
    return AddressLiteral(given=text, normalized=match[0], kind=kind, address=address)


def _domain(text: str, name: str) -> HeloName:
    bare = name[:-1].lower() if name.endswith(".") else name.lower()
    labels = tuple(bare.split("."))
    deviations = () if bare == name.lower() else (Deviation("trailing-dot", len(name) - 1, len(name)),)
    if not _DOMAIN.fullmatch(bare) or len(bare) > 253 or all(label.isdigit() for label in labels):
        kind = NameKind.INVALID
    else:
        kind = NameKind.FQDN if len(labels) > 1 else NameKind.SINGLE_LABEL
    return DomainName(given=text, normalized=bare, kind=kind, labels=labels, deviations=deviations)
