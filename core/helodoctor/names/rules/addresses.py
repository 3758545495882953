"""Rules about addresses given as a name, and about the address the server sends from."""

from __future__ import annotations

from helodoctor.model import NameKind
from helodoctor.names.addresses import literal, plain, special
from helodoctor.names.heloname import AddressLiteral, BareAddress, HeloName
from helodoctor.names.rules.base import Outcome, Situation, address, brackets, fail, rule, skip, something, warn


def _address_of(name: HeloName) -> BareAddress | AddressLiteral:
    assert isinstance(name, BareAddress | AddressLiteral)
    return name


@rule("RFC 5321 4.1.3", over=something)
def bare_ip(name: HeloName, _: Situation) -> Outcome | None:
    """An address stands in brackets."""
    if not isinstance(name, BareAddress):
        return None
    return fail(address=name.address, literal=literal(name.address))


@rule("RFC 5321 4.1.3", over=address)
def odd_address(name: HeloName, _: Situation) -> Outcome | None:
    """An address is written the one way that everybody reads alike."""
    return warn(address=_address_of(name).address) if name.has("odd-address") else None


@rule("RFC 5321 4.1.3", over=brackets)
def bad_literal(name: HeloName, _: Situation) -> Outcome | None:
    """What stands in brackets is an address, and both brackets are there."""
    return fail() if name.has("bad-address", "unknown-tag", "open-bracket") else None


@rule("RFC 5321 4.1.3", over=brackets, fix="tag-ipv6")
def untagged_ipv6(name: HeloName, _: Situation) -> Outcome | None:
    """An IPv6 address in brackets has ``IPv6:`` in front."""
    return fail(literal=name.normalized) if name.has("untagged-ipv6") else None


@rule("RFC 5321 4.1.4", over=brackets)
def address_literal(name: HeloName, _: Situation) -> Outcome | None:
    """A name says more than a correct address literal does."""
    return warn() if name.kind is NameKind.ADDRESS_LITERAL else None


@rule("RFC 6890 2.2", over=address)
def private_address(name: HeloName, _: Situation) -> Outcome | None:
    """An address that means the same server everywhere on the internet."""
    found = _address_of(name).address
    block = special(found) if found else None
    if block is None:
        return None
    return (warn if block.stand_in else fail)(address=found, sort=block.sort, rule=block.source)


@rule("RFC 5321 4.1.3", over=brackets)
def literal_not_client(name: HeloName, situation: Situation) -> Outcome | None:
    """The address in brackets is the one the server sends from."""
    said = _address_of(name).address
    if said is None:
        return skip("not-an-address")
    if situation.ip is None:
        return skip("address-unknown")
    return None if plain(said) == situation.ip else fail(said=said, client=situation.ip)


@rule("RFC 6890 2.2", over=something, fix="find-public-address")
def sending_address(_: HeloName, situation: Situation) -> Outcome | None:
    """The address the server sends from is one the internet sees."""
    if situation.ip is None:
        return skip("address-unknown")
    block = special(situation.ip)
    return warn(address=situation.ip, sort=block.sort) if block and not block.stand_in else None
