"""What differs between two states of one case, page by page: ids and values, worded by ``report.changes``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct

from helodoctor.casefile.document import CaseFile
from helodoctor.model import Case, PageId, Phrase, Proof, Trial

What = Literal[
    "begun", "page", "bounce", "cause", "name", "candidates", "judgement", "trial", "system", "new-name", "done",
    "undone", "heard", "proof", "note", "reply", "saved",
]  # fmt: skip
_FIRST_LINE = 120  # characters of a pasted text that tell it from another


class Change(Struct, frozen=True, kw_only=True):
    """One thing that is otherwise than before, or that happened.

    ``before`` and ``after`` are values or ids, ``""`` where there was or is nothing; ``said`` is the title of a step;
    ``time`` is when, where that is known.
    """

    page: PageId | None
    what: What
    before: str = ""
    after: str = ""
    said: Phrase | None = None
    time: datetime | None = None


def difference(before: CaseFile, after: CaseFile) -> tuple[Change, ...]:
    """What changed from ``before`` to ``after``, in the order of the walk; what was added comes one by one."""
    old, new = before.case, after.case
    single: tuple[tuple[PageId, What, Callable[[Case], str]], ...] = (
        ("paste", "bounce", _pasted),
        ("happened", "cause", lambda case: case.diagnosis.cause if case.diagnosis else ""),
        ("name", "name", lambda case: case.name or ""),
        ("judge", "judgement", lambda case: case.judgement.verdict if case.judgement else ""),
        ("fix", "system", lambda case: case.system or ""),
        ("fix", "new-name", lambda case: case.new_name or ""),
        ("fixed", "proof", lambda case: Proof.of(case).state),
    )
    found = [
        Change(page=page, what=what, before=of(old), after=of(new))
        for page, what, of in single
        if of(old) != of(new)
    ]
    found += [*_added(old, new), *_said(before, after)]
    if before.page != after.page:
        found.append(Change(page=None, what="page", before=before.page, after=after.page))
    return tuple(sorted(found, key=lambda change: _place(change.page)))


_PAGES: tuple[PageId | None, ...] = ("paste", "happened", "name", "judge", "try", "fix", "fixed", None)


def _place(page: PageId | None) -> int:
    return _PAGES.index(page)


def _pasted(case: Case) -> str:
    lines = case.bounce.text.split("\n", 50) if case.bounce else []
    return next((line.strip()[:_FIRST_LINE] for line in lines if line.strip()), "…" if case.bounce else "")


def _added(old: Case, new: Case) -> Iterator[Change]:
    """Candidates, trials, ticks and greetings that one has and the other has not."""
    for candidate in new.candidates:
        if candidate not in old.candidates:
            yield Change(page="name", what="candidates", after=candidate.name or candidate.default or "")
    for trial in new.trials:
        if trial not in old.trials:
            yield tried(trial)
    titles = {step.id: (step.number, step.title) for case in (old, new) if case.guide for step in case.guide.steps}
    for what, ticks, others in (("done", new.ticks, old.ticks), ("undone", old.ticks, new.ticks)):
        for tick in ticks:
            if tick not in others:
                number, title = titles.get(tick, (tick, None))
                yield Change(page="fix", what="done" if what == "done" else "undone", after=number, said=title)
    for heard in new.announcements:
        if heard not in old.announcements:
            yield Change(page="fixed", what="heard", after=heard.name, time=_time(heard.time))


def tried(trial: Trial) -> Change:
    """One trial as something that happened: the name that was said, and what the server made of it."""
    return Change(page="try", what="trial", before=trial.plan.name, after=trial.verdict, time=_time(trial.started))


def _said(before: CaseFile, after: CaseFile) -> Iterator[Change]:
    """Notes of the user and replies of the helpdesk that are new."""
    for note in after.notes:
        if note not in before.notes:
            page = next((page for page in _PAGES if page == note.page), None)
            yield Change(page=page, what="note", after=note.text, time=note.time)
    known = before.case.session.replies if before.case.session else ()
    for reply in after.case.session.replies if after.case.session else ():
        if reply not in known:
            yield Change(page=reply.page, what="reply", after=reply.text, time=reply.time)


def timeline(file: CaseFile) -> tuple[Change, ...]:
    """Everything in ``file`` that has a time, in the order it happened."""
    nothing = CaseFile(id=file.id, created=file.created, saved=file.saved)
    timed = [change for change in difference(nothing, file) if change.time is not None]
    timed.append(Change(page=None, what="begun", time=file.created))
    timed.append(Change(page=None, what="saved", after=file.page, time=file.saved))
    return tuple(sorted(timed, key=lambda change: change.time or file.created))


def _time(stamp: str) -> datetime | None:
    """An ISO 8601 time with zone; ``None`` for any other text."""
    try:
        told = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return told if told.tzinfo else None
