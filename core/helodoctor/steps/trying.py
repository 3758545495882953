"""Page 5: the live trial, on a real server or on the practice server."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from helodoctor import receivers
from helodoctor.model import Case, Line, Report, Target, Trial, TrialPlan

if TYPE_CHECKING:
    from helodoctor.network.deadline import Deadline

_CODES = re.compile(r"^\d{3}[ -](\d\.\d{1,3}\.\d{1,3} )?")  # RFC 5321 4.2, RFC 3463 2


def trial_plan(case: Case, name: str, target: Target) -> TrialPlan:
    """The trial this case calls for: the recipient a helpdesk proposes or the failing one, else greeting only."""
    report = case.diagnosis.report if case.diagnosis else None
    proposed = case.session.recipient if case.session else None
    recipient = proposed or (report.recipient if report else None)
    return TrialPlan(
        target=target,
        name=name,
        sender=(report.sender or "") if report else "",
        recipient=recipient,
        stop_after="rcpt" if recipient else "ehlo",
    )


async def attempt(
    case: Case, plan: TrialPlan, on_line: Callable[[Line], None] | None = None, *, deadline: Deadline | None = None
) -> Case:
    """Carry out ``plan`` and keep the trial; ``on_line`` sees every line as it is spoken.

    ``deadline`` (default: ``plan.timeout``) may be extended from outside while the trial runs.

    Raises:
        InputProblem: the name or an address may not go on the wire.
        NetworkProblem: the trial may not start now (limits of ``design.md``).
    """
    from helodoctor.network import probe

    trial = await probe.probe(plan, on_line=on_line, deadline=deadline)
    return replace(case, target=plan.target, trials=(*case.trials, trial))


async def ask_way_out(case: Case) -> Case:
    """After a trial that reached nobody: call well-known servers to tell a closed port 25 from a server that is away.

    Raises:
        NetworkProblem: the limit allows none of the calls now.
    """
    from helodoctor.network import way_out

    *before, last = case.trials
    return replace(case, trials=(*before, await way_out.find_out(last)))


def practice_plan(case: Case, name: str, policy: str) -> TrialPlan:
    """Like :func:`trial_plan`, for a practice server with ``policy``, whose port is known only when it runs."""
    plan = trial_plan(case, name, Target(host="127.0.0.1", port=0, policy=policy))
    if plan.recipient:
        return plan
    return replace(plan, sender="office@sender.example", recipient="user@receiver.example", stop_after="rcpt")


def likely_policy(case: Case) -> str:
    """The practice policy whose refusal is most like the one in the bounce of ``case``; the usual one where none is."""
    report = case.diagnosis.report if case.diagnosis else None
    policies, facts = receivers.policies(), receivers.Facts()
    if report is None or not report.refused or not case.name:
        return policies[0]
    return max(policies, key=lambda policy: _likeness(receivers.decide(policy, case.name or "", facts), report))


def _likeness(decision: receivers.Decision, report: Report) -> int:
    """0 where the code is another one; the words weigh more than the point of the conversation."""
    if decision.code is None or decision.code != report.reply_code:
        return 0
    said = _folded(report.reply_text or "")
    lines = decision.lines(recipient=report.recipient or "", sender=report.sender or "")
    same_words = all(_folded(_CODES.sub("", line)) in said for line in lines)
    return 2 * same_words + (decision.stage is report.stage)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


async def practise(case: Case, plan: TrialPlan, on_line: Callable[[Line], None] | None = None) -> Case:
    """Carry out ``plan`` on a practice server that lives as long as the trial; the case keeps its own target.

    Raises:
        InputProblem: there is no such policy, or the name or an address may not go on the wire.
    """
    from helodoctor.network.practice import PracticeServer

    policy = plan.target.policy or receivers.policies()[0]
    async with PracticeServer(policy) as server:
        target = Target(host=server.host, port=server.port, policy=policy)
        tried = await attempt(case, replace(plan, target=target), on_line)
    return replace(tried, target=case.target)


def add_trial(case: Case, trial: Trial) -> Case:
    """Keep a trial that ran while the case went on."""
    return replace(case, trials=(*case.trials, trial))


def read_trial(case: Case, text: str) -> Case:
    """Take the pasted output of the script (or any transcript) as a trial like any other.

    Raises:
        InputProblem: the text is empty or shows no conversation.
    """
    from helodoctor.network import pasted

    return add_trial(case, pasted.read(text))
