"""Running a trial from a page: one at a time, its lines shown as they are spoken, stopped at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from helodoctor import receivers, steps
from helodoctor.model import Case, Line, TrialPlan
from helodoctor_gui import tasks
from helodoctor_gui.language import words


class Runner(QObject):
    """Starts trials for one page. ``done`` brings the case with the new trial, ``failed`` the fault."""

    line = Signal(object)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: tasks.Task | None = None

    @property
    def running(self) -> bool:
        """Whether a conversation is on."""
        return self._task is not None

    def start(self, case: Case, plan: TrialPlan) -> None:
        """Carry out ``plan``, on the practice server where it names a policy."""
        task = self._task = tasks.start(_run, case, plan)
        task.told.connect(self.line)
        task.done.connect(self._finished(self.done))
        task.failed.connect(self._finished(self.failed))

    def _finished(self, signal: object) -> Callable[[object], None]:
        def pass_on(result: object) -> None:
            self._task = None
            signal.emit(result)  # type: ignore[attr-defined]

        return pass_on

    def stop(self) -> None:
        """Hang up now; nothing more arrives from this trial."""
        if self._task is not None:
            self._task.cancel()
            self._task = None


async def _run(case: Case, plan: TrialPlan, tell: Callable[[Line], None]) -> Case:
    if plan.target.policy is not None:
        return await steps.practise(case, plan, tell)
    return await steps.attempt(case, plan, tell)


def policy_titles() -> dict[str, str]:
    """Whose rules the practice server can follow, by id, the usual one first."""
    return {policy: policy_title(policy) for policy in receivers.policies()}


def policy_title(policy: str) -> str:
    """One of them, in the language in force."""
    return words().sentence("policies", policy, "title")
