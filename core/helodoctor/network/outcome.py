"""From a dialogue to a trial: where it was refused, by which reply, and what that proves (``contract.md``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from helodoctor import bounce
from helodoctor.model import Cause, Diagnosis, Line, Stage, Tls, Trial, TrialPlan, TrialVerdict

_UNREACHABLE = frozenset({"host-not-found", "dns-unanswered", "connect-timeout", "connection-refused", "no-route"})
_BLOCKED = frozenset({"connect-denied"})
_ORDER = (Stage.CONNECT, Stage.HELO, Stage.STARTTLS, Stage.AUTH, Stage.MAIL, Stage.RCPT)
_CODES = re.compile(r"([2-5]\d\d)[ -]?(?:([245]\.\d{1,3}\.\d{1,3})\s)?")


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
    stage: Stage
    code: int
    enhanced: str | None
    text: str


def _said(line: Line) -> _Said | None:
    """A reply taken apart; ``None`` for what is no SMTP reply."""
    rows = line.text.split("\n")
    found = [_CODES.match(row) for row in rows]
    last = found[-1]
    if last is None:
        return None
    enhanced = next((match[2] for match in found if match and match[2]), None)
    text = " ".join(row[match.end() :] if match else row for row, match in zip(rows, found, strict=True))
    return _Said(line.stage, int(last[1]), enhanced, text.strip())


def _judged(lines: Sequence[Line]) -> list[_Said]:
    """The replies that count, in order; the goodbye has no stage and does not."""
    said = (_said(line) for line in lines if line.speaker == "server" and line.stage in _ORDER)
    return [reply for reply in said if reply is not None]


def _verdict(plan: TrialPlan, last: _Said | None, obstacle: str | None) -> TrialVerdict:
    if last is not None and last.code >= 400 and last.stage is not Stage.STARTTLS:
        return TrialVerdict.REFUSED if last.code >= 500 else TrialVerdict.TEMPFAIL
    if obstacle in _UNREACHABLE:
        return TrialVerdict.UNREACHABLE
    if obstacle in _BLOCKED:
        return TrialVerdict.BLOCKED
    if obstacle is None and last is not None and last.stage is Stage.RCPT and last.code // 100 == 2:
        return TrialVerdict.ACCEPTED
    return TrialVerdict.UNDETERMINED


def conclude(plan: TrialPlan, lines: Sequence[Line], ending: Ending) -> Trial:
    """Read a finished conversation of ``plan``; a live one and a pasted one are read alike."""
    replies = _judged(lines)
    last = replies[-1] if replies else None
    verdict = _verdict(plan, last, ending.obstacle)
    no = verdict in (TrialVerdict.REFUSED, TrialVerdict.TEMPFAIL)
    diagnose = getattr(bounce, "diagnose_dialogue", None)  # lands with the reader of bounces
    diagnosis: Diagnosis | None = diagnose(lines, plan.name) if lines and diagnose else None
    cause = diagnosis.cause if no and diagnosis else Cause.ACCEPTED if verdict is TrialVerdict.ACCEPTED else Cause.UNKNOWN
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
        cause=cause,
        diagnosis=diagnosis if no else None,
        obstacle=ending.obstacle,
        stopped_at=ending.stopped_at,
        tls=ending.tls,
        extensions=ending.extensions,
        started=ending.started,
        origin=ending.origin,
    )
