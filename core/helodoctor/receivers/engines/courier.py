"""Courier's ``BOFHCHECKHELO``, as read in 1.4.1 and run in 1.0.16 (``submit.C`` ``checkmx()``, ``courieresmtpd.c``)."""

from __future__ import annotations

import re
import string
import stringprep
from encodings.idna import ToUnicode

from helodoctor.names.international import a_label, u_label
from helodoctor.receivers.engines.common import Maker, hit_if
from helodoctor.receivers.greeting import Greeting, address_of, fits_dns, octets

NAME_LIMIT = 255
_DECIMALS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}")
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_BLANK = re.compile(r"[\x00-\x20\x7f]")


def printed(name: str) -> str:
    """The name as Courier keeps it: at most 255 octets, blanks and control characters as ``_``."""
    kept = octets(name)[:NAME_LIMIT].decode("utf-8", "surrogateescape")
    return _BLANK.sub("_", kept)


def is_client_text(greeting: Greeting) -> bool:
    """``ipcmp()``: the name is the client's address, written the same way; this ends the check."""
    return greeting.ip is not None and greeting.lower.removeprefix("::ffff:") == greeting.ip.lower()


def _asked(greeting: Greeting) -> str:
    """The name as it is asked for: up to the first comma."""
    return greeting.name.partition(",")[0]


def _unasked(greeting: Greeting) -> bool:
    """A name that cannot be asked for: beyond the bounds of the DNS, or a coded label with other letters in it."""
    asked = _asked(greeting)
    return not fits_dns(octets(asked)) or any(
        _coded(label) and not label.isascii() for label in asked.lower().split(".")
    )


def _coded(label: str) -> bool:
    return label.startswith("xn--")


def _lost(label: str) -> bool:
    """A label that is asked for in a form nobody has.

    A true A-label is decoded (IDNA 2003: of letters Unicode 3.2 has), capitals beyond ASCII are kept.
    """
    if label.isascii():
        said = _decoded(label.lower()) if _coded(label.lower()) else None
        return said is not None and not any(map(stringprep.in_table_a1, said))
    coded = a_label(label)
    return coded is None or u_label(coded) != label.translate(_LOWER)


def _decoded(label: str) -> str | None:
    try:
        return ToUnicode(label)
    except UnicodeError:
        return None


def _literal_address(greeting: Greeting) -> bool:
    """Whether the brackets hold an address as Courier reads it: one to four decimals, or IPv6 without a tag."""
    inner = greeting.bracketed or ""
    if ":" in inner:
        return address_of(inner) is not None
    return _DECIMALS.fullmatch(inner) is not None and all(int(part) <= 255 for part in inner.split("."))


def lookup_fails(greeting: Greeting) -> bool:
    """The question for the name gets no usable answer, for now."""
    if _literal_address(greeting):
        return False
    return _unasked(greeting) or greeting.lookup_as(_asked(greeting)).trouble is not None


def no_such_host(greeting: Greeting) -> bool:
    """There is neither an address nor a mail exchanger; some names in other scripts are not found, as run."""
    if _literal_address(greeting):
        return False
    host = greeting.lookup_as(_asked(greeting))
    return not (host.addresses or host.mx) or any(map(_lost, _asked(greeting).split(".")))


def host_elsewhere(greeting: Greeting) -> bool:
    """None of the name's addresses, nor those of its mail exchangers, is the client's."""
    if _literal_address(greeting):
        return not greeting.literal_is_client()
    host = greeting.lookup_as(_asked(greeting))
    exchangers = (greeting.facts.hosts.get(name.lower().removesuffix(".")) for name in host.mx)
    behind = (address for exchanger in exchangers if exchanger for address in exchanger.addresses)
    return not any(greeting.is_client(address) for address in (*host.addresses, *behind))


TESTS: dict[str, Maker] = {
    "courier-client-text": hit_if(is_client_text),
    "courier-lookup-fails": hit_if(lookup_fails),
    "courier-no-such-host": hit_if(no_such_host),
    "courier-host-elsewhere": hit_if(host_elsewhere),
}
