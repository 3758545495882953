"""A name that is faulty in itself decides the cause, whatever the receiver's words (``contract.md``)."""

from __future__ import annotations

from helodoctor.model import Cause, NameKind
from helodoctor.names import data, suffixes
from helodoctor.names.grammar import parse
from helodoctor.names.heloname import DomainName

_BY_KIND = {
    NameKind.BARE_IP: Cause.HELO_BARE_IP,
    NameKind.ADDRESS_LITERAL: Cause.HELO_ADDRESS_LITERAL,
    NameKind.INVALID: Cause.HELO_INVALID_SYNTAX,
    NameKind.EMPTY: Cause.HELO_INVALID_SYNTAX,
    NameKind.SINGLE_LABEL: Cause.HELO_NOT_FQDN,
}


def fault(name: str) -> Cause | None:
    """The cause a HELO ``name`` gives by itself; ``None`` for a well-formed public name.

    Endings kept for examples and labs (``.example``, ``.test``) count as public: they stand for one that is.
    """
    read = parse(name)
    if read.normalized in data.loopback_names():
        return Cause.HELO_LOCALHOST
    if read.has("unknown-tag"):
        return Cause.HELO_INVALID_SYNTAX
    if read.kind in _BY_KIND:
        return _BY_KIND[read.kind]
    if read.has("trailing-dot", "wrapper", "invisible"):
        return Cause.HELO_INVALID_SYNTAX
    return None if isinstance(read, DomainName) and _leads_somewhere(read) else Cause.HELO_UNRESOLVABLE


def _leads_somewhere(name: DomainName) -> bool:
    found = data.special_use(name.labels)
    return found.stand_in if found else suffixes.known_ending(name.labels[-1])
