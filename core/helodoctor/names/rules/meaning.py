"""Rules about what a well-written name means: whose it is, where it is known, who made it up."""

from __future__ import annotations

from helodoctor.names import data, generic, suffixes
from helodoctor.names.heloname import DomainName, HeloName
from helodoctor.names.rules.base import Outcome, Situation, domain, fail, full_name, rule, skip, something, warn


def _labels(name: HeloName) -> tuple[str, ...]:
    assert isinstance(name, DomainName)
    return name.labels


@rule("RFC 5321 2.3.5", over=domain)
def localhost(name: HeloName, _: Situation) -> Outcome | None:
    """The name is not one by which every machine calls itself."""
    return fail() if name.normalized in data.loopback_names() or _labels(name)[-1] == "localhost" else None


@rule("RFC 5321 2.3.5", over=domain)
def single_label(name: HeloName, _: Situation) -> Outcome | None:
    """The name is fully qualified: it has a dot."""
    return fail() if len(_labels(name)) == 1 else None


@rule("RFC 5321 2.3.5", over=domain)
def factory_name(name: HeloName, _: Situation) -> Outcome | None:
    """Somebody chose this name; it did not come with the machine."""
    labels = _labels(name)
    maker = data.maker_of(labels[0]) or (data.role_of(labels[0]) if len(labels) == 1 else None)
    return warn(label=labels[0], maker=maker) if maker else None


@rule("RFC 5321 2.3.5", over=full_name)
def cloud_internal(name: HeloName, _: Situation) -> Outcome | None:
    """The name is known outside of the cloud the server runs in."""
    cloud = data.cloud_of(name.normalized)
    return fail(cloud=cloud.cloud) if cloud else None


@rule("RFC 6761 3", over=full_name)
def special_use_suffix(name: HeloName, _: Situation) -> Outcome | None:
    """The ending is one that leads somewhere on the internet."""
    found = data.special_use(_labels(name))
    if found is None:
        return None
    return (warn if found.stand_in else fail)(ending=found.name, sort=found.sort, rule=found.source)


@rule("RFC 5321 2.3.5", over=full_name, fix="correct-name")
def unknown_tld(name: HeloName, _: Situation) -> Outcome | None:
    """There is a top-level domain of that name."""
    labels = _labels(name)
    if labels[-1].isdecimal() or not labels[-1] or data.special_use(labels):
        return None  # said by a rule of its own
    return None if suffixes.known_ending(labels[-1]) else fail(ending=labels[-1], listed=suffixes.list_date())


@rule("RFC 5321 2.3.5", over=full_name)
def public_suffix_only(name: HeloName, _: Situation) -> Outcome | None:
    """The name is more than an ending that many share."""
    return warn() if suffixes.public_suffix(name.normalized) == name.normalized else None


@rule("RFC 2606 3", over=full_name)
def placeholder_domain(name: HeloName, _: Situation) -> Outcome | None:
    """The domain is not one out of a manual."""
    found = data.placeholders().find(_labels(name))
    return fail(domain=found[0]) if found else None


@rule("RFC 5321 2.3.5", over=full_name)
def big_provider(name: HeloName, _: Situation) -> Outcome | None:
    """The name is not that of a company everybody knows."""
    found = data.big_providers().find(_labels(name))
    if found is None:
        return None
    owned, company = found
    return (fail if owned == name.normalized else warn)(domain=owned, company=company)


@rule("RFC 5321 7.9", over=something)
def receiver_own_name(name: HeloName, situation: Situation) -> Outcome | None:
    """The name is not the one of the server that is greeted."""
    if situation.receiver is None:
        return skip("receiver-unknown")
    host = situation.receiver.lower().rstrip(".")
    own = (host, suffixes.organizational_domain(host))
    return fail(receiver=host) if name.normalized in own else None


@rule("RFC 1912 2.1", over=full_name, fix="ask-reverse-name")
def generic_name(name: HeloName, _: Situation) -> Outcome | None:
    """The name does not look like one of thousands made up for a provider's lines."""
    sign = generic.sign_of(_labels(name))
    return warn(sign=sign) if sign else None


@rule("RFC 1912 2.1", over=full_name, fix="ask-reverse-name")
def encodes_client_ip(name: HeloName, situation: Situation) -> Outcome | None:
    """The name is not made from the address the server sends from."""
    if situation.ip is None:
        return skip("address-unknown")
    return warn(address=situation.ip) if generic.encodes(name.normalized, situation.ip) else None
