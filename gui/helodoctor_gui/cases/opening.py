"""The File menu: another case, a case from a file or from before, a place of its own, and forgetting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from helodoctor.casefile import autosaved, save
from helodoctor.casefile.store import SUFFIX, autosave_folder, forget
from helodoctor.casefile.summary import Summary, summarise
from helodoctor.journey import Page as Stop
from helodoctor.model import Case, HeloDoctorError
from helodoctor.words.problems import problem
from helodoctor_gui.cases.keeper import cut_off
from helodoctor_gui.clock import shown
from helodoctor_gui.language import tr, trn, words
from helodoctor_gui.menus import Choice
from helodoctor_gui.widgets.message import Role, message, question

if TYPE_CHECKING:
    from helodoctor_gui.cases.cases import Cases
    from helodoctor_gui.wizard import Frame

_RECENT = 10
_OLD_DAYS, _ASK_AGAIN_DAYS = 90, 30
_ASKED = "cases/asked-about-old"  # the day, ISO 8601


def cases_of(frame: Frame) -> Cases:
    """The cases of a window, made now if its first picture was not painted yet."""
    frame.furnish()
    assert frame.cases is not None
    return frame.cases


# --- begin, open, keep ---


def new(frame: Frame) -> None:
    """An empty case."""
    cases_of(frame).new()


def open_(frame: Frame) -> None:
    """Ask for a file: a saved case, or the message that came back."""
    dialog = QFileDialog(frame, tr("Open"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([tr("Saved cases and messages (*)"), f"{tr('Saved cases')} (*{SUFFIX})"])
    dialog.fileSelected.connect(lambda name: open_file(frame, Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def open_file(frame: Frame, path: Path) -> None:
    """Open a saved case, or read any other file as the message that came back."""
    cases = cases_of(frame)
    if path.suffix.lower() == SUFFIX:
        cases.open_path(path)
    else:
        cases.new()
        frame.current().open_file(path)  # type: ignore[attr-defined]


def recent(frame: Frame) -> list[Choice]:
    """The cases that were kept, the newest first."""
    found = (summarise(saved.path) for saved in autosaved()[:_RECENT])
    cases = cases_of(frame)
    choices = [Choice(told(seen), partial(cases.open_path, Path(seen.path), own=False)) for seen in found if seen.saved]
    return choices or [Choice(tr("None yet"), lambda: None)]


def told(seen: Summary) -> str:
    """One kept case in a line."""
    name = (seen.name or tr("no name yet"))[:60]
    return tr("{time}: {name}, page {number}", time=_time(seen), name=name, number=_stop(seen).number)


def _stop(seen: Summary) -> Stop:
    return next((stop for stop in Stop if stop.value == seen.page), Stop.PASTE)


def _time(seen: Summary) -> str:
    return shown(seen.saved) if seen.saved else ""


def save_as(frame: Frame) -> None:
    """Ask for a place of the user's own; the case is kept there as well from then on."""
    cases = cases_of(frame)
    if cases.keeper.read_only:
        message(frame, tr("HELO Doctor"), cases.read_only_because).open()
        return
    dialog = QFileDialog(frame, tr("Save the case"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([f"{tr('Saved cases')} (*{SUFFIX})"])
    dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
    dialog.fileSelected.connect(lambda name: save_to(frame, Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def save_to(frame: Frame, path: Path) -> None:
    """Keep the case at ``path`` too, from now on."""
    keeper = cases_of(frame).keeper
    try:
        save(keeper.current(), path)
    except HeloDoctorError as fault:
        message(frame, tr("HELO Doctor"), problem(words(), fault)).open()
        return
    keeper.path = path
    keeper.note()
    frame.announce(tr("The case was saved."))


# --- after the program ended unasked ---


def offer_cut_off(frame: Frame) -> bool:
    """Where a case was open when the program ended, ask whether to go on with it; whether there was one."""
    page = frame.current()
    path = cut_off() if frame.case == Case() and page.busy is None else None
    seen = summarise(path) if path else None
    if path is None or seen is None or seen.saved is None:
        return False
    told = tr(
        "The program ended before you closed it. You were on page {number} of a case from {time}.",
        number=_stop(seen).number,
        time=_time(seen),
    )
    question(
        frame,
        tr("Go on where you were?"),
        told,
        (tr("Go on"), Role.AcceptRole, partial(cases_of(frame).open_path, path, own=False)),
        (tr("Start new"), Role.RejectRole, lambda: None),
        (tr("Show the file"), Role.ActionRole, partial(_show_folder, path.parent)),
    )
    return True


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


# --- forgetting ---


def forget_this(frame: Frame) -> None:
    """Delete what was kept of this case, after a question."""
    cases = cases_of(frame)
    own = cases.keeper.path
    more = tr("What was kept of it on this computer is deleted. This cannot be undone.")
    if own is not None:
        more = f"{more} {tr('The file {path} stays.', path=own)}"
    _ask(frame, tr("Forget this case?"), more, partial(_forget_this, frame, cases))


def _forget_this(frame: Frame, cases: Cases) -> None:
    file = cases.keeper.file
    cases.keeper.drop()
    if file is not None:
        _forget(frame, [autosave_folder() / f"{file.id}{SUFFIX}"])
    cases.new()


def forget_all(frame: Frame) -> None:
    """Delete every kept case, after a question."""
    count = len(autosaved())
    more = trn("{count} case is kept on this computer.", "{count} cases are kept on this computer.", count)
    more = f"{more} {tr('This cannot be undone. Files you saved yourself stay.')}"
    _ask(frame, tr("Forget all cases?"), more, partial(_forget_all, frame))


def _forget_all(frame: Frame) -> None:
    cases = cases_of(frame)
    cases.keeper.drop()
    _forget(frame, [saved.path for saved in autosaved()])
    cases.new()


def offer_old(frame: Frame) -> None:
    """Where kept cases are older than 90 days, offer to delete them."""
    limit = (datetime.now().astimezone() - timedelta(days=_OLD_DAYS)).timestamp()
    old = [saved.path for saved in autosaved() if saved.time < limit]
    today = datetime.now().astimezone().date()
    kept = str(QSettings().value(_ASKED) or "")
    if not old or kept > (today - timedelta(days=_ASK_AGAIN_DAYS)).isoformat():
        return
    QSettings().setValue(_ASKED, today.isoformat())
    asked = trn(
        "{count} case is older than 90 days. Delete it?",
        "{count} cases are older than 90 days. Delete them?",
        len(old),
    )
    more = tr("They are kept on this computer only.")
    _ask(frame, asked, more, partial(_forget, frame, old))


def _ask(frame: Frame, asked: str, more: str, act: Callable[[], object]) -> None:
    question(
        frame,
        asked,
        more,
        (tr("Keep"), Role.RejectRole, lambda: None),
        (tr("Delete"), Role.DestructiveRole, act),
    )


def _forget(frame: Frame, paths: list[Path]) -> None:
    for path in paths:
        try:
            forget(path)
        except HeloDoctorError as fault:
            message(frame, tr("HELO Doctor"), problem(words(), fault)).open()
            return
