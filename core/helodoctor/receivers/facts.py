"""What is known about the client and about names, for decisions that a real receiver would take to the DNS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

SpfResult = Literal["none", "neutral", "pass", "fail", "softfail", "temperror", "permerror"]


class Host(Struct, frozen=True, kw_only=True):
    """What the DNS says about one name.

    ``addresses`` (text, canonical) is empty where there is neither A nor AAAA; ``mx`` holds the names of its mail
    exchangers; ``alias`` is the name a CNAME leads to; ``exists`` is false for NXDOMAIN; ``trouble`` is why a question
    gets no usable answer; ``spf`` is the SPF result of the name as HELO identity (RFC 7208 2.3), ``None`` if not known.
    """

    addresses: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    alias: str = ""
    exists: bool = True
    trouble: Literal["servfail", "timeout"] | None = None
    spf: SpfResult | None = None


NO_HOST = Host(exists=False)


class Facts(Struct, frozen=True, kw_only=True):
    """Everything a policy may need. ``None`` means not known, and is never read as "no".

    ``ip`` is the client's address as text; ``ptr`` its reverse name, ``""`` where it has none; ``ptr_trouble`` why the
    reverse question gets no answer; ``hosts`` what is known of names (keys in lower case without a final dot), and
    with ``complete`` no other name exists; ``listed`` whether the address is on the blocklists the receiver asks.
    """

    ip: str | None = None
    ptr: str | None = None
    ptr_trouble: Literal["servfail", "timeout"] | None = None
    hosts: Mapping[str, Host] = field(default_factory=dict)
    complete: bool = False
    listed: bool | None = None
