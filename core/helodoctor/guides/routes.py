"""Which chapters and letters a case needs: a function of cause, direction and role, read from ``guides/book.toml``."""

from __future__ import annotations

from helodoctor.guides.places import Places
from helodoctor.knowledge.senders import guide_book
from helodoctor.model import Case, Cause, Direction, Role, Verdict


def _route_key(case: Case, facts: Places) -> str:
    """The route this case takes: its cause, unless another's server is at fault."""
    diagnosis = case.diagnosis
    if diagnosis is None:
        return Cause.UNKNOWN
    if diagnosis.verdict is Verdict.HELO and diagnosis.report.role is Role.FORWARDER:
        return "forwarder"
    return "faultless-name" if diagnosis.cause in _DISPUTABLE and "faultless" in facts else diagnosis.cause


# Refusals that a name can meet although nothing is wrong with it.
_DISPUTABLE = (Cause.HELO_UNSPECIFIED, Cause.HELO_UNRESOLVABLE, Cause.HELO_MISMATCH)


def _direction(case: Case) -> Direction:
    return case.diagnosis.report.direction if case.diagnosis else Direction.UNKNOWN


def chapters_of(case: Case, facts: Places) -> tuple[str, ...]:
    """The ids of the chapters, in order; the switch is left out where the name stays as it is."""
    route = guide_book().routes[_route_key(case, facts)]
    logs_in = _direction(case) is Direction.SUBMISSION
    chapters = route.submission if logs_in and route.submission else route.relay
    if "same-name" in facts:
        chapters = tuple(chapter for chapter in chapters if chapter != "switch")
    own_log = case.diagnosis is not None and case.diagnosis.report.role is Role.RECEIVER and not logs_in
    return ("received-here", *chapters) if own_log and "switch" in route.relay else chapters


def letters_of(case: Case, facts: Places) -> tuple[str, ...]:
    """The ids of the letters whose facts are known."""
    book = guide_book()
    keys = (*book.routes[_route_key(case, facts)].letters, *(("helpdesk",) if "system-open" in facts else ()))
    return tuple(key for key in keys if set(book.letters[key].needs) <= facts.keys())
