"""What follows from the facts of one delivery taken together, once every reader has had its say."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from helodoctor.bounce.facts import Facts
from helodoctor.knowledge import load
from helodoctor.model import BounceKind, Direction, Permanence, Role, Stage
from helodoctor.names.suffixes import organizational_domain

_DOMAIN = re.compile(r"@\[?([A-Za-z0-9.-]{1,255})")
_QUOTES_ANOTHER = re.compile(
    r"response=[45]\d\d|(?:remote|upstream|next|destination) (?:server|host|mta)[^.;]{0,60}?"
    r"(?:said|replied|returned|answered|responded)",
    re.IGNORECASE,
)


class _Hosts(Struct, frozen=True):
    source: str
    titles: dict[str, str]


@cache
def _titles() -> dict[str, str]:
    return load("replies/hosts/providers.toml", _Hosts).titles


def finish(facts: Facts) -> Facts:
    """Complete ``facts``: the receiver's service, who speaks, which way the mail went."""
    facts.receiver_provider = facts.receiver_provider or provider(facts.receiver_host)
    if facts.receiver_host is None and facts.receiver_provider is None and facts.recipient:
        found = _DOMAIN.search(facts.recipient)
        facts.receiver_provider = found[1] if found else None
    if facts.role is Role.UNKNOWN:
        facts.role = _role(facts)
    if facts.kind is BounceKind.UNKNOWN and facts.role is Role.SENDER:
        facts.kind = BounceKind.NDR
    if facts.role is Role.SENDER and facts.reply_code and _QUOTES_ANOTHER.search(facts.reply_text or ""):
        facts.role = Role.FORWARDER  # the server we spoke to passes on what the next one told it
    if facts.role is Role.SENDER and _forwarded_elsewhere(facts):
        facts.role = Role.FORWARDER
    if facts.direction is Direction.UNKNOWN and facts.role is Role.SENDER and facts.kind is not BounceKind.EXCEPTION:
        facts.direction = Direction.RELAY
    if facts.stage is Stage.AUTH:
        facts.direction = Direction.SUBMISSION
    _lasting(facts)
    return facts


def provider(host: str | None) -> str | None:
    """The service a host name belongs to, if it is a known one."""
    labels = (host or "").lower().rstrip(".").split(".")
    return next((title for at in range(len(labels)) if (title := _titles().get(".".join(labels[at:])))), None)


def _role(facts: Facts) -> Role:
    if facts.kind in (BounceKind.DSN, BounceKind.NDR):
        return Role.SENDER
    return Role.USER if facts.kind is BounceKind.EXCEPTION else Role.UNKNOWN


def _forwarded_elsewhere(facts: Facts) -> bool:
    """Whether the server that reports forwarded the mail for somebody else than its sender.

    An address without a domain, or of the sender's own, is an alias on the sender's side.
    """
    addressed, sender = _domain(facts.forwarded_from), _domain(facts.sender)
    if addressed is None:
        return False
    if sender is None:  # an account of the reporting machine itself, such as root's
        return addressed != (facts.reporter_host or "").lower()
    return _organization(sender) not in (_organization(addressed), _organization(facts.reporter_host))


def _domain(address: str | None) -> str | None:
    found = _DOMAIN.search(address or "")
    return found[1].lower() if found else None


def _organization(host: str | None) -> str | None:
    host = (host or "").lower().rstrip(".")
    return organizational_domain(host) or host or None


def _lasting(facts: Facts) -> None:
    """A delay says "temporary" of a text without codes; a code of its own decides before any sentence."""
    first = str(facts.reply_code or facts.enhanced_code or "")[:1]
    if first in ("4", "5"):
        facts.permanence = Permanence.TEMPORARY if first == "4" else Permanence.PERMANENT
