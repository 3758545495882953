"""Running a trial from a page: one at a time, its lines shown as they are spoken, given more time, stopped at once."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from helodoctor import receivers, steps
from helodoctor.model import Case, Line, TrialPlan, TrialVerdict
from helodoctor.network.deadline import Deadline
from helodoctor_gui import tasks
from helodoctor_gui.language import tr, words


class Runner(QObject):
    """Starts trials for one page. ``done`` brings the case with the new trial, ``failed`` the fault."""

    line = Signal(object)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: tasks.Task | None = None
        self._deadline: Deadline | None = None
        self._ends = 0.0

    @property
    def running(self) -> bool:
        """Whether a conversation is on."""
        return self._task is not None

    def start(self, case: Case, plan: TrialPlan) -> None:
        """Carry out ``plan``, on the practice server where it names a policy."""
        self._deadline, self._ends = Deadline(plan.timeout), time.monotonic() + plan.timeout
        self._begin(tasks.start(_run, case, plan, self._deadline)).told.connect(self.line)

    def check_port(self, case: Case) -> None:
        """Find out why the last trial of ``case`` reached nobody, by calling well-known servers."""
        self._begin(tasks.start(_check_port, case))

    def _begin(self, task: tasks.Task) -> tasks.Task:
        self._task = task
        task.done.connect(self._finished(self.done))
        task.failed.connect(self._finished(self.failed))
        return task

    def _finished(self, signal: object) -> Callable[[object], None]:
        def pass_on(result: object) -> None:
            self._task = None
            signal.emit(result)  # type: ignore[attr-defined]

        return pass_on

    @property
    def seconds_left(self) -> int:
        """Until the trial gives up by itself."""
        return max(0, round(self._ends - time.monotonic()))

    def extend(self, seconds: float) -> None:
        """Let the trial that runs wait ``seconds`` longer."""
        if self._deadline is not None:
            self._ends += seconds
            tasks.soon(self._deadline.extend, seconds)

    def stop(self) -> None:
        """Hang up now; nothing more arrives from this trial."""
        if self._task is not None:
            self._task.cancel()
            self._task = None


async def _run(case: Case, plan: TrialPlan, deadline: Deadline, tell: Callable[[Line], None]) -> Case:
    if plan.target.policy is not None:
        return await steps.practise(case, plan, tell)
    return await steps.attempt(case, plan, tell, deadline=deadline)


async def _check_port(case: Case, _tell: Callable[[object], None]) -> Case:
    return await steps.ask_way_out(case)


def policy_titles() -> dict[str, str]:
    """Whose rules the practice server can follow, by id, the usual one first."""
    return {policy: policy_title(policy) for policy in receivers.policies()}


def policy_title(policy: str) -> str:
    """One of them, in the language in force."""
    return words().sentence("policies", policy, "title")


def from_where(plan: TrialPlan) -> str:
    """Where the trial runs, and what that means."""
    if plan.target.policy:
        return tr("Both ends are on this computer. Nothing leaves it.")
    return tr(
        "From this computer to {server}. It ends before any mail is handed over. This computer may not be your mail "
        "server, so the answer is about this computer’s address too.",
        server=str(plan.target),
    )


def heading(verdict: TrialVerdict) -> str:
    """The page's heading once the trial is over."""
    return {
        TrialVerdict.ACCEPTED: tr("The server takes the name"),
        TrialVerdict.REFUSED: tr("The refusal, seen live"),
        TrialVerdict.TEMPFAIL: tr("The server puts it off"),
        TrialVerdict.BLOCKED: tr("The way to the server is blocked"),
        TrialVerdict.UNREACHABLE: tr("The server was not reached"),
        TrialVerdict.UNDETERMINED: tr("No clear answer"),
    }[verdict]


def awaited(server: str, last: Line | None, seconds: int) -> str:
    """What is awaited after the ``last`` line, and how many ``seconds`` the trial will go on waiting."""
    if last is None:
        return tr("Waiting for {server} to greet. {seconds} s left.", server=server, seconds=seconds)
    if last.speaker == "us":
        command = last.text[:60]
        return tr("Waiting for the answer to “{command}”. {seconds} s left.", command=command, seconds=seconds)
    return tr("Talking to {server} …", server=server)
