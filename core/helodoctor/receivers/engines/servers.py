"""The short checks of smaller servers and filters: Stalwart, maddy, mox, nodemailer, hMailServer, SpamAssassin."""

from __future__ import annotations

import re

from helodoctor.receivers.engines.common import Maker, hit_if, is_ipv4, same_network
from helodoctor.receivers.greeting import Greeting

_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")


def stalwart_invalid(greeting: Greeting) -> bool:
    """``has_valid_labels()``: a dot, a letter or digit, and no label longer than 63; nothing else is asked."""
    labels = greeting.name.split(".")
    return len(labels) < 2 or any(len(label) > 63 for label in labels) or not any(map(str.isalnum, greeting.name))


def maddy_rdns_differs(greeting: Greeting) -> bool:
    """``require_matching_rdns``: the reverse name is not the greeting's name."""
    return greeting.ptr() != greeting.lower.removesuffix(".")


def mox_invalid(greeting: Greeting) -> bool:
    """The grammar of RFC 5321 4.1.2 to the letter: no underscore, no final dot; a literal with the tag for IPv6."""
    if greeting.bracketed is not None:
        tagged = greeting.bracketed[:5].lower() == "ipv6:"
        return greeting.address is None or (greeting.address.version == 6) != tagged
    return not all(_LABEL.fullmatch(label) for label in greeting.name.split("."))


def has_space(greeting: Greeting) -> bool:
    """A blank inside the argument."""
    return " " in greeting.name


def address_elsewhere(greeting: Greeting) -> bool:
    """SpamAssassin RCVD_HELO_IP_MISMATCH: the name is an IPv4 address outside the client's /24."""
    known = greeting.ip is not None and is_ipv4(greeting.name)
    return known and not same_network(greeting.name, greeting.client)


def host_elsewhere(greeting: Greeting) -> bool:
    """hMailServer: the name or literal is not the client's; where the DNS gives no answer it passes."""
    if greeting.bracketed is not None:
        return not greeting.literal_is_client()
    host = greeting.lookup()
    return host.trouble is None and bool(host.addresses) and not greeting.belongs_to_client()


TESTS: dict[str, Maker] = {
    "stalwart-invalid": hit_if(stalwart_invalid),
    "maddy-rdns-differs": hit_if(maddy_rdns_differs),
    "mox-invalid": hit_if(mox_invalid),
    "has-space": hit_if(has_space),
    "address-elsewhere": hit_if(address_elsewhere),
    "host-elsewhere": hit_if(host_elsewhere),
}
