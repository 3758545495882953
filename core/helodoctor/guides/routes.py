"""Which chapters and letters a case needs: a function of cause, direction and role, read from ``guides/book.toml``."""

from __future__ import annotations

from helodoctor.guides.places import Places
from helodoctor.knowledge.senders import Route, guide_book
from helodoctor.model import Case, Cause, Direction, Role, Verdict


def route_key(case: Case, facts: Places) -> str:
    """The route of ``guides/book.toml`` this case takes: its cause, unless another's server is at fault."""
    diagnosis = case.diagnosis
    if diagnosis is None:
        return Cause.HELO_UNSPECIFIED
    if diagnosis.verdict is Verdict.HELO and diagnosis.report.role is Role.FORWARDER:
        return "forwarder"
    return "faultless-name" if _receivers_fault(case, facts) else diagnosis.cause


def _receivers_fault(case: Case, facts: Places) -> bool:
    """A name that stays as it is, has an address, and was refused all the same."""
    cause = case.diagnosis.cause if case.diagnosis else Cause.UNKNOWN
    kept = "same-name" in facts and bool(case.addresses)
    return kept and cause in (Cause.HELO_UNSPECIFIED, Cause.HELO_UNRESOLVABLE)


def _route(case: Case, facts: Places) -> Route:
    return guide_book().routes[route_key(case, facts)]


def chapters_of(case: Case, facts: Places) -> tuple[str, ...]:
    """The ids of the chapters, in order."""
    route = _route(case, facts)
    submission = bool(case.diagnosis and case.diagnosis.report.direction is Direction.SUBMISSION)
    return route.submission if submission and route.submission else route.relay


def letters_of(case: Case, facts: Places) -> tuple[str, ...]:
    """The ids of the letters whose facts are known."""
    book = guide_book()
    return tuple(key for key in _route(case, facts).letters if set(book.letters[key].needs) <= facts.keys())
