"""An error nobody foresaw: the case is safe, the user is told so, and the details hold nothing of the case.

They go to a log of limited size and, on request, to the clipboard: by allow-list, so where in the program it was and of
what kind, but no message of the error and no value, which could quote the case.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from helodoctor import __version__
from helodoctor.folders import state_folder
from helodoctor.knowledge.dates import knowledge_date
from helodoctor_gui.language import tr
from helodoctor_gui.widgets.message import Role, question

if TYPE_CHECKING:
    from helodoctor_gui.wizard import Frame

_LOG_BYTES = 256 * 1024
_CAUSES = 5  # errors in a chain that are told
_FRAMES = 40


class Trouble(QObject):
    """Takes the place of Python's own last resorts for as long as ``frame`` lives."""

    happened = Signal(object)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._telling = False
        self.happened.connect(self._tell)

    def watch(self) -> None:
        """From now on nothing that goes wrong is lost, on whatever thread."""
        sys.excepthook = self._on_any_thread
        threading.excepthook = lambda args: self._on_any_thread(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_any_thread(
        self, kind: type[BaseException], fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Log it, and have it told on the window's own thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault or kind(), trace)
            return
        details = describe(fault or kind(), trace)
        log(details)
        self.happened.emit(details)

    def _tell(self, details: str) -> None:
        if self._telling:
            return  # one window is enough; the rest is in the log
        self._telling = True
        box = question(
            self._frame,
            tr("Something happened that HELO Doctor did not expect"),
            f"{self._saved()} {tr('You can go on. The details say where it happened, and nothing of your case.')}",
            (tr("Go on"), Role.AcceptRole, lambda: None),
            (tr("Copy details"), Role.ActionRole, lambda: QApplication.clipboard().setText(details)),
        )
        box.finished.connect(self._told)

    def _told(self) -> None:
        self._telling = False

    def _saved(self) -> str:
        """What is safe."""
        cases = self._frame.cases
        if cases is None or cases.keeper.file is None:
            return tr("Nothing had been entered yet.")
        if cases.keeper.keeps:
            return tr("Your case is saved, with all steps up to here.")
        return tr("The last steps of your case could not be saved.")


def describe(fault: BaseException, trace: TracebackType | None) -> str:
    """Versions, the kinds of the errors and the places in the program; no value of any variable."""
    head = f"HELO Doctor {__version__} ({knowledge_date()}), Python {platform.python_version()}, Qt {qt_version}"
    lines = [f"{head}, {platform.system()} {platform.release()}"]
    cause: BaseException | None = fault
    for _ in range(_CAUSES):
        if cause is None:
            break
        lines.append(type(cause).__name__)
        frames = traceback.extract_tb(cause.__traceback__ or trace, limit=-_FRAMES)
        lines += [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


def _place(path: str) -> str:
    """A file of the program without the folders above it, which name the user."""
    parts = Path(path).parts
    roots = [index for index, part in enumerate(parts) if part.startswith(("helodoctor", "PySide6"))]
    return "/".join(parts[roots[-1] if len(roots) < 2 else roots[0] :]) if roots else Path(path).name


def log(text: str) -> None:
    """Keep ``text`` in the log, which never grows beyond twice its limit."""
    _log().error("%s", text)


def log_file() -> Path:
    """Where the log lies."""
    return state_folder() / "helodoctor.log"


@cache
def _log() -> logging.Logger:
    logger = logging.getLogger("helodoctor.trouble")
    logger.propagate = False
    try:
        log_file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            log_file(), maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger.addHandler(handler)
    return logger
