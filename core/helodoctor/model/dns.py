"""What the name service said about one name and one address."""

from __future__ import annotations

from msgspec import Struct

from helodoctor.model.finding import Finding


class DnsAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question and what came back: the records as text, how long they may be kept (seconds), how long it took.

    ``rcode`` is the response code by its name (RFC 1035 4.1.1), or ``TIMEOUT`` where nothing came back; ``trouble`` is
    the id of what kept the question from an answer. ``server`` names who was asked, where it was not the usual one.
    """

    question: str
    rcode: str
    answer: tuple[str, ...] = ()
    ttl: int | None = None
    ms: float | None = None
    trouble: str | None = None
    server: str | None = None


class DnsReport(Struct, frozen=True, kw_only=True):
    """A name and the address it is announced from, as the name service sees them."""

    name: str
    ip: str | None
    findings: tuple[Finding, ...]
    answers: tuple[DnsAnswer, ...]
