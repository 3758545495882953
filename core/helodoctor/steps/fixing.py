"""Page 6: the guide for the chosen mail system, its ticks and waits, and what the DNS says of the new name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from helodoctor import guides, names
from helodoctor.model import Case, Finding, Guide, NameReport, Reason, Status, StepNumber, Wait
from helodoctor.steps.judging import asked, assess

_DAY = 24 * 60


def likely_system(case: Case) -> str | None:
    """The id of the mail system that wrote the text, where the text names one there is a guide for."""
    software = case.diagnosis.report.reporter.software if case.diagnosis else None
    if software is None:
        return None
    wanted = software.casefold()
    known = (system for system in guides.systems() if system.has_guide)
    return next((system.id for system in known if wanted in (system.id, system.title.casefold())), None)


def plan_fix(case: Case, system: str, new_name: str | None) -> Case:
    """Make the guide for ``system`` and ``new_name``; ticks of steps that are in both guides stay.

    What the DNS said stays as long as the name does; of the name the server has already, page 4 may have asked it.

    Raises:
        InputProblem: there is no such system, or the new name is none that could be set.
    """
    planned = replace(case, system=system, new_name=new_name)
    if not _same(new_name, case.new_name):
        known = case.judgement if _same(new_name, case.name) else None
        planned = _answered(planned, known)
    numbers = _worked_with(case)
    guide = guides.plan(planned, {given.step: given.number for given in numbers})
    ids = {step.id for step in guide.steps}
    return replace(
        planned,
        guide=guide,
        ticks=tuple(tick for tick in case.ticks if tick in ids),
        waits=tuple(wait for wait in case.waits if wait.step in ids),
        numbers=numbers,
    )


def _worked_with(case: Case) -> tuple[StepNumber, ...]:
    """The numbers that no other step may get any more: those of every guide in which something was done.

    Until then a guide made anew begins with 6a: a name typed, or an answer of the DNS, brings steps in between.
    """
    given = {number.step: number.number for number in case.numbers}
    if case.ticks or case.waits:
        given |= _numbers(case.guide)
    return tuple(StepNumber(step=step, number=number) for step, number in given.items())


def _numbers(guide: Guide | None) -> dict[str, str]:
    return {step.id: step.number for step in guide.steps} if guide else {}


async def ask_new_name(case: Case, resolver: str | None = None) -> Case:
    """Ask the DNS about the new name, and make the guide anew: its DNS steps are there only where DNS is not right.

    Raises:
        InputProblem: no new name is chosen, or it is none that could be set.
        NetworkProblem: this machine names no name server.
    """
    guide = guides.plan(case)
    if guide.name is None:
        return case
    ip = case.sending_address
    answered = await asked(assess(guide.name, ip), ip, resolver)
    return plan_fix(_answered(case, answered), guide.system, case.new_name)


def answered(case: Case, asked_about: Case) -> Case:
    """``case``, which went on meanwhile, with what the DNS said of its new name, unless that is another by now."""
    if case.system is None or not _same(case.new_name, asked_about.new_name):
        return case
    return plan_fix(_answered(case, asked_about.new_judgement), case.system, case.new_name)


def _answered(case: Case, judgement: NameReport | None) -> Case:
    """The case with what is known of its new name; addresses only where the DNS gave an answer."""
    return replace(case, new_judgement=judgement, addresses=_addresses(judgement))


def _addresses(judgement: NameReport | None) -> tuple[str, ...] | None:
    found = _finding(judgement, "name-address")
    if found is None or found.status is Status.SKIPPED:
        return None
    told = next((value.value for value in found.evidence if value.name == "addresses"), "")
    return tuple(address for address in told.split(", ") if address)


def _finding(judgement: NameReport | None, check: str) -> Finding | None:
    return next((found for found in judgement.findings if found.id == check), None) if judgement else None


def _same(one: str | None, other: str | None) -> bool:
    read = [names.parse(name).normalized if name else "" for name in (one, other)]
    return read[0] == read[1]


def stuck(case: Case, step_id: str) -> tuple[Reason, ...]:
    """Why a step may not have worked, the likeliest reason first; the last is a hand-over to a person."""
    return guides.reasons(case, step_id)


def tick(case: Case, step_id: str, done: bool) -> Case:
    """Mark a step of the guide as done, or not; what is done is not waited for."""
    others = tuple(known for known in case.ticks if known != step_id)
    return replace(_forget(case, step_id) if done else case, ticks=(*others, step_id) if done else others)


def minutes_to_wait(case: Case, step_id: str) -> int | None:
    """How long until it makes sense to look at a step again; ``None`` for one that shows at once.

    For the new name's address the DNS has said itself how long it keeps its answer (TTL), at most a day.
    """
    steps = case.guide.steps if case.guide else ()
    usual = next((step.minutes for step in steps if step.id == step_id), None)
    found = _finding(case.new_judgement, "name-address")
    told = next((value.value for value in found.evidence if value.name == "minutes"), None) if found else None
    if usual is None or told is None or not told.isdecimal() or step_id not in _ADDRESS_STEPS:
        return usual
    return min(_DAY, int(told))


_ADDRESS_STEPS = ("address.check-address", "address.wait-address")


def wait_for(case: Case, step_id: str, now: datetime | None = None) -> Case:
    """Note when to look at a step again, counted from ``now``; a step that shows at once is not waited for."""
    minutes = minutes_to_wait(case, step_id)
    if minutes is None:
        return case
    until = (now or datetime.now(UTC)) + timedelta(minutes=minutes)
    wait = Wait(step=step_id, until=until.isoformat(timespec="seconds"))
    return replace(case, waits=(*_forget(case, step_id).waits, wait))


def _forget(case: Case, step_id: str) -> Case:
    return replace(case, waits=tuple(wait for wait in case.waits if wait.step != step_id))
