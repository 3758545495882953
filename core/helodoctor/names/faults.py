"""A name that is faulty in itself decides the cause, whatever the receiver's words (``contract.md``)."""

from __future__ import annotations

from helodoctor.model import Cause, NameKind
from helodoctor.names.grammar import parse

_BY_KIND = {
    NameKind.BARE_IP: Cause.HELO_BARE_IP,
    NameKind.ADDRESS_LITERAL: Cause.HELO_ADDRESS_LITERAL,
    NameKind.INVALID: Cause.HELO_INVALID_SYNTAX,
    NameKind.EMPTY: Cause.HELO_INVALID_SYNTAX,
    NameKind.SINGLE_LABEL: Cause.HELO_NOT_FQDN,
}
_LOCALHOST = ("localhost", "localhost.localdomain")
_PRIVATE = ("local", "lan", "localdomain", "internal", "home", "corp", "intranet", "private", "invalid", "localhost")


def fault(name: str) -> Cause | None:
    """The cause a HELO ``name`` gives by itself; ``None`` for a well-formed public name."""
    read = parse(name)
    if read.normalized in _LOCALHOST:
        return Cause.HELO_LOCALHOST
    if read.kind in _BY_KIND:
        return _BY_KIND[read.kind]
    if read.has("trailing-dot"):
        return Cause.HELO_INVALID_SYNTAX
    return Cause.HELO_UNRESOLVABLE if read.normalized.rpartition(".")[2] in _PRIVATE else None
