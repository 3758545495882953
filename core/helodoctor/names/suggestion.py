"""What a good name would be, from what is known; never somebody else's domain, and nothing where nothing is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct

from helodoctor.model import NameKind
from helodoctor.names import data, generic
from helodoctor.names.grammar import parse
from helodoctor.names.heloname import DomainName, HeloName
from helodoctor.names.suffixes import organizational_domain

USUAL_FIRST_LABEL = "mail"


class Suggestion(Struct, frozen=True):
    """A better name, and the id of why: the address carries it already, it is the present one corrected, or new."""

    name: str
    reason: Literal["reverse-name", "corrected", "own-domain"]


def suggest(
    name: HeloName, passes: Callable[[str], bool], *, domain: str | None = None, ptr: str | None = None
) -> Suggestion | None:
    """The first of the better names that ``passes`` and is not ``name`` itself."""
    for candidate in _candidates(name, domain, ptr):
        if candidate.name != name.given and passes(candidate.name):
            return candidate
    return None


def _candidates(name: HeloName, domain: str | None, ptr: str | None) -> Iterator[Suggestion]:
    if ptr:
        yield Suggestion(parse(ptr).normalized, "reverse-name")
    if isinstance(name, DomainName):
        yield Suggestion(_corrected(name), "corrected")
    own = _own_domain(name, domain)
    if own:
        first = _usable_first_label(name)
        yield Suggestion(f"{first}.{own}", "own-domain")
        yield Suggestion(f"{USUAL_FIRST_LABEL}.{own}", "own-domain")


def _corrected(name: DomainName) -> str:
    """The present name with underscores as hyphens, and without stray hyphens and dots."""
    labels = (label.replace("_", "-").strip("-") for label in name.labels)
    return ".".join(label for label in labels if label)


def _own_domain(name: HeloName, domain: str | None) -> str | None:
    """The domain a new name may be made in: the user's, else the one of the present name if a person chose it."""
    if domain:
        read = parse(domain)
        return read.normalized if read.kind is NameKind.FQDN and not _of_others(read) else None
    if not isinstance(name, DomainName) or name.kind is not NameKind.FQDN or _of_others(name):
        return None
    return organizational_domain(name.normalized)


def _of_others(name: HeloName) -> bool:
    """Whether the domain is a company's that gives names or mailboxes to everybody."""
    if not isinstance(name, DomainName):
        return True
    return bool(
        data.big_providers().find(name.labels) or data.cloud_of(name.normalized) or generic.sign_of(name.labels)
    )


def _usable_first_label(name: HeloName) -> str:
    """The present nickname, unless it came with the machine or says nothing."""
    if not isinstance(name, DomainName) or name.kind is not NameKind.SINGLE_LABEL:
        return USUAL_FIRST_LABEL
    label = name.labels[0]
    made_up = data.maker_of(label) or data.role_of(label) or name.normalized in data.loopback_names()
    return USUAL_FIRST_LABEL if made_up else label
