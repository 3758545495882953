"""The ``helo`` plugin of qpsmtpd, as read in 0.94: its tests compare texts, not addresses."""

from __future__ import annotations

import re

from helodoctor.receivers.engines.common import Maker, hit_if, same_network
from helodoctor.receivers.facts import Host
from helodoctor.receivers.greeting import Greeting

_PLAIN_IP = re.compile(r"([0-9]{1,3}\.){3}[0-9]{1,3}")
_LITERAL = re.compile(r"\[([0-9]{1,3}\.){3}[0-9]{1,3}\]")
_FQDN = re.compile(r"[a-zA-Z0-9.-]*")


def no_argument(greeting: Greeting) -> bool:
    """No word, or the word ``0``, which Perl takes for none."""
    return greeting.name in ("", "0")


def plain_ip(greeting: Greeting) -> bool:
    """``is_plain_ip``."""
    return _PLAIN_IP.fullmatch(greeting.name) is not None


def literal(greeting: Greeting) -> bool:
    """``is_address_literal``."""
    return _LITERAL.fullmatch(greeting.name) is not None


def forged_literal(greeting: Greeting) -> bool:
    """``is_forged_literal``: an IPv4 literal that is not the client's address."""
    return literal(greeting) and not greeting.literal_is_client()


def no_dot(greeting: Greeting) -> bool:
    """``is_not_fqdn``, first half."""
    return not literal(greeting) and "." not in greeting.name


def bad_character(greeting: Greeting) -> bool:
    """``is_not_fqdn``, second half: other characters than letters, digits, hyphens, dots."""
    return not literal(greeting) and _FQDN.fullmatch(greeting.name) is None


def host_missing(greeting: Greeting) -> bool:
    """``no_forward_dns``: NXDOMAIN; any other failure is let pass, and so is a name too long to ask for."""
    host = _host(greeting)
    return not literal(greeting) and host.trouble is None and not host.exists and _askable(greeting.name)


def _host(greeting: Greeting) -> Host:
    """What the DNS says of the name without the dots at its end, which Net::DNS drops."""
    dropped = greeting.name.rstrip(".") if greeting.name.endswith("..") else greeting.name
    return greeting.lookup_as(dropped)


def _askable(name: str) -> bool:
    asked = name.rstrip(".")
    return 0 < len(asked) <= 253 and all(len(label) <= 63 for label in asked.split("."))


def alias_without_address(greeting: Greeting) -> bool:
    """``no_forward_dns``: the answer holds an alias, and no address behind it."""
    host = _host(greeting)
    return not literal(greeting) and host.trouble is None and bool(host.alias) and not host.addresses


def empty_label(greeting: Greeting) -> bool:
    """A label is empty, those at the end apart: Net::DNS gives up on it, the plugin ends, and the name passes."""
    return "" in _labels(greeting.name) and greeting.name.strip(".") != ""


def dns_mismatch(greeting: Greeting) -> bool:
    """``no_matching_dns``: neither an address in the client's /24 nor a reverse name with the same last two labels."""
    forward = any(same_network(address, greeting.client) for address in _host(greeting).addresses)
    return not forward and not _same_domain(greeting.ptr(), greeting.name.lower())


def _same_domain(first: str, second: str) -> bool:
    labels, others = _labels(first), _labels(second)
    return len(labels) >= 2 and (first == second or labels[-2:] == others[-2:])


def _labels(name: str) -> list[str]:
    """Perl's ``split`` drops empty labels at the end."""
    return name.rstrip(".").split(".")




TESTS: dict[str, Maker] = {
    "qpsmtpd-no-argument": hit_if(no_argument),
    "qpsmtpd-plain-ip": hit_if(plain_ip),
    "qpsmtpd-literal": hit_if(literal),
    "qpsmtpd-forged-literal": hit_if(forged_literal),
    "qpsmtpd-no-dot": hit_if(no_dot),
    "qpsmtpd-bad-character": hit_if(bad_character),
    "qpsmtpd-host-missing": hit_if(host_missing),
    "qpsmtpd-alias-without-address": hit_if(alias_without_address),
    "qpsmtpd-empty-label": hit_if(empty_label),
    "qpsmtpd-dns-mismatch": hit_if(dns_mismatch),
}
