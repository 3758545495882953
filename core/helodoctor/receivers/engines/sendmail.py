"""Sendmail's syntax check and ``FEATURE(block_bad_helo)``, as read in 8.17.1.9 (``srvrsmtp.c``, ``proto.m4``)."""

from __future__ import annotations

import re

from helodoctor.receivers.engines.common import Maker, hit_if, is_receiver
from helodoctor.receivers.greeting import Greeting

NAME_LIMIT = 256
_NAME = re.compile(rb"[A-Za-z0-9\[\].\-_#:]*")
_TAGGED = re.compile(r"ipv6:.", re.IGNORECASE)
_LOOPBACK = ("127.0.0.1", "[127.0.0.1]", "ipv6:::1")  # class w holds these, as it holds the receiver's own addresses
_DOT_INSIDE = re.compile(r".\..", re.DOTALL)


def invalid_name(greeting: Greeting) -> bool:
    """Longer than MAXNAME, or something else than ASCII letters, digits and ``[].-_#:``; a blank ends it."""
    return len(greeting.raw) > NAME_LIMIT or not _NAME.fullmatch(greeting.raw)


def bogus_name(greeting: Greeting) -> bool:
    """``block_bad_helo``: one of the receiver's own names or addresses, or no dot inside.

    The line meant for IPv6 literals looks for the tag without its bracket, so that ``[IPv6:::1]`` is refused.
    """
    if is_receiver(greeting) or greeting.lower in _LOOPBACK:
        return True
    return not _DOT_INSIDE.search(greeting.name) and _TAGGED.match(greeting.name) is None


def ptr_forged(greeting: Greeting) -> bool:
    """``client_resolve`` FORGED: there is a reverse name, and it does not lead back."""
    return greeting.facts.ptr_trouble is None and bool(greeting.ptr()) and not greeting.confirmed_ptr()


TESTS: dict[str, Maker] = {
    "sendmail-invalid-name": hit_if(invalid_name),
    "sendmail-bogus-name": hit_if(bogus_name),
    "sendmail-ptr-forged": hit_if(ptr_forged),
}
