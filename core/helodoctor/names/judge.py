"""The rules put together: one HELO name, every finding, one verdict."""

from __future__ import annotations

from helodoctor.model import Finding, NameKind, NameReport, NameVerdict, Status
from helodoctor.names.faults import fault
from helodoctor.names.grammar import parse


def check(name: str, *, ip: str | None = None) -> NameReport:
    """Judge ``name`` offline; ``ip`` is the address the server sends from, if known. Predictions stay empty."""
    read = parse(name)
    cause = fault(name)
    status = Status.FAIL if cause else Status.PASS
    rule = "single-label" if read.kind is NameKind.SINGLE_LABEL else "bare-ip" if read.kind is NameKind.BARE_IP else "bad-character"
    return NameReport(
        name=name,
        normalized=read.normalized,
        kind=read.kind,
        verdict=NameVerdict.BAD if cause else NameVerdict.GOOD,
        findings=(Finding(id=rule, status=status, source="RFC 5321 4.1.2"),),
    )
