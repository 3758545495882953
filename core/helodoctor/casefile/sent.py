"""The helpdesk's side of a prepared session: what was sent is kept, so that what comes back can be compared with it."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from helodoctor.casefile.document import CaseFile, stamped
from helodoctor.casefile.store import SUFFIX, open_file, save
from helodoctor.folders import data_folder
from helodoctor.model import HeloDoctorError, InputProblem, PageId, Reply, Session
from helodoctor.model.session import MANY_BOUND


def sent_folder() -> Path:
    """Where the latest state of every case that was sent lies."""
    return data_folder() / "sent"


def send(file: CaseFile, path: Path) -> None:
    """Write ``file`` to ``path``, and keep what was sent.

    Raises:
        InputProblem: one of the two cannot be written.
    """
    save(file, path)
    kept = _kept(file)
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise InputProblem("file-unwritable", path=str(kept.parent), reason=fault.strerror or str(fault)) from fault
    save(file, kept)


def sent(file: CaseFile) -> CaseFile | None:
    """The case as it was sent last, if this helpdesk sent it and still has it."""
    try:
        return open_file(_kept(file)).file
    except HeloDoctorError:
        return None


def _kept(file: CaseFile) -> Path:
    return sent_folder() / f"{file.id}{SUFFIX}"


def answered(file: CaseFile, text: str, page: PageId | None = None, helpdesk: str = "") -> CaseFile:
    """``file`` with one reply more; of very many the latest stay. ``helpdesk`` is who answers where nobody prepared."""
    session = file.case.session or Session(helpdesk=helpdesk)
    told = stamped(file, file.case, file.page)  # for its time
    replies = (*session.replies, Reply(text=text, time=told.saved, page=page))[-MANY_BOUND:]
    return replace(told, case=replace(file.case, session=replace(session, replies=replies)))
