"""What is known about the client and about names, for decisions that a real receiver would take to the DNS."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Host(Struct, frozen=True, kw_only=True):
    """What the DNS says about one name. ``addresses`` is empty where there is no A and no AAAA record.

    ``mx`` tells whether there is an MX record; ``fails`` that the question gets no usable answer (SERVFAIL, timeout);
    ``spf`` is the SPF result of the name as HELO identity (RFC 7208 2.3), ``None`` where it is not known.
    """

    addresses: tuple[str, ...] = ()
    mx: bool = False
    fails: bool = False
    spf: str | None = None


class Facts(Struct, frozen=True, kw_only=True):
    """Everything a policy may need. ``None`` means not known, and is never read as "no".

    ``ip`` is the client's address as text; ``ptr`` its reverse name, ``""`` where it has none; ``hosts`` what is known
    of names (keys in lower case without a final dot).
    """

    ip: str | None = None
    ptr: str | None = None
    hosts: Mapping[str, Host] = field(default_factory=dict)
