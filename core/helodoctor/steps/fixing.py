"""Page 6: the guide for the chosen mail system, and its ticks."""

from __future__ import annotations

from msgspec.structs import replace

from helodoctor import guides
from helodoctor.model import Case


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

    Raises:
        InputProblem: there is no such system, or the new name is none that could be set.
    """
    planned = replace(case, system=system, new_name=new_name)
    guide = guides.plan(planned)
    ids = {step.id for step in guide.steps}
    return replace(planned, guide=guide, ticks=tuple(tick for tick in case.ticks if tick in ids))


def tick(case: Case, step_id: str, done: bool) -> Case:
    """Mark a step of the guide as done, or not."""
    others = tuple(known for known in case.ticks if known != step_id)
    return replace(case, ticks=(*others, step_id) if done else others)
