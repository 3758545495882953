"""Keeping the case of a window: written after every step, beside the window's own work, held against other windows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject

from helodoctor.casefile import CaseFile, new_file, save, stamped
from helodoctor.casefile.store import autosave, autosave_folder, autosaved, lock_of
from helodoctor.model import Case, HeloDoctorError
from helodoctor.words.problems import problem
from helodoctor_gui import tasks
from helodoctor_gui.language import tr, words

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_PATIENCE = 0.5  # seconds a step waits for the one before to be written
_one_at_a_time = Lock()
_newest: dict[str, datetime] = {}


class Keeper(QObject):
    """One per window. ``file`` is what was written last or is being written; ``None`` before anything was entered.

    A case that has a file of its own (``path``) is kept there as well. While it is open, a lock beside the autosaved
    case names this process; where the process is gone and the lock still there, the program ended unasked.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self.file: CaseFile | None = None
        self.path: Path | None = None
        self.read_only = False
        self._lock: QLockFile | None = None
        self._writer = ThreadPoolExecutor(1, "helodoctor-keeper")
        self._saving: tasks.Task | None = None
        self.fault: HeloDoctorError | None = None

    # What is kept

    def note(self) -> None:
        """A step was taken: see to it that the disk knows."""
        if not self.read_only and self._stamp():
            self._save()

    def _stamp(self) -> bool:
        """Whether there is something new to keep."""
        case, page = self._frame.case, self._frame.stop.value
        known = self.file
        if known is None and case == Case():
            return False
        if known is not None and (known.case, known.page) == (case, page):
            return False
        if known is not None and _is_another(known.case, case):
            self.release()
            known = None
        self.file = stamped(known, case, page) if known else new_file(case, page)
        if self._lock is None:
            self._hold(self.file)
        return True

    def adopt(self, file: CaseFile, path: Path | None, *, read_only: bool = False) -> None:
        """Go on with a file that was opened; ``path`` is its own place, outside the autosave folder."""
        self.release()
        self.file, self.path, self.read_only = file, path, read_only
        if not read_only:
            self._hold(file)

    def release(self) -> None:
        """Let go of the case: what is open next is another one."""
        self.finish()
        if self._lock is not None:
            self._lock.unlock()
        self.file = self.path = self._lock = None
        self.read_only = False

    def current(self) -> CaseFile:
        """The case as it is now, for a file of its own."""
        self._stamp()
        return self.file or new_file(self._frame.case, self._frame.stop.value)

    def drop(self) -> None:
        """Let go of the case without writing it once more: it is to be forgotten."""
        if self._saving is not None:
            self._saving.cancel()
        self._saving = self.fault = None
        if self.file is not None:
            with _one_at_a_time:
                _newest[self.file.id] = datetime.max.replace(tzinfo=UTC)
        self._frame.case = Case()
        self.release()

    def _hold(self, file: CaseFile) -> None:
        place = lock_of(autosave_folder() / file.id)
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return  # told when the case itself cannot be written
        self._lock = QLockFile(str(place))
        self._lock.setStaleLockTime(0)  # however old: only a process that is gone lets go of it
        if not self._lock.tryLock(0) and self._lock.error() is QLockFile.LockError.LockFailedError:
            self.read_only = True  # another window has it open

    # Writing

    def _save(self) -> None:
        """Begin to write; the step before must be on the disk by now, so that a power cut takes one step at most."""
        if self._saving is not None:
            self._saving.wait(_PATIENCE)
        self._saving = task = tasks.call_in(self._writer, _write, self.file, self.path)
        task.done.connect(self._saved)
        task.failed.connect(self._not_saved)
        task.ended.connect(partial(self._over, task))

    def _over(self, task: tasks.Task) -> None:
        if self._saving is task:
            self._saving = None

    def _saved(self, _nothing: object) -> None:
        self.fault = None

    def _not_saved(self, fault: BaseException) -> None:
        """Say it once; it is tried again after the next step."""
        if not isinstance(fault, HeloDoctorError):
            raise fault
        told, self.fault = self.fault is not None, fault
        if not told:
            self.tell()

    def tell(self) -> None:
        """Say why the case is not on the disk."""
        if self.fault is None:
            return
        from helodoctor_gui.widgets.message import message

        box = message(self._frame, tr("HELO Doctor"), tr("Your case cannot be saved at the moment"))
        more = tr("You can go on; saving is tried again after every step. What was saved before is untouched.")
        box.setInformativeText(f"{problem(words(), self.fault)}\n\n{more}")
        box.open()

    def finish(self) -> None:
        """At the end: write what is not on the disk yet, now. ``fault`` tells whether that went well."""
        if self.file is None or self.read_only or not (self._saving or self.fault):
            return
        if self._saving is not None:
            self._saving.cancel()
        self._saving = None
        try:
            _write(self.file, self.path)
        except HeloDoctorError as fault:
            self.fault = fault
        else:
            self.fault = None

    @property
    def keeps(self) -> bool:
        """Whether what was entered will still be there after the window is closed."""
        self.finish()
        return self.fault is None


def _write(file: CaseFile, path: Path | None) -> None:
    """Off the GUI thread: first where it is looked for after a crash, then in the user's own place.

    Raises:
        InputProblem: one of the two cannot be written.
    """
    with _one_at_a_time:
        if file.id in _newest and _newest[file.id] >= file.saved:
            return  # this state or a later one was written while it waited for its turn
        autosave(file)
        if path is not None:
            save(file, path)
        _newest[file.id] = file.saved


def _is_another(before: Case, now: Case) -> bool:
    """Whether another text was read meanwhile, which begins another case."""
    return before.bounce is not None and now.bounce is not None and before.bounce != now.bounce


def cut_off() -> Path | None:
    """The newest case that was open when the program ended unasked; its lock is cleared away."""
    for saved in autosaved():
        place = lock_of(saved.path)
        if place.exists():
            lock = QLockFile(str(place))
            lock.setStaleLockTime(0)
            if lock.tryLock(0):
                lock.unlock()
                return saved.path
    return None
