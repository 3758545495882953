"""Which of the known situations a greeting is in, for receivers of which only single cases are known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helodoctor import names
from helodoctor.model import Cause
from helodoctor.names.generic import sign_of
from helodoctor.receivers.engines.common import is_receiver
from helodoctor.receivers.greeting import Greeting
from helodoctor.receivers.schema import NameCase

_HOST_CHARACTERS = re.compile(r"[A-Za-z0-9._-]+")
_PORT = re.compile(r":[0-9]{1,5}$")


def cases_of(greeting: Greeting) -> tuple[NameCase, ...]:
    """Every case ``greeting`` is in, what the name shows before what the DNS or the client shows.

    Empty for a name that is faulty in a way no case stands for.
    """
    shape = _shape(greeting)
    found = [] if shape is None else [shape]
    if is_receiver(greeting):
        found.append(NameCase.OWN_NAME)
    if shape is None:
        found += _of_name(greeting)
    found += _of_client(greeting)
    return tuple(found) or ((NameCase.GOOD,) if greeting.well_formed else ())


def _shape(greeting: Greeting) -> NameCase | None:
    """What is odd about the text of the name itself."""
    name = greeting.name
    if not name:
        return NameCase.EMPTY
    if name.startswith("[") or greeting.address is not None:
        return _address(greeting)
    if greeting.lower in ("localhost", "localhost.localdomain"):
        return NameCase.LOCALHOST
    if not name.isascii():
        return NameCase.NON_ASCII
    if not _HOST_CHARACTERS.fullmatch(name):
        return NameCase.PORT_IN_NAME if _PORT.search(name) else NameCase.INVALID_CHARS
    return _odd_name(greeting)


def _odd_name(greeting: Greeting) -> NameCase | None:
    if "." not in greeting.name:
        return NameCase.SINGLE_LABEL
    if "_" in greeting.name:
        return NameCase.UNDERSCORE
    if greeting.name.endswith("."):
        return NameCase.TRAILING_DOT
    return NameCase.SPECIAL_TLD if names.fault(greeting.name) is Cause.HELO_UNRESOLVABLE else None


def _address(greeting: Greeting) -> NameCase:
    inner, address = greeting.bracketed or "", greeting.address
    if address is None:
        return NameCase.LITERAL_BAD
    if not greeting.name.startswith("["):
        return NameCase.BARE_IP
    if address.version == 6 and inner[:5].lower() != "ipv6:":
        return NameCase.LITERAL_V6_UNTAGGED
    if greeting.ip is not None and not greeting.literal_is_client():
        return NameCase.LITERAL_MISMATCH
    return NameCase.LITERAL_V4 if address.version == 4 else NameCase.LITERAL_V6


def _of_name(greeting: Greeting) -> Iterator[NameCase]:
    """What a name of ordinary shape looks like, and what is known of it in the DNS; nothing is taken for granted."""
    if greeting.well_formed and sign_of(greeting.lower.split(".")):
        yield NameCase.DYNAMIC
    host = greeting.known_host()
    if host is None:
        return
    if not host.addresses and not host.mx and host.trouble is None:
        yield NameCase.UNRESOLVABLE
    elif host.addresses and not greeting.belongs_to_client():
        yield NameCase.IP_MISMATCH
    if host.spf == "fail":
        yield NameCase.SPF_HELO_FAIL


def _of_client(greeting: Greeting) -> Iterator[NameCase]:
    """What is known of the client's address."""
    if greeting.facts.ptr is not None and not greeting.confirmed_ptr():
        yield NameCase.PTR_BAD
    if greeting.facts.listed:
        yield NameCase.BLOCKLISTED
