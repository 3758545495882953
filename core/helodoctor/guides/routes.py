"""Which chapters and letters a case needs: a function of cause, direction and role, read from ``guides/book.toml``."""

from __future__ import annotations

from helodoctor.guides.places import Places
from helodoctor.knowledge.senders import LetterData, guide_book
from helodoctor.model import Case, Cause, Direction, Role, Verdict


def _route_key(case: Case, facts: Places) -> str:
    """The route this case takes: its cause, unless another's server is at fault."""
    diagnosis = case.diagnosis
    if diagnosis is None:
        return Cause.UNKNOWN
    if diagnosis.verdict is Verdict.HELO and diagnosis.report.role is Role.FORWARDER:
        return "forwarder"
    if diagnosis.cause not in _DISPUTABLE:
        return diagnosis.cause
    if "reverse-wrong" in facts:
        return Cause.HELO_MISMATCH
    return "faultless-name" if "faultless" in facts else diagnosis.cause


# Refusals that a name can meet although nothing is wrong with it, or nothing but the reverse name of its address.
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


def letters_of(case: Case, facts: Places, step_ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the letters whose facts are known and which a step of the guide, by its id, asks for."""
    book = guide_book()
    keys = (*(("helpdesk",) if "system-open" in facts else ()), *book.routes[_route_key(case, facts)].letters)
    there = {step_id.partition(".")[0] for step_id in step_ids}
    return tuple(key for key in keys if _fits(book.letters[key], facts, there))


def _fits(letter: LetterData, facts: Places, there: set[str]) -> bool:
    return set(letter.needs) <= facts.keys() and (not letter.chapters or bool(there & set(letter.chapters)))
