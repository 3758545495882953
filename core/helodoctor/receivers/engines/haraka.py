"""Haraka's ``helo.checks``, as read in 1.1.3 with haraka-net-utils 1.9.3 and haraka-tld 1.3.6."""

from __future__ import annotations

import re
from ipaddress import IPv4Address

from helodoctor import names
from helodoctor.names.international import u_label
from helodoctor.names.suffixes import organizational_domain
from helodoctor.receivers.engines.common import Maker, Test, hit_if, is_ipv4, same_network
from helodoctor.receivers.greeting import Greeting, address_of
from helodoctor.receivers.schema import Rule

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)"
_IPV4 = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_URL_END = re.compile(r"[/?#\\]")
_NOT_IN_HOST = re.compile(r"[\s:@<>^|%\[\]]")
_PRINTABLE = re.compile(r"[\x20-\x7e]+")


def _is_ip(text: str) -> bool:
    """``get_ipany_re``: an IPv4 address, where leading zeros are let pass, or an IPv6 address."""
    if _IPV4.fullmatch(text):
        return True
    return ":" in text and "%" not in text and address_of(text) is not None


def _untagged(text: str) -> str:
    return text.removeprefix("IPv6:")


def is_literal(greeting: Greeting) -> bool:
    """``is_ip_literal``: brackets around an address; the tag is written exactly ``IPv6:``."""
    return greeting.bracketed is not None and _is_ip(_untagged(greeting.bracketed))


def bare_ip(greeting: Greeting) -> bool:
    """``bare_ip``: an address without brackets, with or without the tag."""
    return _is_ip(_untagged(greeting.name))


def dynamic(greeting: Greeting) -> bool:
    """``dynamic``: digits of the client's IPv4 address occur in the name, its top-level label apart."""
    if "." not in greeting.name or _is_ip(_untagged(greeting.name.removeprefix("[")).removesuffix("]")):
        return False
    return greeting.ip is not None and is_ipv4(greeting.ip) and _ip_in(greeting.ip, greeting.lower)


def _ip_in(ip: str, name: str) -> bool:
    """``is_ip_in_str``: the last two octets, or the first two, or the whole address in hexadecimal.

    The known ending and one label more are left aside (``split_hostname(name, 1)``).
    """
    labels = _url_host(name).split(".")
    rest = ".".join(labels[: -2 if _known(labels[-1]) else -1])
    octets = ip.split(".")
    if _octets_in(rest, octets[2], octets[3]) or _octets_in(rest, octets[0], octets[1]):
        return True
    pairs = [f"{byte:02x}" for byte in IPv4Address(ip).packed]
    for pair in pairs:
        at = rest.find(pair)
        if at < 0:
            return False
        rest = rest[:at] + rest[at + 2 :]
    return True


def _url_host(name: str) -> str:
    """``domainToASCII()`` reads its argument as the host of a URL: what a path or query would be is cut off."""
    host = _URL_END.split(name, maxsplit=1)[0]
    return name if not host or _NOT_IN_HOST.search(host) else host


def _decoded(name: str) -> str:
    """``domainToUnicode()`` cuts a name with A-labels likewise, if all of them can be decoded."""
    coded = [label for label in _url_host(name).split(".") if label.startswith("xn--")]
    return _url_host(name) if coded and all(map(u_label, coded)) else name


def _known(ending: str) -> bool:
    return names.fault(f"host.{ending}") is None


def _octets_in(text: str, first: str, second: str) -> bool:
    """Both occur in ``text``, not in the same place; the longer one is looked for first."""
    if len(second) >= len(first):
        at, longer, other = text.rfind(second), second, first
    else:
        at, longer, other = text.find(first), first, second
    return at >= 0 and other in text[:at] + text[at + len(longer) :]


def non_ascii(greeting: Greeting) -> bool:
    """``valid_hostname``: something else than printable ASCII."""
    return not is_literal(greeting) and _PRINTABLE.fullmatch(greeting.name) is None


