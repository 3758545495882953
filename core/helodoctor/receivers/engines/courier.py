"""Courier's ``BOFHCHECKHELO``, as read in 1.4.1 and run in 1.0.16 (``submit.C`` ``checkmx()``, ``courieresmtpd.c``)."""

from __future__ import annotations

import re

from helodoctor.receivers.engines.common import Maker, hit_if
from helodoctor.receivers.greeting import Greeting, address_of

NAME_LIMIT = 255
_BLANK = re.compile(r"[\x00-\x20\x7f]")


def printed(name: str) -> str:
    """The name as Courier keeps it: at most 255 octets, blanks and control characters as ``_``."""
    kept = name.encode("utf-8", "surrogateescape")[:NAME_LIMIT].decode("utf-8", "surrogateescape")
    return _BLANK.sub("_", kept)


def is_client_text(greeting: Greeting) -> bool:
    """``ipcmp()``: the name is the client's address, written the same way; this ends the check."""
    return greeting.facts.ip is not None and greeting.lower.removeprefix("::ffff:") == greeting.facts.ip.lower()


def _unasked(greeting: Greeting) -> bool:
    """A name that cannot be asked for: an empty or overlong label, or too long as a whole."""
    labels = printed(greeting.name).removesuffix(".").split(".")
    return any(not label or len(label) > 63 for label in labels) or len(greeting.raw) >= NAME_LIMIT


def _literal_address(greeting: Greeting) -> str | None:
    inner = greeting.bracketed
    return inner if inner is not None and address_of(inner) is not None else None


def lookup_fails(greeting: Greeting) -> bool:
    """The question for the name gets no usable answer, for now."""
    if _literal_address(greeting):
        return False
    return _unasked(greeting) or greeting.lookup().trouble is not None


def no_such_host(greeting: Greeting) -> bool:
    """There is neither an address nor a mail exchanger; an A-label is not found, whatever the DNS says (as run)."""
    if _literal_address(greeting):
        return False
    host = greeting.lookup()
    return "xn--" in greeting.lower or not (host.addresses or host.mx)


def host_elsewhere(greeting: Greeting) -> bool:
    """None of the name's addresses, nor those of its mail exchangers, is the client's."""
    if _literal_address(greeting):
        return not greeting.literal_is_client()
    exchangers = (greeting.facts.hosts.get(name.lower().removesuffix(".")) for name in greeting.lookup().mx)
    behind = (address for host in exchangers if host for address in host.addresses)
    return not greeting.belongs_to_client() and not any(greeting.is_client(address) for address in behind)


TESTS: dict[str, Maker] = {
    "courier-client-text": hit_if(is_client_text),
    "courier-lookup-fails": hit_if(lookup_fails),
    "courier-no-such-host": hit_if(no_such_host),
    "courier-host-elsewhere": hit_if(host_elsewhere),
}
