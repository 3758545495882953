"""rspamd's ``hfilter``, as read in git (eaac8e914) and 3.4: it only scores, at the end of DATA."""

from __future__ import annotations

import re
from collections.abc import Callable

from helodoctor.receivers.engines.common import Maker, Test, compiled, hit_if
from helodoctor.receivers.facts import Host
from helodoctor.receivers.greeting import Greeting
from helodoctor.receivers.schema import Rule

_FQDN = re.compile(r"(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+[a-z0-9-]{2,63}\.?", re.IGNORECASE)


def stripped(name: str) -> str:
    """The name without any bracket: all tests look at this."""
    return name.replace("[", "").replace("]", "")


def name_matches(rule: Rule) -> Test:
    """``pattern`` is found in the name without its brackets."""
    pattern = compiled(rule.pattern)

    def test(greeting: Greeting) -> str | None:
        found = pattern.search(stripped(greeting.head))
        return found[0] if found else None

    return test


def ptr_matches(rule: Rule) -> Test:
    """``pattern`` is found in the client's confirmed reverse name."""
    pattern = compiled(rule.pattern)

    def test(greeting: Greeting) -> str | None:
        found = pattern.search(greeting.ptr()) if greeting.facts.ptr and greeting.confirmed_ptr() else None
        return found[0] if found else None

    return test


def not_fqdn(greeting: Greeting) -> bool:
    """``check_fqdn()``: labels of letters, digits, inner hyphens; 4 to 253 characters, two or more in the last."""
    name = stripped(greeting.name)
    return not (4 <= len(name) <= 253 and _FQDN.fullmatch(name))


def _host(greeting: Greeting) -> Host:
    return greeting.lookup_as(stripped(greeting.name))


def no_address(greeting: Greeting) -> bool:
    """Neither A nor AAAA (an address elsewhere is not found out: the comparison runs only when both are missing)."""
    return not _host(greeting).addresses


def no_exchanger(greeting: Greeting) -> bool:
    """Neither an address nor an MX."""
    host = _host(greeting)
    return not host.addresses and not host.mx


def exchanger_unresolved(greeting: Greeting) -> bool:
    """No address, and an MX whose name has none either."""
    host = _host(greeting)
    known = (greeting.facts.hosts.get(name.lower().removesuffix(".")) for name in host.mx)
    return not host.addresses and any(exchanger is not None and not exchanger.addresses for exchanger in known)


_DNS = ("HFILTER_HELO_IP_A", "HFILTER_HELO_NORES_A_OR_MX", "HFILTER_HELO_NORESOLVE_MX")
_LEVELS = (5, 4, 3, 2, 1)


def symbols(hits: Callable[[str], bool]) -> list[str]:
    """The symbols that are inserted, of those whose test ``hits``, in the order of ``hfilter_callback()``."""
    hostname = _level(hits, "HFILTER_HOSTNAME_")
    found = [symbol for symbol in ("HFILTER_HOSTNAME_UNKNOWN",) if hits(symbol)]
    for address in ("HFILTER_HELO_BADIP", "HFILTER_HELO_BAREIP"):
        if hits(address):
            return [*found, address, *([f"HFILTER_HOSTNAME_{hostname}"] if hostname else [])]
    helo = _level(hits, "HFILTER_HELO_")
    if helo or hostname:
        found.append(f"HFILTER_HELO_{helo}" if helo >= hostname else f"HFILTER_HOSTNAME_{hostname}")
    if helo:
        return found
    if hits("HFILTER_HELO_NOT_FQDN"):
        return [*found, "HFILTER_HELO_NOT_FQDN"]
    return [*found, *(symbol for symbol in _DNS if hits(symbol))]


def _level(hits: Callable[[str], bool], prefix: str) -> int:
    return next((level for level in _LEVELS if hits(f"{prefix}{level}")), 0)


TESTS: dict[str, Maker] = {
    "rspamd-name-matches": name_matches,
    "rspamd-ptr-matches": ptr_matches,
    "rspamd-not-fqdn": hit_if(not_fqdn),
    "rspamd-no-address": hit_if(no_address),
    "rspamd-no-exchanger": hit_if(no_exchanger),
    "rspamd-exchanger-unresolved": hit_if(exchanger_unresolved),
}