def no_dot(greeting: Greeting) -> bool:
    """``valid_hostname``: no dot."""
    return not is_literal(greeting) and "." not in greeting.name


def no_organisation(greeting: Greeting) -> bool:
    """``valid_hostname``: no organisational domain, since the ending is unknown or all of the name is one."""
    return not is_literal(greeting) and organisation(greeting.lower) is None


def organisation(name: str) -> str | None:
    """``get_organizational_domain``: the registered domain of a lower-case name.

    ``None`` where the ending is not on the public suffix list, a label is empty, or all of the name is a suffix.
    """
    name = _decoded(name)
    ending = name.rpartition(".")[2]
    if not all(name.split(".")) or not _known(ending):
        return None
    return organizational_domain(name)


def rdns_mismatch(greeting: Greeting) -> bool:
    """``rdns_match``: the client's reverse name is another one, of another organisation."""
    if is_literal(greeting) or greeting.name == greeting.facts.ptr:
        return False
    ours, theirs = organisation(greeting.ptr()), organisation(greeting.lower)
    return ours is None or ours != theirs


def dns_timeout(greeting: Greeting) -> bool:
    """``forward_dns``: the question for the name's addresses is never answered; other failures are let pass."""
    return not is_literal(greeting) and greeting.lookup().trouble == "timeout"


def no_forward_match(greeting: Greeting) -> bool:
    """``forward_dns``: none of the name's addresses is the client's, and the reverse name does not make up for it."""
    if is_literal(greeting) or not greeting.lookup().addresses or greeting.belongs_to_client():
        return False
    return rdns_mismatch(greeting) or organisation(greeting.lower) is None


def literal_elsewhere(greeting: Greeting) -> bool:
    """``literal_mismatch=2``: the literal is not in the client's /24; an IPv6 literal never is."""
    if not is_literal(greeting):
        return False
    inner = _untagged(greeting.bracketed or "")
    if not is_ipv4(inner):
        return True
    return not greeting.literal_is_client() and not same_network(inner, greeting.client)


def impostor(rule: Rule) -> Test:
    """``big_company``: a name of ``names`` (each ``name=ending,ending``), and the reverse name has no such ending."""
    allowed = {name: tuple(ends.split(",")) for name, _, ends in (entry.partition("=") for entry in rule.names)}

    def test(greeting: Greeting) -> str | None:
        endings = allowed.get(greeting.name)
        ptr = greeting.ptr() if endings else ""
        if not endings or not ptr:
            return None
        return None if any(f".{ptr}".endswith(f".{ending}") for ending in endings) else greeting.name

    return test


def impostor_without_ptr(rule: Rule) -> Test:
    """``big_company``: such a name, and the client has no reverse name at all."""
    known = frozenset(entry.partition("=")[0] for entry in rule.names)

    def test(greeting: Greeting) -> str | None:
        return greeting.name if greeting.name in known and not greeting.ptr() else None

    return test


def control_character(greeting: Greeting) -> bool:
    """``cmd_ehlo``: a control character in the name."""
    return any(char < " " or char == "\x7f" for char in greeting.name)


TESTS: dict[str, Maker] = {
    "haraka-control-character": hit_if(control_character),
    "haraka-bare-ip": hit_if(bare_ip),
    "haraka-dynamic": hit_if(dynamic),
    "haraka-impostor": impostor,
    "haraka-impostor-without-ptr": impostor_without_ptr,
    "haraka-no-dot": hit_if(no_dot),
    "haraka-non-ascii": hit_if(non_ascii),
    "haraka-no-organisation": hit_if(no_organisation),
    "haraka-rdns-mismatch": hit_if(rdns_mismatch),
    "haraka-dns-timeout": hit_if(dns_timeout),
    "haraka-no-forward-match": hit_if(no_forward_match),
    "haraka-literal-elsewhere": hit_if(literal_elsewhere),
}
