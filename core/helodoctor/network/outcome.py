"""From a dialogue to a trial: where it was refused, by which reply, and what that proves (``contract.md``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from helodoctor.model import Call, Cause, Diagnosis, Line, Stage, Tls, Trial, TrialPlan, TrialVerdict
from helodoctor.network.banners import judges_early
from helodoctor.wire import replies

_UNREACHABLE = frozenset(
    {
        "host-not-found",
        "dns-unanswered",
        "null-mx",
        "connect-timeout",
        "connection-refused",
        "no-route",
        "source-unavailable",
        "only-this-server",
        "no-internet",
    }
)
_BLOCKED = frozenset({"connect-denied", "port-25-blocked", "port-25-closed", "port-25-intercepted"})


class Ending(Struct, frozen=True, kw_only=True):
    """What is known of a conversation beside its lines."""

    obstacle: str | None = None
    stopped_at: Stage = Stage.UNKNOWN
    address: str | None = None
    source_address: str | None = None
    tls: Tls | None = None
    extensions: tuple[str, ...] = ()
    started: str = ""
    origin: Literal["live", "pasted"] = "live"


class _Said(Struct, frozen=True):
    """A reply taken apart; of several lines the last one's code counts."""

    stage: Stage
    code: int
    enhanced: str | None
    text: str


def _judged(lines: Sequence[Line]) -> list[_Said]:
    """The replies that count, in order; those to RSET and QUIT have no stage and do not."""
    heard = (line for line in lines if line.speaker == "server" and line.stage is not Stage.UNKNOWN)
    return [said for line in heard if (said := _said(line)) is not None]


def _said(line: Line) -> _Said | None:
    reply = replies.parse(line.text)
    last = line.text.rpartition("\n")[2][:3]
    if not re.fullmatch(r"[2-5][0-9]{2}", last):
        return None
    text = reply.text if reply.code is not None else replies.one_line(line.text[3:])
    return _Said(line.stage, int(last), reply.enhanced, text)


def _decisive(lines: Sequence[Line], stage: Stage) -> list[Line]:
    """The lines without refusals that were got over, such as an EHLO that was followed by a welcome HELO."""
    return [line for line in lines if line.speaker == "us" or line.stage is stage or not _refuses(line)]


def _refuses(line: Line) -> bool:
    said = _said(line)
    return said is None or said.code >= 400


def _verdict(lines: Sequence[Line], last: _Said | None, obstacle: str | None) -> TrialVerdict:
    # A refused STARTTLS is no refusal of the mail, unless the server hangs up with it.
    if last is not None and last.code >= 400 and (last.stage is not Stage.STARTTLS or last.code == 421):
        return TrialVerdict.REFUSED if last.code >= 500 else TrialVerdict.TEMPFAIL
    if obstacle in _UNREACHABLE:
        return TrialVerdict.UNREACHABLE
    if obstacle in _BLOCKED:
        return TrialVerdict.BLOCKED
    if obstacle is None and last is not None and _proves(lines, last):
        return TrialVerdict.ACCEPTED
    return TrialVerdict.UNDETERMINED


def _proves(lines: Sequence[Line], yes: _Said) -> bool:
    """Whether this kind answer is one to the name: many servers judge it no earlier than at RCPT."""
    return yes.stage in (Stage.RCPT, Stage.DATA) or (yes.stage is Stage.HELO and judges_early(lines))


def _diagnosis(lines: Sequence[Line], name: str) -> Diagnosis:
    from helodoctor import bounce  # takes longer to load than the rest of a trial takes; a yes does without

    return bounce.diagnose_dialogue(lines, name)


def _cause(verdict: TrialVerdict, diagnosis: Diagnosis | None, name: str) -> Cause:
    if diagnosis is not None:
        # "Say HELO first" after a HELO is a server that has lost its place; only an empty name can be missing.
        return Cause.UNKNOWN if diagnosis.cause is Cause.HELO_MISSING and name else diagnosis.cause
    return Cause.ACCEPTED if verdict is TrialVerdict.ACCEPTED else Cause.UNKNOWN


def explained(trial: Trial, obstacle: str, calls: tuple[Call, ...]) -> Trial:
    """``trial`` with the ``obstacle`` that calls of other servers brought to light."""
    verdict = _verdict(trial.dialogue, None, obstacle)
    return replace(trial, obstacle=obstacle, verdict=verdict, calls=calls)


def conclude(plan: TrialPlan, lines: Sequence[Line], ending: Ending) -> Trial:
    """Read a finished conversation of ``plan``; a live one and a pasted one are read alike."""
    said = _judged(lines)
    last = said[-1] if said else None
    verdict = _verdict(lines, last, ending.obstacle)
    no = verdict in (TrialVerdict.REFUSED, TrialVerdict.TEMPFAIL)
    diagnosis = _diagnosis(_decisive(lines, last.stage), plan.name) if no and last else None
    return Trial(
        plan=plan,
        verdict=verdict,
        dialogue=tuple(lines),
        address=ending.address,
        source_address=ending.source_address,
        refused_at=last.stage if no and last else None,
        reached=last.stage if last else Stage.UNKNOWN,
        reply_code=last.code if last else None,
        enhanced_code=last.enhanced if last else None,
        reply_text=last.text if last else None,
        cause=_cause(verdict, diagnosis, plan.name),
        diagnosis=diagnosis,
        obstacle=ending.obstacle,
        stopped_at=ending.stopped_at,
        tls=ending.tls,
        extensions=ending.extensions,
        started=ending.started,
        origin=ending.origin,
    )
