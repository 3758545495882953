"""Pages 1 and 2: what was pasted becomes a case; which of several failures is meant, and whose text it is."""

from __future__ import annotations

from msgspec.structs import replace

from helodoctor.model import Case, Direction, InputProblem, Role, Session, Target
from helodoctor.organisation import profile

RELAY_PORT, SUBMISSION_PORT = 25, 587


def read(case: Case, text: str | bytes, sample: str | None = None) -> Case:
    """Read what was pasted. The same text again keeps every answer given since; a new text starts a new case,
    of which only what a helpdesk prepared was there before.

    Raises:
        InputProblem: the text is empty.
    """
    from helodoctor import bounce as bounces  # 50 ms that judging a name does not need

    bounce = bounces.read(text)
    if case.bounce == bounce and case.sample == sample:
        return case
    fresh = replace(prepared(case.session), bounce=bounce, diagnoses=bounces.diagnose(bounce), sample=sample)
    return choose(fresh, 0)


def prepared(session: Session | None) -> Case:
    """A case nothing was pasted into yet, with the answers a helpdesk proposes."""
    if session is None:
        return Case()
    return Case(session=session, target=session.target, system=session.system, new_name=session.name)


def choose(case: Case, index: int) -> Case:
    """Look at the ``index``-th of several reported failures; the name and the server to try come from it."""
    chosen = replace(case, chosen=index)
    diagnosis = chosen.diagnosis
    if diagnosis is None:
        return chosen
    report = diagnosis.report
    name = diagnosis.helo_name or report.helo_name
    port = SUBMISSION_PORT if report.direction is Direction.SUBMISSION else RELAY_PORT
    host = report.receiver.host
    proposed = case.session.target if case.session else None
    usual = Target(host=host, port=port) if host else _organisations_target()
    return replace(
        chosen,
        name=name or None,
        name_source="bounce" if name else None,
        target=proposed or usual,
    )


def _organisations_target() -> Target | None:
    """The server the organisation's profile proposes where the text names none."""
    wanted = profile().target
    if wanted is None:
        return None
    from helodoctor.network.target import parse

    try:
        return parse(wanted)
    except InputProblem:
        return None


def is_proposed(case: Case) -> bool:
    """Whether the server to try is a helpdesk's word, and not what the text shows."""
    named = case.diagnosis.report.receiver.host if case.diagnosis else None
    proposed = {case.session.target if case.session else None, _organisations_target()}
    return case.target is not None and case.target in proposed and case.target.host != named


def take_part(case: Case, role: Role) -> Case:
    """The answer to "Are you the one who sends?", where the text left open whose it is."""
    diagnoses = tuple(
        replace(diagnosis, report=replace(diagnosis.report, role=role)) if index == case.chosen else diagnosis
        for index, diagnosis in enumerate(case.diagnoses)
    )
    return replace(case, diagnoses=diagnoses)
