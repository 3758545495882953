"""The rules put together: one HELO name, every finding, one verdict, and a better name where one is known."""

from __future__ import annotations

from collections.abc import Iterable

from helodoctor.model import Finding, NameReport, NameVerdict, Status
from helodoctor.names.addresses import read_address
from helodoctor.names.grammar import parse
from helodoctor.names.heloname import HeloName
from helodoctor.names.rules import ONLINE, RULES, Situation
from helodoctor.names.suggestion import suggest


def check(
    name: str,
    *,
    ip: str | None = None,
    receiver: str | None = None,
    domain: str | None = None,
    ptr: str | None = None,
) -> NameReport:
    """Judge ``name`` offline, by the rules alone (predictions stay empty).

    ``ip`` is the address the server sends from, ``receiver`` the host name of the server that is greeted, ``domain``
    the user's own mail domain, ``ptr`` the reverse name of ``ip``. Each may be unknown, and a text that is none counts
    as unknown: what depends on it is then skipped, with the reason.
    """
    read = parse(name)
    findings = judge(read, Situation(ip=read_address(ip), receiver=receiver))
    verdict = verdict_of(findings)
    better = None if verdict is NameVerdict.GOOD else suggest(read, _passes, domain=domain, ptr=ptr)
    return NameReport(
        name=name,
        normalized=read.normalized,
        kind=read.kind,
        verdict=verdict,
        findings=findings,
        suggestion=better.name if better else None,
        suggestion_reason=better.reason if better else None,
    )


def judge(name: HeloName, situation: Situation) -> tuple[Finding, ...]:
    """Every rule's finding about ``name``, in the order of the rules; what only the DNS can tell comes last."""
    return (*(rule(name, situation) for rule in RULES), *ONLINE)


def verdict_of(findings: Iterable[Finding]) -> NameVerdict:
    """Bad with any failed rule, risky with any warning, else good."""
    seen = {finding.status for finding in findings}
    if Status.FAIL in seen:
        return NameVerdict.BAD
    return NameVerdict.RISKY if Status.WARN in seen else NameVerdict.GOOD


def _passes(name: str) -> bool:
    """Whether a name could be suggested: no rule fails, and none warns but of an ending kept for examples."""
    findings = judge(parse(name), Situation())
    faults = {finding.id for finding in findings if finding.status in (Status.FAIL, Status.WARN)}
    return faults <= {"special-use-suffix"} and verdict_of(findings) is not NameVerdict.BAD
