"""From what the name service said to findings: one small function per check, under the ids ``names`` leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from helodoctor.model import Finding, Status, Value
from helodoctor.names.addresses import special
from helodoctor.names.data import parked_by
from helodoctor.names.heloname import Address
from helodoctor.names.suffixes import organizational_domain
from helodoctor.network.dns_facts import AboutAddress, AboutName, Addresses, Facts
from helodoctor.network.dns_questions import Reply

# Troubles of the name service that everybody who asks will meet; any other may lie on the way from here.
_EVERYWHERE = ("dns-server-failure", "dnssec-broken", "dns-lame", "alias-loop", "dns-malformed")

_SPF_STATUS = {
    "pass": Status.PASS,
    "none": Status.PASS,
    "neutral": Status.PASS,
    "softfail": Status.WARN,
    "temperror": Status.WARN,
    "permerror": Status.WARN,
    "fail": Status.FAIL,
}


def findings(facts: Facts, replies: tuple[Reply, ...], missing: str) -> Iterator[Finding]:
    """Every finding; ``missing`` is the id of why nothing was asked about the name, where that is so."""
    yield from _of_name(facts.name, facts.address) if facts.name else _skipped_name(missing)
    yield from _of_address(facts) if facts.address else _skipped_address()
    yield _helo_spf(facts, missing)
    yield from troubles(replies)


def _finding(check: str, source: str, status: Status, fix: str | None = None, **evidence: object) -> Finding:
    shown = tuple(Value(key, str(value)) for key, value in evidence.items() if value is not None)
    return Finding(id=check, status=status, source=source, evidence=shown, fix=None if status is Status.PASS else fix)


def _skip(check: str, source: str, reason: str) -> Finding:
    return Finding(id=check, status=Status.SKIPPED, source=source, reason=reason)


def _minutes(seconds: int | None) -> int | None:
    """Whole minutes until an answer may be another one, rounded up."""
    return None if seconds is None else max(1, -(-seconds // 60))


def _inside(ip: Address) -> bool:
    """Whether ``ip`` is of a network of its own, so that servers outside see another one, which is not known."""
    block = special(ip)
    return block is not None and not block.stand_in


def _listed(values: object) -> str:
    return ", ".join(map(str, values)) if isinstance(values, tuple | list) else str(values)


# --- the name ---


def _skipped_name(reason: str) -> Iterator[Finding]:
    yield _skip("name-address", "RFC 5321 2.3.5", reason)
    yield _skip("name-alias", "RFC 5321 2.3.5", reason)
    yield _skip("name-matches-address", "RFC 5321 4.1.4", reason)


def _of_name(about: AboutName, address: AboutAddress | None) -> Iterator[Finding]:
    yield _name_address(about)
    yield _name_alias(about)
    yield _name_matches_address(about, address)
    yield _public_answer(about)
    yield _wildcard_name(about)
    yield _parked_domain(about)
    if about.elsewhere is not None:
        yield _same_everywhere(about, about.elsewhere)


def _name_address(about: AboutName) -> Finding:
    """The name is the primary name of a host: it has an address (RFC 5321 2.3.5)."""
    check, source = "name-address", "RFC 5321 2.3.5"
    addresses, minutes = about.addresses, _minutes(about.addresses.ttl)
    if addresses.found:
        return _finding(check, source, Status.PASS, addresses=_listed(addresses.found), minutes=minutes)
    if addresses.trouble:
        return _skip(check, source, addresses.trouble.trouble or "dns-timeout")
    if mx := [record for record in about.mx.records if record.partition(" ")[2]]:  # a null MX names no host, RFC 7505
        return _finding(check, source, Status.WARN, "add-address-record", mx=", ".join(mx), minutes=minutes)
    return _finding(check, source, Status.FAIL, "add-address-record", minutes=minutes, rcode=addresses.a.rcode)


def _name_alias(about: AboutName) -> Finding:
    check, source = "name-alias", "RFC 5321 2.3.5"
    aliases = about.addresses.aliases
    if not aliases:
        missing = about.addresses.trouble
        return (
            _skip(check, source, missing.trouble or "dns-timeout") if missing else _finding(check, source, Status.PASS)
        )
    status = Status.WARN if about.addresses.found else Status.FAIL
    return _finding(check, source, status, "use-real-name", target=aliases[-1])


def _name_matches_address(about: AboutName, address: AboutAddress | None) -> Finding:
    """The name leads to the address that calls. RFC 5321 4.1.4 bans refusing for this alone, and some refuse."""
    check, source = "name-matches-address", "RFC 5321 4.1.4"
    if address is None:
        return _skip(check, source, "address-unknown")
    found = about.addresses.found
    if not found:
        return _skip(check, source, "no-address-found")
    if address.ip not in found and _inside(address.ip):
        return _skip(check, source, "address-not-public")
    status = Status.PASS if address.ip in found else Status.WARN
    return _finding(check, source, status, "point-name-here", addresses=_listed(found), client=address.ip)


def _public_answer(about: AboutName) -> Finding:
    check, source = "public-answer", "RFC 6890 2.2"
    if not about.addresses.found:
        return _skip(check, source, "no-address-found")
    blocks = [(address, special(address)) for address in about.addresses.found]
    private = [(address, block) for address, block in blocks if block and not block.stand_in]
    if not private:
        return _finding(check, source, Status.PASS)
    status = Status.FAIL if len(private) == len(blocks) else Status.WARN
    return _finding(check, source, status, "publish-public-address", address=private[0][0], sort=private[0][1].sort)


def _wildcard_name(about: AboutName) -> Finding:
    """A name that anybody could have typed gets no answer, so the announced one was made on purpose (RFC 4592)."""
    check, source = "wildcard-name", "RFC 4592 2.1"
    found = about.addresses.found
    if not found or about.neighbour.trouble:
        return _skip(check, source, "no-address-found")
    same = set(found) == set(about.neighbour.found)
    return _finding(check, source, Status.WARN if same else Status.PASS, "add-address-record")


def _parked_domain(about: AboutName) -> Finding:
    check, source = "parked-domain", "RFC 5321 2.3.5"
    if about.servers is None or not about.servers.records:
        return _skip(check, source, "no-name-servers-found")
    company = next((owner for record in about.servers.records if (owner := parked_by(record))), None)
    return _finding(check, source, Status.WARN if company else Status.PASS, "set-name", company=company)


def _same_everywhere(about: AboutName, elsewhere: Addresses) -> Finding:
    """Inside and outside get the same answer (no split horizon)."""
    check, source = "same-everywhere", "RFC 6950 4"
    if about.addresses.trouble or elsewhere.trouble:
        return _skip(check, source, "one-side-silent")
    here, there = about.addresses.found, elsewhere.found
    status = Status.PASS if set(here) == set(there) else Status.WARN
    return _finding(
        check, source, status, "publish-public-address", chosen=_listed(here) or "–", system=_listed(there) or "–"
    )


# --- the address ---


def _skipped_address() -> Iterator[Finding]:
    for check in ("reverse-name", "reverse-confirmed", "reverse-matches-name"):
        yield _skip(check, "RFC 1912 2.1", "address-unknown")


def _of_address(facts: Facts) -> Iterator[Finding]:
    about = facts.address
    assert about is not None
    yield _reverse_name(about)
    yield _reverse_confirmed(about)
    yield _reverse_matches_name(about, facts.name.name if facts.name else None)
    yield _one_reverse_name(about)
    yield _reverse_alias(about)


def _reverse_name(about: AboutAddress) -> Finding:
    check, source = "reverse-name", "RFC 1912 2.1"
    if about.ptr.trouble:
        return _skip(check, source, about.ptr.trouble)
    minutes = _minutes(about.ptr.ttl)
    if about.names:
        return _finding(check, source, Status.PASS, reverse=_listed(tuple(about.names)), minutes=minutes)
    if _inside(about.ip):
        return _skip(check, source, "address-not-public")
    return _finding(check, source, Status.FAIL, "ask-reverse-name", client=about.ip, minutes=minutes)


def _reverse_confirmed(about: AboutAddress) -> Finding:
    """A reverse name leads back to the address (forward-confirmed, RFC 8601 3)."""
    check, source = "reverse-confirmed", "RFC 8601 3"
    if not about.names:
        return _skip(check, source, about.ptr.trouble or "no-reverse-name")
    confirmed = next((name for name, addresses in about.names.items() if about.ip in addresses.found), None)
    if confirmed:
        return _finding(check, source, Status.PASS, reverse=confirmed, client=about.ip)
    silent = next((addresses.trouble for addresses in about.names.values() if addresses.trouble), None)
    if silent:
        return _skip(check, source, silent.trouble or "dns-timeout")
    name, addresses = next(iter(about.names.items()))
    leads = _listed(addresses.found) or "–"
    return _finding(check, source, Status.FAIL, "point-reverse-name-back", reverse=name, client=about.ip, leads=leads)


def _reverse_matches_name(about: AboutAddress, name: str | None) -> Finding:
    """The same name both ways is best, the same organisation is fine, an unrelated one is looked at askance."""
    check, source = "reverse-matches-name", "RFC 1912 2.1"
    if name is None:
        return _skip(check, source, "not-a-full-name")
    if not about.names:
        return _skip(check, source, about.ptr.trouble or "no-reverse-name")
    if name in about.names:
        return _finding(check, source, Status.PASS, reverse=name, grade="same")
    domain = organizational_domain(name)
    related = next((reverse for reverse in about.names if domain and organizational_domain(reverse) == domain), None)
    if related:
        return _finding(check, source, Status.PASS, reverse=related, grade="related")
    return _finding(check, source, Status.WARN, "ask-reverse-name", reverse=next(iter(about.names)))


def _one_reverse_name(about: AboutAddress) -> Finding:
    check, source = "one-reverse-name", "RFC 1912 2.1"
    if not about.names:
        return _skip(check, source, about.ptr.trouble or "no-reverse-name")
    many = len(about.ptr.records) > 1
    status = Status.WARN if many else Status.PASS
    return _finding(check, source, status, "ask-one-reverse-name", count=len(about.ptr.records))


def _reverse_alias(about: AboutAddress) -> Finding:
    """The reverse name is a real one, not an alias of another (RFC 1912 2.4)."""
    check, source = "reverse-alias", "RFC 1912 2.4"
    if not about.names:
        return _skip(check, source, about.ptr.trouble or "no-reverse-name")
    alias = next(((name, found.aliases[-1]) for name, found in about.names.items() if found.aliases), None)
    if alias is None:
        return _finding(check, source, Status.PASS)
    return _finding(check, source, Status.WARN, "ask-reverse-name", reverse=alias[0], target=alias[1])


# --- SPF and the name service itself ---


def _helo_spf(facts: Facts, missing: str) -> Finding:
    check, source = "helo-spf", "RFC 7208 2.3"
    if facts.spf is None:
        return _skip(check, source, missing if facts.name is None else "address-unknown")
    if facts.spf.result != "pass" and facts.address is not None and _inside(facts.address.ip):
        return _skip(check, source, "address-not-public")
    status = _SPF_STATUS.get(facts.spf.result)
    if status is None:
        return _skip(check, source, "spf-unreadable")
    return _finding(check, source, status, "publish-spf", result=facts.spf.result, record=facts.spf.record)


def troubles(replies: tuple[Reply, ...]) -> Iterator[Finding]:
    """One finding for each way in which the name service failed, with the first question that met it."""
    seen: dict[str, Reply] = {}
    for reply in replies:
        if reply.trouble:
            seen.setdefault(reply.trouble, reply)
    for trouble, reply in seen.items():
        status = Status.FAIL if trouble in _EVERYWHERE else Status.WARN
        fix = "repair-name-service" if trouble in _EVERYWHERE else "ask-again"
        yield _finding(trouble, "RFC 1035 4.1.1", status, fix, question=f"{reply.name} {reply.kind}", rcode=reply.rcode)
