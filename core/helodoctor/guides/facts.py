"""What a case knows, as named facts: the values that fill a guide's places, and the marks that choose its steps."""

from __future__ import annotations

from helodoctor import names
from helodoctor.guides.places import Places
from helodoctor.knowledge.senders import System
from helodoctor.model import Case, Cause, Direction, InputProblem, Report, Status, Verdict

REPLY_BOUND = 400
_UNIX = {"linux", "bsd", "macos", "unix", "docker", "any"}
VALUE_BOUND = 255


def usable_name(text: str) -> str:
    """A new name as it will be set: what the text means, well-formed and public.

    Raises:
        InputProblem: ``name-not-usable``; the name has a fault of its own (RFC 5321 4.1.2, RFC 1123 2.1).
    """
    name = names.parse(text).normalized
    if names.fault(name) is not None:
        raise InputProblem("name-not-usable", name=ascii(text)[1:-1][:VALUE_BOUND])
    return name


def facts_of(case: Case, system: System) -> Places:
    """Every fact of ``case`` a step may use. A mark, such as ``address-missing``, is a fact with an empty value.

    Raises:
        InputProblem: the new name is none that could be set.
    """
    known: dict[str, str | None] = {"system": system.id, **_names(case), **_marks(case), **_address(case)}
    if system.id == "unknown":
        known["system-open"] = ""
    if _UNIX & set(system.platforms):
        known["unix"] = ""
    if case.diagnosis:
        known |= _reported(case.diagnosis.report)
    return {key: value for key, value in known.items() if value is not None}


def _names(case: Case) -> dict[str, str | None]:
    new = _new_name(case)
    return {
        "name": new,
        "label": new.partition(".")[0] if new else None,
        "zone": new.partition(".")[2] if new else None,
        "old": _clean(case.name),
        "copy": f".before-{new}" if new else None,
    }


def _new_name(case: Case) -> str | None:
    """The name the server shall say; where the name is not to blame it keeps the one it has."""
    if case.new_name:
        return usable_name(case.new_name)
    blamed = case.diagnosis is None or case.diagnosis.verdict is not Verdict.NOT_HELO
    return None if blamed or not case.name or names.fault(case.name) else names.parse(case.name).normalized


def _address(case: Case) -> dict[str, str | None]:
    ip = case.sending_address
    return {"ip": _clean(ip), "record": ("AAAA" if ":" in ip else "A") if ip else None}


def _reported(report: Report) -> dict[str, str | None]:
    codes = [str(code) for code in (report.reply_code, report.enhanced_code) if code]
    reply = " ".join([*codes, report.reply_text or ""]).strip()
    return {
        "host": _clean(report.receiver.host),
        "reporter": _clean(report.reporter.host),
        "sender": _clean(report.sender),
        "recipient": _clean(report.recipient),
        "domain": _domain(report.recipient),
        "reply": _clean(reply, REPLY_BOUND),
    }


def _marks(case: Case) -> dict[str, str | None]:
    cause = case.diagnosis.cause if case.diagnosis else None
    same = bool(case.new_name and case.name and _same(case.new_name, case.name))
    ip = case.sending_address
    right = bool(case.addresses) and (ip is None or ip in (case.addresses or ()))
    unasked = case.addresses is None
    missing = not right and (not unasked or (same and cause is Cause.HELO_UNRESOLVABLE))
    marks = {
        "faultless": same and right and ip is not None and not _reverse_wrong(case),
        "reverse-wrong": same and right and _reverse_wrong(case),
        "same-name": same,
        "address-missing": missing,
        "address-unknown": unasked and not missing,
        "reverse-right": _reverse_right(case),
        "name-unknown": case.new_name is None,
        "logs-in": bool(case.diagnosis and case.diagnosis.report.direction is Direction.SUBMISSION),
    }
    return {mark: "" for mark, holds in marks.items() if holds}


def _reverse_right(case: Case) -> bool:
    """Whether the DNS was asked for the new name, and the reverse name of the address is that name."""
    return _reverse(case) is Status.PASS


def _reverse_wrong(case: Case) -> bool:
    """Whether the DNS says that the address has no reverse name, or another one."""
    return _reverse(case) in (Status.WARN, Status.FAIL)


def _reverse(case: Case) -> Status | None:
    findings = case.new_judgement.findings if case.new_judgement else ()
    told = {found.id: found.status for found in findings}
    return Status.FAIL if told.get("reverse-name") is Status.FAIL else told.get("reverse-matches-name")


def _same(one: str, other: str) -> bool:
    return one.rstrip(".").lower() == other.rstrip(".").lower()


def _domain(address: str | None) -> str | None:
    """The domain of a mail address, where it is one that mail can be sent to."""
    domain = names.parse((address or "").rpartition("@")[2])
    return domain.normalized if domain.normalized and names.fault(domain.normalized) is None else None


def _clean(value: str | None, bound: int = VALUE_BOUND) -> str | None:
    """A value from outside as one printable line of bounded length; ``None`` where nothing is left of it."""
    if not value:
        return None
    line = "".join(sign if sign.isprintable() else " " for sign in value[: 4 * bound])
    return " ".join(line.split())[:bound] or None
