"""What the lab's DNS says of names, in the form the receivers' engines ask for."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
import idna

from helodoctor.receivers import Facts, Host
from labkit.network import RESOLVER, Desk

_AT_ONCE = 8
Trouble = Literal["servfail", "timeout"]


def facts(desk: Desk, names: Iterable[str], client: str) -> Facts:
    """Everything the name server of the lab knows of ``names``, their mail exchangers, and ``client`` (IPv4)."""

    def ask() -> Facts:
        hosts = _hosts(names, client)
        exchangers = {name for host in hosts.values() for name in host.mx} - set(hosts)
        hosts |= _hosts(exchangers, client)
        ptr, trouble = _reverse(client)
        hosts |= _hosts([ptr] if ptr else [], client)
        return Facts(ip=client, ptr=ptr, ptr_trouble=trouble, hosts=hosts, complete=True)

    return desk.call(ask)


def _hosts(names: Iterable[str], client: str) -> dict[str, Host]:
    wanted = {name.strip(" \t").lower().removesuffix(".") for name in names}
    questions = {name: question for name in wanted if (question := _question(name)) is not None}
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        return dict(zip(questions, workers.map(lambda name: _host(name, client), questions.values()), strict=True))


def _question(name: str) -> dns.name.Name | None:
    """The name to ask for; ``None`` where the DNS has no such names.

    Non-ASCII labels are asked for as A-labels, unmapped (RFC 5891 4): the one server that asks at all does so.
    """
    try:
        ascii_name = name if name.isascii() else idna.encode(name).decode()
        return dns.name.Name([*(label.encode("ascii") for label in ascii_name.split(".")), b""])
    except (dns.exception.DNSException, UnicodeError):
        return None


def _resolver() -> dns.resolver.Resolver:
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = [RESOLVER]
    resolver.lifetime = 4.0
    return resolver


def _records(name: dns.name.Name, kind: str) -> tuple[list[str], Trouble | None, bool]:
    """Records as text, why there is no usable answer, and whether the name exists."""
    try:
        answer = _resolver().resolve(name, kind, search=False)
    except dns.resolver.NXDOMAIN:
        return [], None, False
    except dns.resolver.NoAnswer:
        return [], None, True
    except dns.resolver.NoNameservers:
        return [], "servfail", True
    except dns.exception.Timeout:
        return [], "timeout", True
    return [record.to_text() for record in answer], None, True


def _host(name: dns.name.Name, client: str) -> Host:
    addresses, trouble, exists = _records(name, "A")
    if trouble:
        return Host(trouble=trouble)
    more, _, _ = _records(name, "AAAA")
    exchangers, _, _ = _records(name, "MX")
    aliases, _, has_alias = _records(name, "CNAME")
    return Host(
        addresses=(*addresses, *more),
        mx=tuple(_target(text.split()[1]) for text in exchangers),
        alias=_target(aliases[0]) if aliases else "",
        exists=exists or has_alias,
        spf=_spf(name, client in addresses, client),
    )


def _target(text: str) -> str:
    return text.lower().removesuffix(".")


def _spf(name: dns.name.Name, is_own: bool, client: str) -> Literal["none", "pass", "fail", "softfail"]:
    """The SPF result for the client, as far as the lab's few policies go: ``a``, ``ip4:`` and ``-all`` or ``~all``."""
    texts, _, _ = _records(name, "TXT")
    policies = [text.strip('"') for text in texts if text.startswith('"v=spf1')]
    if not policies:
        return "none"
    terms = policies[0].split()
    if ("a" in terms and is_own) or f"ip4:{client}" in terms:
        return "pass"
    return "fail" if policies[0].endswith("-all") else "softfail"


def _reverse(client: str) -> tuple[str, Trouble | None]:
    question = dns.name.from_text(".".join(reversed(client.split("."))) + ".in-addr.arpa.")
    found, trouble, _ = _records(question, "PTR")
    return (_target(found[0]) if found else ""), trouble
