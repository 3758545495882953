"""Page 7: the two facts, "your server says it" and "the receiver takes it"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from msgspec.structs import replace

from helodoctor.model import (
    Announcement,
    BounceKind,
    Case,
    Change,
    Finding,
    InputProblem,
    NameReport,
    Proof,
    Status,
    Target,
)
from helodoctor.steps.judging import assess

_PROOF_BY_KIND: dict[BounceKind, Literal["received", "log", "bounce"]] = {
    BounceKind.HEADERS: "received",
    BounceKind.LOG: "log",
}


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


def hear(case: Case, announcement: Announcement) -> Case:
    """Keep a name the server was heard or seen to announce."""
    return replace(case, announcements=(*case.announcements, announcement))


def proof(case: Case) -> Proof:
    """The two facts for the new name, from the latest announcement and the latest trial of it."""
    return Proof.of(case)


def changes(case: Case) -> tuple[Change, ...]:
    """What was wrong with the old name beside the same check of the new one, and what is wrong with the new one.

    The new name is checked by the rules alone until the DNS is asked for it (:func:`ask_new_name`).
    """
    if case.judgement is None or case.guide is None or case.guide.name is None:
        return ()
    ip = case.sending_address
    before, after = _by_id(case.judgement), _by_id(case.new_judgement or assess(case.guide.name, ip))
    wrong = [key for known in (before, after) for key, found in known.items() if found.status in _WRONG]
    return tuple(Change(before=before.get(key), after=after.get(key)) for key in dict.fromkeys(wrong))


_WRONG = (Status.FAIL, Status.WARN)


def _by_id(report: NameReport) -> dict[str, Finding]:
    return {finding.id: finding for finding in report.findings}
