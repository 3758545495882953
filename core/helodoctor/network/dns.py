"""What the name service says about a HELO name and the address it is announced from."""

from __future__ import annotations

from helodoctor.model import DnsReport, InputProblem, Status
from helodoctor.names import AddressLiteral, BareAddress, DomainName, HeloName, parse
from helodoctor.names.addresses import plain, read_address
from helodoctor.names.heloname import Address
from helodoctor.network.dns_facts import gather
from helodoctor.network.dns_findings import findings
from helodoctor.network.dns_questions import PATIENCE, Inquiry, chosen_resolver, system_resolver

_LABEL = 63
_NAME = 253


async def examine(name: str, ip: str | None, resolver: str | None = None, *, patience: float = PATIENCE) -> DnsReport:
    """Ask all there is to ask about ``name`` and ``ip``, all questions at once.

    ``resolver`` (``HOST[:PORT]``, an address) is asked instead of the system's name servers, which are then asked for
    comparison. An address announced as a name stands in for a missing ``ip``. ``patience`` is seconds for one question.

    Raises:
        InputProblem: ``ip`` or ``resolver`` is no address.
        NetworkProblem: this machine names no name server.
    """
    read = parse(name)
    address = _address(ip, read)
    inquiry = Inquiry(chosen_resolver(resolver) if resolver else system_resolver(), patience)
    system = Inquiry(system_resolver(), patience) if resolver else None
    asked = read.normalized if _can_be_asked(read) else None
    facts = await gather(inquiry, asked, address, system, seconds=2 * patience)
    replies = inquiry.replies()
    return DnsReport(
        name=name,
        ip=str(address) if address else None,
        findings=tuple(findings(facts, replies, "not-a-full-name")),
        answers=(
            *(reply.as_answer() for reply in replies),
            *(reply.as_answer("system") for reply in (system.replies() if system else ())),
        ),
    )


def _address(ip: str | None, name: HeloName) -> Address | None:
    if ip is not None:
        address = read_address(ip)
        if address is None:
            raise InputProblem("address-unreadable", address=ip)
        return address
    said = name.address if isinstance(name, BareAddress | AddressLiteral) else None
    return plain(said) if said else None


def _can_be_asked(name: HeloName) -> bool:
    """Whether the name service has room for the name: full, of labels that are neither empty nor too long."""
    return (
        isinstance(name, DomainName)
        and len(name.labels) > 1
        and len(name.normalized) <= _NAME
        and all(0 < len(label) <= _LABEL and label.isascii() and label.isprintable() for label in name.labels)
    )


def unanswered(report: DnsReport) -> bool:
    """Whether the name service left open what it was asked about."""
    return any(
        finding.status is Status.SKIPPED and (finding.reason or "").startswith("dns") for finding in report.findings
    )
