"""What a text offered as a HELO name is: typed variants of one grammar (RFC 5321 4.1.2, 4.1.3)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

from msgspec import Struct

from helodoctor.model import NameKind

Address = IPv4Address | IPv6Address


class Deviation(Struct, frozen=True):
    """One departure from the grammar: its id and the half-open range of code points of the text given.

    Around the name: ``edge-blank`` (quietly ignored), ``wrapper`` (quotes, angle brackets, the word EHLO), ``url``,
    ``invisible``, ``mailbox``, ``port``. In a domain: ``blank``, ``bad-character``, ``underscore``, ``non-ascii``,
    ``empty-label``, ``edge-hyphen``, ``trailing-dot``, ``long-label``, ``long-name``, ``bad-a-label``, ``all-numeric``.
    In an address: ``odd-address``, ``bad-address``, ``untagged-ipv6``, ``unknown-tag``, ``open-bracket``, ``comment``.
    """

    id: str
    start: int
    end: int


class HeloName(Struct, frozen=True, kw_only=True):
    """A text read as a HELO name.

    ``given`` is the text itself; ``normalized`` what it means, written the standard way (lower case, A-labels, no final
    dot, no leftovers of a paste, addresses in canonical form); ``kind`` is what ``given`` is, the deviations that only
    surround a name apart.
    """

    given: str
    normalized: str
    kind: NameKind
    deviations: tuple[Deviation, ...] = ()

    def has(self, *ids: str) -> bool:
        """Whether the text departs from the grammar in one of these ways."""
        return any(deviation.id in ids for deviation in self.deviations)

    def all_of(self, *ids: str) -> tuple[Deviation, ...]:
        """Every deviation with one of these ids, in the order of the text."""
        return tuple(deviation for deviation in self.deviations if deviation.id in ids)

    def cut(self, deviation: Deviation) -> str:
        """The characters of the text given that ``deviation`` is about."""
        return self.given[deviation.start : deviation.end]


class NoName(HeloName, frozen=True, kw_only=True):
    """Nothing was given, or nothing is left of it."""


class DomainName(HeloName, frozen=True, kw_only=True):
    """Labels with dots between them; ``labels`` are those of ``normalized``."""

    labels: tuple[str, ...]


class BareAddress(HeloName, frozen=True, kw_only=True):
    """An IP address that lacks its brackets; ``address`` is what the writing means."""

    address: Address


class AddressLiteral(HeloName, frozen=True, kw_only=True):
    """A text in brackets; ``address`` is ``None`` where what stands inside is no IP address."""

    address: Address | None
