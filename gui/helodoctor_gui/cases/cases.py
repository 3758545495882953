"""All that has to do with the case of one window: keeping it, its support code, another case in its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from helodoctor.casefile import Opened, open_file
from helodoctor.casefile.code import encode, screen_of
from helodoctor.journey import Page as Stop
from helodoctor.journey import path as walk
from helodoctor.model import Case, HeloDoctorError
from helodoctor.words.problems import problem
from helodoctor_gui import tasks
from helodoctor_gui.cases.keeper import Keeper
from helodoctor_gui.language import tr, words
from helodoctor_gui.widgets.code import SupportCode
from helodoctor_gui.widgets.message import Role, message, question

if TYPE_CHECKING:
    from helodoctor_gui.pages.page import Page
    from helodoctor_gui.pages.paste import PastePage
    from helodoctor_gui.wizard import Frame


class Cases(QObject):
    """One per window."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self.keeper = Keeper(frame)
        self._quiet = False
        self._former: list[Page] = []
        self.code: SupportCode | None = None
        self.read_only_because = ""
        QTimer.singleShot(0, self._offer)

    def _offer(self) -> None:
        """What may be left from before: a case that was cut off, or very old ones."""
        from helodoctor_gui.cases.opening import offer_cut_off, offer_old

        if not offer_cut_off(self._frame):
            offer_old(self._frame)

    def note(self) -> None:
        """The case or the page is another one."""
        if not self._quiet:
            self.keeper.note()
            self.show_code()

    def show_code(self) -> None:
        """The support code of this page; there is none before anything was entered."""
        if self._frame.case == Case():
            if self.code is not None:
                self._frame.rail.remove(self.code)
                self.code = None
            return
        if self.code is None:
            self.code = SupportCode()
            self._frame.rail.add(self.code)
        self.code.say(encode(screen_of(self._frame.case, self._frame.stop.value)))

    def close(self, leave: Callable[[], object]) -> None:
        """Leave with the last word about the case on the disk, or after a question where it cannot be written."""
        if self._frame.case == Case() or self.keeper.keeps:
            self._end(leave)
            return
        question(
            self._frame,
            tr("Close HELO Doctor?"),
            tr("The last steps of this case could not be saved, and would be lost."),
            (tr("Keep it open"), Role.RejectRole, lambda: None),
            (tr("Close"), Role.AcceptRole, partial(self._end, leave)),
        )

    def _end(self, leave: Callable[[], object]) -> None:
        self.keeper.release()
        self._quiet = True  # leaving a field still makes its page speak up
        leave()

    def new(self) -> None:
        """An empty case on the first page; the one before stays kept."""
        frame = self._frame
        if frame.case == Case() and frame.stop is Stop.PASTE:
            cast("PastePage", frame.current()).begin(Case())
        elif self._may_leave():
            self.keeper.release()
            self._show(Case(), Stop.PASTE)

    def open_path(self, path: Path, *, own: bool = True) -> None:
        """Open the case file at ``path`` beside the window's own work.

        A file of the user's ``own`` is kept up to date where it lies; an autosaved one is our own affair.
        """
        if not self._may_leave():
            return
        page = self._frame.current()
        page.clear_problem()
        page.set_busy(tr("Reading {file} …", file=path.name))
        task = tasks.call(open_file, path)
        task.ended.connect(lambda: page.set_busy(None))
        task.done.connect(lambda opened: self._opened(opened, path if own else None))
        task.failed.connect(self._not_opened)

    def _opened(self, opened: Opened, own: Path | None) -> None:
        self.keeper.adopt(opened.file, own, read_only=opened.read_only)
        known = [stop for stop in Stop if stop.value == opened.file.page]
        self._show(opened.file.case, known[0] if known else Stop.PASTE)
        if self.keeper.read_only:
            self.read_only_because = _why(opened)
            message(self._frame, tr("HELO Doctor"), self.read_only_because).open()

    def _not_opened(self, fault: BaseException) -> None:
        if not isinstance(fault, HeloDoctorError):
            raise fault
        message(self._frame, tr("HELO Doctor"), problem(words(), fault)).open()

    def _may_leave(self) -> bool:
        """Whether the case on show is safe on the disk; if not, its file is what has to be seen to first."""
        if self._frame.case == Case() or self.keeper.keeps:
            return True
        self.keeper.tell()
        return False

    def _show(self, case: Case, target: Stop) -> None:
        """Walk to ``target`` through pages made anew, as far as this case's way leads."""
        frame = self._frame
        self._quiet = True
        for page in self._former:  # by now nothing runs for them any more
            page.deleteLater()
        self._former = frame.begin(case)
        for stop in walk(case)[1:]:
            if stop.number <= target.number:
                frame.current().go_on()
        self._quiet = False
        self.note()


def _why(opened: Opened) -> str:
    """Why nothing is written to a case that was opened."""
    if not opened.read_only:
        return tr("This case is open in another window. What you change here is not kept.")
    part, parts = "partly" if opened.left_out else "whole", ", ".join(opened.left_out)
    return words().sentence("casefile", "newer", part, version=opened.file.app, parts=parts)
