"""Case in, case out: the one composition of all stages, shared by the window and the command line.

Reading, judging, planning are plain functions; the trial is a coroutine. None of them makes a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from helodoctor import guides, names, receivers
from helodoctor.model import (
    Announcement,
    BounceKind,
    Case,
    Direction,
    InputProblem,
    Line,
    NameReport,
    NameSource,
    Proof,
    Report,
    Role,
    Target,
    Trial,
    TrialPlan,
)

if TYPE_CHECKING:
    from helodoctor.network.deadline import Deadline

RELAY_PORT, SUBMISSION_PORT = 25, 587

_PROOF_BY_KIND: dict[BounceKind, Literal["received", "log", "bounce"]] = {
    BounceKind.HEADERS: "received",
    BounceKind.LOG: "log",
}


def read(case: Case, text: str | bytes, sample: str | None = None) -> Case:
    """Read what was pasted. The same text again keeps every answer given since; a new text starts a new case.

    Raises:
        InputProblem: the text is empty.
    """
    from helodoctor import bounce as bounces  # 50 ms that judging a name does not need

    bounce = bounces.read(text)
    if case.bounce == bounce and case.sample == sample:
        return case
    fresh = Case(bounce=bounce, diagnoses=bounces.diagnose(bounce), sample=sample)
    return choose(fresh, 0)


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
    return replace(
        chosen,
        name=name or None,
        name_source="bounce" if name else None,
        target=Target(host=host, port=port) if host else None,
    )


def take_part(case: Case, role: Role) -> Case:
    """The answer to "Are you the one who sends?", where the text left open whose it is."""
    diagnoses = tuple(
        replace(diagnosis, report=replace(diagnosis.report, role=role)) if index == case.chosen else diagnosis
        for index, diagnosis in enumerate(case.diagnoses)
    )
    return replace(case, diagnoses=diagnoses)


def announce(case: Case, name: str | None, source: NameSource = "typed") -> Case:
    """Take the answer of the name page; ``None`` is "I don't know". A changed name drops the old one's judgement."""
    name = name.strip() or None if name else None
    if name == case.name and case.name_unknown == (name is None):
        return case
    return replace(
        case,
        name=name,
        name_source=(case.name_source if name == case.name else source) if name else None,
        name_unknown=name is None,
        judgement=None,
        guide=None,
        ticks=(),
    )


def assess(
    name: str, ip: str | None = None, *, receiver: str | None = None, domain: str | None = None, only: str | None = None
) -> NameReport:
    """One name, judged offline by the rules and by every receiver that is known.

    ``ip`` is the address it is announced from, ``receiver`` the host it is announced to, ``domain`` the user's own mail
    domain; ``only`` is the id of the one receiver to be heard.

    Raises:
        InputProblem: there is no receiver ``only``.
    """
    if only is not None and all(known.id != only for known in receivers.receivers()):
        raise InputProblem("receiver-unknown", receiver=only)
    report = names.check(name, ip=ip, receiver=receiver, domain=domain)
    return replace(report, predictions=receivers.predict(name, receivers.Facts(ip=ip), only))


def judge(case: Case) -> Case:
    """Judge the case's name offline, with what the bounce shows of the client, the receiver and the sender."""
    if case.name is None:
        return replace(case, judgement=None)
    report = case.diagnosis.report if case.diagnosis else Report(text="")
    judgement = assess(case.name, report.client_ip, receiver=report.receiver.host, domain=_own_domain(report))
    return replace(case, judgement=judgement)


def _own_domain(report: Report) -> str | None:
    """The sender's mail domain, unless it is somebody else's: no suggestion may lie there."""
    if report.role in (Role.RECEIVER, Role.FORWARDER):
        return None
    own, theirs = ((address or "").rpartition("@")[2].lower() for address in (report.sender, report.recipient))
    others = {f".{theirs}", f".{(report.receiver.host or '').lower()}"} - {"."}
    near = any(other.endswith(f".{own}") or f".{own}".endswith(other) for other in others)
    return own if own and not near else None


def trial_plan(case: Case, name: str, target: Target) -> TrialPlan:
    """The trial this case calls for: the failing addresses where the bounce shows them, else greeting only."""
    report = case.diagnosis.report if case.diagnosis else None
    recipient = report.recipient if report else None
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


def practice_plan(case: Case, name: str, policy: str) -> TrialPlan:
    """Like :func:`trial_plan`, for a practice server with ``policy``, whose port is known only when it runs."""
    plan = trial_plan(case, name, Target(host="127.0.0.1", port=0, policy=policy))
    if plan.recipient:
        return plan
    return replace(plan, sender="office@sender.example", recipient="user@receiver.example", stop_after="rcpt")


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


async def listen(
    case: Case,
    on_open: Callable[[Target], object] | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
) -> Case:
    """Wait until a server greets the listener and keep the name it says; cancel to stop waiting.

    ``on_open`` is told where the listener is, once it is.
    """
    import asyncio

    from helodoctor.network.listener import Greeting, Listener

    heard: asyncio.Queue[Greeting] = asyncio.Queue()
    async with Listener(heard.put_nowait, host, port) as listener:
        if on_open is not None:
            on_open(Target(host=listener.host, port=listener.port))
        greeting = await heard.get()
    told = Announcement(name=greeting.name, source="listener", time=greeting.time, client=greeting.client)
    return hear(case, told)


async def hear_sample(case: Case, name: str) -> Case:
    """For the samples: the built-in sender, set to ``name``, greets the listener."""
    import asyncio

    from helodoctor.network.sender import Sender

    deliveries: list[asyncio.Task[object]] = []

    def deliver(target: Target) -> None:
        deliveries.append(asyncio.ensure_future(Sender(name).deliver(target.host, target.port)))

    case = await listen(case, deliver)
    await asyncio.gather(*deliveries, return_exceptions=True)
    return case


def reread(case: Case, text: str | bytes) -> Case:
    """Take a fresh log line, bounce or delivered message as proof: the names it shows as announced are kept.

    Of a delivered message the Received line of the mailbox's own server counts, the topmost that shows a name.

    Raises:
        InputProblem: the text is empty, or shows no announced name.
    """
    from helodoctor import bounce as bounces

    now = datetime.now(UTC).isoformat(timespec="seconds")
    shown = [report for report in bounces.read(text).reports if report.helo_name]
    if not shown:
        name, client = _received(text)
        return hear(case, Announcement(name=name, source="received", time=now, client=client))
    for report in shown:
        source = _PROOF_BY_KIND.get(report.kind, "bounce")
        case = hear(case, Announcement(name=report.helo_name or "", source=source, time=now, client=report.client_ip))
    return case


def _received(text: str | bytes) -> tuple[str, str | None]:
    """Name and client address of the topmost Received line that shows a name."""
    from helodoctor.wire.received import hops

    headers = text if isinstance(text, str) else text.decode("utf-8", "replace")
    for hop in hops(headers):
        if hop.helo:
            return hop.helo, hop.ip
    raise InputProblem("no-name-in-text")


def add_trial(case: Case, trial: Trial) -> Case:
    """Keep a trial that ran while the case went on."""
    return replace(case, trials=(*case.trials, trial))


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


def hear(case: Case, announcement: Announcement) -> Case:
    """Keep a name the server was heard or seen to announce."""
    return replace(case, announcements=(*case.announcements, announcement))


def proof(case: Case) -> Proof:
    """The two facts for the new name, from the latest announcement and the latest trial of it."""
    return Proof.of(case)
