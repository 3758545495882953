"""Tests any receiver's rules may use: lists, patterns, characters, addresses, what the DNS says."""

from __future__ import annotations

import re
from collections.abc import Callable

from helodoctor.receivers.greeting import Greeting, address_of
from helodoctor.receivers.schema import Rule

Test = Callable[[Greeting], str | None]
"""A test: the part of the name that hits (for the reply's ``{match}``), or ``None``."""

Maker = Callable[[Rule], Test]
"""Makes a test from the settings of a rule."""


def hit_if(question: Callable[[Greeting], bool]) -> Maker:
    """A test without settings: the whole name hits where ``question`` says yes."""

    def test(greeting: Greeting) -> str | None:
        return greeting.name if question(greeting) else None

    return lambda _rule: test


def no_argument(greeting: Greeting) -> bool:
    """Nothing after the verb."""
    return not greeting.name


def ptr_missing(greeting: Greeting) -> bool:
    """The client's address has no reverse name."""
    return greeting.facts.ptr_trouble is None and not greeting.ptr()


def ptr_trouble(greeting: Greeting) -> bool:
    """The question for the client's reverse name gets no answer."""
    return greeting.facts.ptr_trouble is not None


def ptr_unconfirmed(greeting: Greeting) -> bool:
    """The client has no reverse name, or it does not lead back to the address."""
    return greeting.facts.ptr_trouble is not None or not greeting.confirmed_ptr()


def client_listed(greeting: Greeting) -> bool:
    """The client's address is on a blocklist the receiver asks."""
    return greeting.facts.listed is True


def spf_fails(greeting: Greeting) -> bool:
    """The name publishes an SPF policy that excludes the client (RFC 7208 8.4)."""
    return greeting.lookup().spf == "fail"


def spf_passes(greeting: Greeting) -> bool:
    """The name publishes an SPF policy that lets the client pass."""
    return greeting.lookup().spf == "pass"


def is_receiver(greeting: Greeting) -> bool:
    """The name is the receiver's own."""
    return bool(greeting.host) and greeting.lower == greeting.host.lower()


def compiled(pattern: str | tuple[str, ...], *, case_sensitive: bool = False) -> re.Pattern[str]:
    """A rule's pattern, written as one or as several alternatives, made ready."""
    text = pattern if isinstance(pattern, str) else "|".join(pattern)
    return re.compile(text, re.ASCII | (0 if case_sensitive else re.IGNORECASE))


def matches(rule: Rule) -> Test:
    """``pattern`` is found in the name and ``unless`` is not; the first group, or all of the match, hits."""
    pattern = compiled(rule.pattern, case_sensitive=rule.case_sensitive)
    spared = compiled(rule.unless) if rule.unless else None

    def test(greeting: Greeting) -> str | None:
        found = pattern.search(greeting.head)
        if found is None or (spared and spared.search(greeting.head)):
            return None
        return found[1] if pattern.groups else found[0]

    return test


def listed(rule: Rule) -> Test:
    """The name is one of ``names`` (ASCII case apart); ``{host}`` among them stands for the receiver's own name."""
    wanted = frozenset(name.lower() for name in rule.names)
    own = "{host}" in wanted

    def test(greeting: Greeting) -> str | None:
        hit = greeting.lower in wanted or (own and is_receiver(greeting))
        return greeting.name if hit else None

    return test


def ends_with(rule: Rule) -> Test:
    """The name ends with one of ``names``; that ending hits."""
    endings = tuple(name.lower() for name in rule.names)

    def test(greeting: Greeting) -> str | None:
        if not greeting.lower.endswith(endings):
            return None
        ending = next(ending for ending in endings if greeting.lower.endswith(ending))
        return greeting.name[-len(ending) :]

    return test


def same_network(first: str, second: str) -> bool:
    """Whether two texts agree in what stands before the third dot, as filters compare IPv4 networks (/24)."""
    return first.split(".")[:3] == second.split(".")[:3]


def is_ipv4(text: str) -> bool:
    """Whether ``text`` is an IPv4 address in strict dotted decimals."""
    address = address_of(text)
    return address is not None and address.version == 4


TESTS: dict[str, Maker] = {
    "no-argument": hit_if(no_argument),
    "ptr-missing": hit_if(ptr_missing),
    "ptr-trouble": hit_if(ptr_trouble),
    "ptr-unconfirmed": hit_if(ptr_unconfirmed),
    "client-listed": hit_if(client_listed),
    "spf-fails": hit_if(spf_fails),
    "spf-passes": hit_if(spf_passes),
    "matches": matches,
    "listed": listed,
    "ends-with": ends_with,
}
