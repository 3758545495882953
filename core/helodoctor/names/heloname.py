"""What a text offered as a HELO name is: typed variants of one grammar (RFC 5321 4.1.2, 4.1.3)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

from msgspec import Struct

from helodoctor.model import NameKind


class Deviation(Struct, frozen=True):
    """One departure from the grammar: its id and the half-open range of code points of the text given."""

    id: str
    start: int
    end: int


class HeloName(Struct, frozen=True, kw_only=True):
    """A text read as a HELO name.

    ``given`` is the text itself; ``normalized`` what it means, written the standard way (lower case, A-labels, no final
    dot, no leftovers of a paste, addresses in canonical form); ``kind`` what ``given`` is, edge blanks apart.
    """

    given: str
    normalized: str
    kind: NameKind
    deviations: tuple[Deviation, ...] = ()

    def has(self, *ids: str) -> bool:
        """Whether the text departs from the grammar in one of these ways."""
        return any(deviation.id in ids for deviation in self.deviations)


class NoName(HeloName, frozen=True, kw_only=True):
    """Nothing was given, or nothing is left of it."""


class DomainName(HeloName, frozen=True, kw_only=True):
    """Labels with dots between them; ``labels`` are those of ``normalized``."""

    labels: tuple[str, ...]


class BareAddress(HeloName, frozen=True, kw_only=True):
    """An IP address that lacks its brackets; ``address`` is what the writing means."""

    address: IPv4Address | IPv6Address


class AddressLiteral(HeloName, frozen=True, kw_only=True):
    """An address in brackets; ``address`` is ``None`` where what stands inside is no IP address."""

    address: IPv4Address | IPv6Address | None
