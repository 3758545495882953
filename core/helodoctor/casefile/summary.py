"""A saved case in one small line, read many times faster than the case itself is opened and checked."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from helodoctor.casefile.document import SIZE_BOUND, CaseFile, check_size, decode
from helodoctor.knowledge.senders import all_systems
from helodoctor.model import Case, HeloDoctorError, InputProblem, Proof, ProofState, Verdict

State = Literal["prepared", "open", "innocent", "half", "fixed", "unread"]


class Summary(Struct, frozen=True, kw_only=True):
    """What a list shows of one case. ``state``: how far it is; ``trouble``: why it could not be read.

    ``needle`` is everything a search looks into, without regard to case.
    """

    path: str
    state: State
    id: str = ""
    saved: datetime | None = None
    page: str = ""
    name: str = ""
    new_name: str = ""
    cause: str = ""
    receiver: str = ""
    system: str = ""
    helpdesk: str = ""
    trials: int = 0
    trouble: HeloDoctorError | None = None
    needle: str = ""


def summarise(path: str | os.PathLike[str]) -> Summary:
    """The line of one file; one that cannot be read says so instead of raising."""
    place = os.fspath(path)
    try:
        with open(place, "rb") as stream:  # noqa: PTH123 (Path.open takes as long again)
            file = _file(stream.read(SIZE_BOUND + 1))
        return _of(place, file)
    except HeloDoctorError as fault:
        return Summary(path=place, state="unread", trouble=fault, needle=_needle(place))
    except (OSError, ValueError) as fault:
        reason = (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
        trouble = InputProblem("file-unreadable", path=place, reason=reason)
        return Summary(path=place, state="unread", trouble=trouble, needle=_needle(place))


def _file(data: bytes) -> CaseFile:
    """The file as it is typed; what else has to be true of it is checked when it is opened."""
    check_size(data)
    try:
        return msgspec.json.decode(data, type=CaseFile)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return decode(data).file  # a newer one, or the sentence that says why not


def _of(place: str, file: CaseFile) -> Summary:
    case = file.case
    unknown = case.system is not None and case.system not in all_systems()
    if unknown or case.chosen not in range(max(1, len(case.diagnoses))):
        raise InputProblem("case-broken")
    report = case.diagnosis.report if case.diagnosis else None
    people = (report.sender, report.recipient) if report else ()
    line = Summary(
        path=place,
        state=state(case),
        id=file.id,
        saved=file.saved,
        page=file.page,
        name=case.name or "",
        new_name=case.new_name or "",
        cause=case.diagnosis.cause.value if case.diagnosis else "",
        receiver=(report.receiver.host or report.receiver.provider or "") if report else "",
        system=case.system or "",
        helpdesk=case.session.helpdesk if case.session else "",
        trials=len(case.trials),
    )
    told = (line.name, line.new_name, line.cause, line.receiver, line.system, line.helpdesk, line.id)
    return replace(line, needle=_needle(place, *told, *people))


def _needle(place: str, *texts: str | None) -> str:
    return "\n".join((Path(place).stem, *filter(None, texts))).casefold()


def state(case: Case) -> State:
    """How far the case is."""
    proof = Proof.of(case).state
    if proof is ProofState.FIXED:
        return "fixed"
    if proof is not ProofState.NOTHING:
        return "half"
    if case.diagnosis is None:
        return "prepared" if case.session else "open"
    return "innocent" if case.diagnosis.verdict in (Verdict.NOT_HELO, Verdict.ACCEPTED) else "open"
